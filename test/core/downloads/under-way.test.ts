import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GrabRecord, QueueRow } from '../../../src/core/contracts/index.js';
import { downloadsUnderWay } from '../../../src/core/downloads/index.js';
import { ago, NOW, record, row } from './builders.js';

interface Seen {
  queue?: QueueRow[];
  history?: GrabRecord[];
  gone?: string[];
}

const all = ({ queue = [], history = [], gone = [] }: Seen) =>
  downloadsUnderWay({ queue, history, now: NOW, gone: new Set(gone) });
const ofEpisode = (id: number, seen: Seen) => all(seen).get(id);
const stateOf = (...queue: QueueRow[]) => ofEpisode(2, { queue })?.download?.state;

describe('a row of the queue', () => {
  it('19: is a download with what is left of it', () => {
    const history = [record('grabbed', 2, { date: ago(30) })];
    expect(ofEpisode(2, { queue: [row(2, { size: 1000, sizeLeft: 400, timeLeft: 60 })], history })).toEqual({
      download: {
        state: 'downloading',
        downloadId: 'SABnzbd_nzo_2',
        protocol: 'usenet',
        client: 'SABnzbd',
        indexer: 'Lab',
        title: 'Some.Release',
        size: 1000,
        sizeLeft: 400,
        timeLeft: 60,
        grabbedAt: ago(30),
        messages: [],
      },
      grabFailedAt: null,
    });
  });

  it('20 and B10: whose import is blocked is blocked, with what Sonarr says', () => {
    const blocked = row(2, { status: 'completed', trackedState: 'importBlocked', messages: ['Not an upgrade'] });
    expect(ofEpisode(2, { queue: [blocked] })?.download).toMatchObject({
      state: 'blocked',
      messages: ['Not an upgrade'],
    });
  });

  it('whose import waits with a warning is blocked too, as in recording `queue_import_nofiles`', () => {
    const warning = { status: 'completed', trackedState: 'importPending', trackedStatus: 'warning' };
    expect(stateOf(row(2, { ...warning, messages: ['No files found are eligible for import in /x'] }))).toBe('blocked');
    expect(stateOf(row(2, { ...warning, trackedStatus: 'ok' }))).toBe('downloading');
    expect(stateOf(row(2, warning))).toBe('downloading');
  });

  it.each([
    [{ status: 'downloading' }, 'downloading'],
    [{ status: 'queued' }, 'queued'],
    [{ status: 'paused' }, 'queued'],
    [{ status: 'completed', trackedState: 'importing' }, 'downloading'],
    [{ status: 'warning', trackedStatus: 'warning', messages: ['stalled'] }, 'downloading'],
    [{ status: 'something-new' }, 'downloading'],
    [{ status: 'failed' }, 'failed'],
    [{ status: 'downloading', trackedState: 'failedPending' }, 'failed'],
    [{ status: 'completed', trackedState: 'importFailed' }, 'blocked'],
    [{ status: 'delay', downloadId: null, trackedState: null }, 'waiting'],
    [{ status: 'downloadClientUnavailable', downloadId: null, trackedState: null }, 'waiting'],
    [{ status: 'completed', trackedState: 'imported' }, undefined],
    [{ status: 'completed', trackedState: 'ignored' }, undefined],
  ] as [Partial<QueueRow>, string | undefined][])('%j is %s', (facts, state) => {
    expect(stateOf(row(2, facts))).toBe(state);
  });

  it('21, B8 and B9: without episode id or download id never disturbs the others', () => {
    const found = all({
      queue: [row(null, { downloadId: null }), row(null), row(2, { downloadId: null, status: 'delay' }), row(3)],
    });
    expect(found.get(2)?.download).toMatchObject({ state: 'waiting', downloadId: null });
    expect(found.get(3)?.download).toMatchObject({ state: 'downloading' });
    expect(found.size).toBe(2);
  });

  it('that Sonarr could not map is known by its grab', () => {
    const queue = [row(null, { downloadId: 'SABnzbd_nzo_x', status: 'queued' })];
    const history = [record('grabbed', 2, { downloadId: 'SABnzbd_nzo_x' })];
    expect(ofEpisode(2, { queue, history })?.download).toMatchObject({ state: 'queued', downloadId: 'SABnzbd_nzo_x' });
  });

  it('22: of a torrent keeps its protocol and client', () => {
    const queue = [row(2, { protocol: 'torrent', client: 'qBittorrent', downloadId: 'ABCDEF' })];
    expect(ofEpisode(2, { queue })?.download).toMatchObject({ protocol: 'torrent', client: 'qBittorrent' });
  });

  it('that failed does not hide another one that runs', () => {
    const failed = row(2, { status: 'failed', downloadId: 'SABnzbd_nzo_a' });
    expect(stateOf(failed, row(2))).toBe('downloading');
    expect(stateOf(row(2), failed)).toBe('downloading');
  });

  it('that is blocked comes before one that failed', () => {
    const blocked = row(2, { status: 'completed', trackedState: 'importBlocked', downloadId: 'SABnzbd_nzo_b' });
    expect(stateOf(row(2, { status: 'failed' }), blocked)).toBe('blocked');
  });

  it('is stale once history has its end', () => {
    const grabbed = record('grabbed', 2, { date: ago(30) });
    const imported = { queue: [row(2)], history: [grabbed, record('imported', 2)] };
    expect(ofEpisode(2, imported)).toEqual({ download: null, grabFailedAt: null });
    const failed = { queue: [row(2)], history: [grabbed, record('failed', 2)] };
    expect(ofEpisode(2, failed)).toEqual({ download: null, grabFailedAt: ago(10) });
    const shown = { ...failed, queue: [row(2, { trackedState: 'failed' })] };
    expect(ofEpisode(2, shown)).toMatchObject({ download: { state: 'failed' }, grabFailedAt: ago(10) });
  });
});

