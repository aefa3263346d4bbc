import { describe, expect, it } from 'vitest';
import { grabsToCheck } from '../../../src/core/downloads/index.js';
import { ago, NOW, record, row } from './builders.js';

describe('grabs that SABnzbd is asked about', () => {
  const old = { date: ago(60) };

  it('are those of an hour ago that the queue does not hold, a pack once', () => {
    const pack = { ...old, downloadId: 'SABnzbd_nzo_pack' };
    const history = [record('grabbed', 2, pack), record('grabbed', 3, pack)];
    expect(grabsToCheck({ queue: [], history, now: NOW })).toEqual([
      { downloadId: 'SABnzbd_nzo_pack', episodeIds: [2, 3], grabbedAt: ago(60), client: 'SABnzbd' },
    ]);
  });

  it.each([
    ['younger than an hour', [record('grabbed', 2, { date: ago(59) })]],
    ['imported', [record('grabbed', 2, old), record('imported', 2)]],
    ['failed', [record('grabbed', 2, old), record('failed', 2)]],
    ['torrents', [record('grabbed', 2, { ...old, protocol: 'torrent' })]],
    ['jobs of another usenet client', [record('grabbed', 2, { ...old, downloadId: '4711' })]],
    ['followed by a newer grab', [record('grabbed', 2, { ...old, downloadId: 'SABnzbd_nzo_a' }), record('grabbed', 2)]],
  ])('are none that are %s', (_, history) => {
    expect(grabsToCheck({ queue: [], history, now: NOW })).toEqual([]);
  });

  it('are none of a download client that is not ours, where ours is named', () => {
    const history = [record('grabbed', 2, { ...old, client: 'Second SABnzbd' }), record('grabbed', 3, old)];
    const asked = grabsToCheck({ queue: [], history, now: NOW, ownNames: [' sabnzbd'] });
    expect(asked.map(({ downloadId }) => downloadId)).toEqual(['SABnzbd_nzo_3']);
  });

  it('are none that the queue holds, even if it could not be mapped', () => {
    const history = [record('grabbed', 2, old)];
    const queue = [row(null, { downloadId: 'SABnzbd_nzo_2' })];
    expect(grabsToCheck({ queue, history, now: NOW })).toEqual([]);
  });
});