describe('history', () => {
  it('56: a grab that the queue does not show yet is on its way', () => {
    const grab = record('grabbed', 2, { date: ago(0.05), size: 700, sourceTitle: 'New.Release' });
    expect(ofEpisode(2, { history: [grab] })).toMatchObject({
      download: {
        state: 'grabbed',
        downloadId: 'SABnzbd_nzo_2',
        size: 700,
        title: 'New.Release',
        grabbedAt: ago(0.05),
      },
      grabFailedAt: null,
    });
  });

  it('55: a grab that failed has failed when it failed', () => {
    const history = [record('grabbed', 2, { date: ago(180) }), record('failed', 2, { date: ago(20) })];
    expect(ofEpisode(2, { history })).toEqual({ download: null, grabFailedAt: ago(20) });
  });

  it('a grab that its owner ignored counts like one that failed', () => {
    const history = [record('grabbed', 2, { date: ago(180) }), record('ignored', 2, { date: ago(20) })];
    expect(ofEpisode(2, { history })).toEqual({ download: null, grabFailedAt: ago(20) });
  });

  it('the newest grab counts: Sonarr may have searched again after a failure', () => {
    const history = [
      record('grabbed', 2, { date: ago(60), downloadId: 'SABnzbd_nzo_a' }),
      record('failed', 2, { date: ago(30), downloadId: 'SABnzbd_nzo_a' }),
      record('grabbed', 2, { date: ago(30), downloadId: 'SABnzbd_nzo_b' }),
    ];
    for (const order of [history, [...history].reverse()]) {
      expect(ofEpisode(2, { history: order })).toMatchObject({
        download: { state: 'grabbed', downloadId: 'SABnzbd_nzo_b' },
        grabFailedAt: null,
      });
    }
  });

  it('an import after a failure, of whatever job, ends it', () => {
    const history = [
      record('grabbed', 2, { date: ago(60) }),
      record('failed', 2, { date: ago(30) }),
      record('imported', 2, { date: ago(20), downloadId: null }),
    ];
    expect(ofEpisode(2, { history })).toEqual({ download: null, grabFailedAt: null });
  });

  it('a grab without download id ends with any later end of its episode', () => {
    const grab = record('grabbed', 2, { date: ago(60), downloadId: null });
    expect(ofEpisode(2, { history: [grab] })?.download).toMatchObject({ state: 'grabbed', downloadId: null });
    const history = [grab, record('failed', 2, { downloadId: 'made-up-by-sonarr' })];
    expect(ofEpisode(2, { history })).toEqual({ download: null, grabFailedAt: ago(10) });
  });

  it('a grab and its end within one second stand in the order of their ids', () => {
    const history = [record('grabbed', 2, { date: ago(5) }), record('imported', 2, { date: ago(5) })];
    expect(ofEpisode(2, { history })?.download).toBeNull();
  });

  it('57 and 23: one release with several episodes is on its way for each of them', () => {
    const history = [2, 3, 4].map((id) => record('grabbed', id, { downloadId: 'SABnzbd_nzo_pack' }));
    const queue = [row(2, { downloadId: 'SABnzbd_nzo_pack', size: 9000 })];
    const found = all({ queue, history });
    for (const id of [2, 3, 4]) {
      expect(found.get(id)?.download).toMatchObject({
        state: 'downloading',
        downloadId: 'SABnzbd_nzo_pack',
        size: 9000,
      });
    }
  });

  it('an imported episode of a pack that is still there has ended for itself alone', () => {
    const pack = { downloadId: 'SABnzbd_nzo_pack' };
    const history = [record('grabbed', 2, pack), record('grabbed', 3, pack), record('imported', 2, pack)];
    const found = all({ queue: [row(2, pack), row(3, pack)], history });
    expect(found.get(2)?.download).toBeNull();
    expect(found.get(3)?.download).toMatchObject({ state: 'downloading' });
  });
});

describe('a job that somebody deleted in SABnzbd', () => {
  const history = [record('grabbed', 2, { date: ago(90) })];
  const gone = ['SABnzbd_nzo_2'];

  it('has failed an hour after its grab', () => {
    expect(ofEpisode(2, { history, gone })).toEqual({ download: null, grabFailedAt: ago(30) });
  });

  it('is not gone within that hour, nor while the queue has it', () => {
    expect(ofEpisode(2, { history: [record('grabbed', 2, { date: ago(59) })], gone })?.download).not.toBeNull();
    expect(ofEpisode(2, { history, gone, queue: [row(2)] })).toMatchObject({ download: { state: 'downloading' } });
  });

  it('is not gone as long as nobody said so', () => {
    expect(ofEpisode(2, { history })?.download?.state).toBe('grabbed');
  });
});

it('the order of rows and records makes no difference', () => {
  const id = fc.constantFrom(1, 2, 3);
  const downloadId = fc.constantFrom('SABnzbd_nzo_a', 'SABnzbd_nzo_b', null);
  const rows = fc.uniqueArray(
    fc.record({ episodeId: id, downloadId, status: fc.constantFrom('queued', 'downloading', 'failed') }),
    { maxLength: 4, selector: (r) => `${r.episodeId}/${r.downloadId}` },
  );
  const events = fc.constantFrom('grabbed', 'failed', 'imported', 'ignored');
  const records = fc.array(fc.record({ event: events, episodeId: id, downloadId, minutes: fc.nat(200) }), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(rows, records, (r, h) => {
      const queue = r.map(({ episodeId, ...facts }) => row(episodeId, { ...facts, trackedState: null }));
      const history = h.map(({ event, episodeId, minutes, ...facts }) =>
        record(event as GrabRecord['event'], episodeId, { ...facts, date: ago(minutes) }),
      );
      const there = all({ queue, history });
      const back = all({ queue: [...queue].reverse(), history: [...history].reverse() });
      for (const [episode, found] of there) {
        expect(back.get(episode)?.download?.state).toBe(found.download?.state);
        expect(back.get(episode)?.grabFailedAt).toBe(found.grabFailedAt);
      }
    }),
  );
});

describe('a named download client', () => {
  const second = { client: 'Second SABnzbd' };
  const jobsWith = (...ownNames: readonly string[]) =>
    downloadsUnderWay({
      queue: [row(2, second), row(3)],
      history: [record('grabbed', 4, second), record('grabbed', 5, { client: null })],
      now: NOW,
      ownNames,
    });
  const others = (...ownNames: readonly string[]) =>
    [...jobsWith(...ownNames)].flatMap(([id, { download }]) => (download?.otherClient === true ? [id] : []));

  it('makes the jobs of others known as such, in queue and history; one whose client is not known may be ours', () => {
    expect(others('SABnzbd')).toEqual([2, 4]);
    expect(others('second sabnzbd ')).toEqual([3]);
  });

  it('may have two names, when it was renamed', () => {
    expect(others('SABnzbd', 'Second SABnzbd')).toEqual([]);
  });

  it('is optional', () => {
    expect(others()).toEqual([]);
  });
});
