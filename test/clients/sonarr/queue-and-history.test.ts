import { describe, expect, test } from 'vitest';
import { recording, recordingNames, replayed } from '../support/recordings.js';
import { asked, started } from './started.js';

describe('reading', () => {
  test.each(
    recordingNames('sonarr').filter((name) =>
      /^(queue_(?!bad|delete|grab|status|details)|queue_details_(all|pack))/.test(name),
    ),
  )('recording %s: every row of the queue is read', async (name) => {
    const { body } = recording('sonarr', name);
    // `/queue/details` answers with the rows alone.
    const records = (Array.isArray(body) ? body : (body as { records: unknown }).records) as { id: number }[];
    await using world = await started({ body: { records, totalRecords: records.length } });
    const { rows, unread } = await world.sonarr.queue();
    expect({ ids: rows.map(({ id }) => id), unread }).toEqual({ ids: records.map(({ id }) => id), unread: 0 });
  });

  test('the queue is asked for once, held-back and unmapped rows included', async () => {
    const { body } = recording('sonarr', 'queue_pending');
    await using world = await started({ body });
    const { rows } = await world.sonarr.queue();
    expect(asked(world.server)).toEqual(['GET /api/v3/queue?pageSize=1000&includeUnknownSeriesItems=true']);
    expect(rows).toMatchObject([
      { seriesId: 6, episodeId: 147, status: 'queued', downloadId: 'SABnzbd_nzo_x5t8p00q', protocol: 'usenet', client: 'SABnzbd', size: 1572864000, sizeLeft: 943718400, timeLeft: 750, messages: [] },
      { seriesId: 6, episodeId: 149, status: 'downloadClientUnavailable', downloadId: null, client: null, trackedState: null },
    ]); // prettier-ignore
  });

  test('what Sonarr says about a blocked item is kept, without the queries of URLs in it', async () => {
    const { body } = recording('sonarr', 'queue_all_mixed') as { body: { records: Record<string, unknown>[] } };
    const records = body.records.map((row) => ({
      ...row,
      errorMessage: 'failed: http://idx.example/get?apikey=INDEXER_KEY',
    }));
    await using world = await started({ body: { ...body, records } });
    const blocked = (await world.sonarr.queue()).rows.find(({ episodeId }) => episodeId === 454);
    expect(blocked?.messages).toEqual([
      'No files found are eligible for import in /downloads/complete/Echo.Bay.2020.S01E03',
      'failed: http://idx.example/get?…',
    ]);
  });

  test('a queue row whose episode cannot be read is counted, never taken for unmapped', async () => {
    const row = (recording('sonarr', 'queue_pending').body as { records: object[] }).records[0];
    await using world = await started({
      body: { totalRecords: 2, records: [row, { ...row, id: 5, episodeId: '147' }] },
    });
    expect(await world.sonarr.queue()).toMatchObject({ rows: [{ episodeId: 147 }], unread: 1 });
  });

  test('a queue of more than 1,000 rows is read by its count, a row that moved between pages once', async () => {
    await using world = await started({});
    world.server.behave = ({ query }) => {
      const page = Number(query.get('page') ?? '1');
      const from = page === 1 ? 0 : page * 1000 - 1001;
      const length = page === 3 ? 201 : 1000;
      return {
        body: { totalRecords: 2200, records: Array.from({ length }, (_, i) => ({ id: from + i + 1, title: 't' })) },
      };
    };
    const { rows } = await world.sonarr.queue();
    expect(asked(world.server)).toEqual([
      'GET /api/v3/queue?pageSize=1000&includeUnknownSeriesItems=true',
      'GET /api/v3/queue?pageSize=1000&includeUnknownSeriesItems=true&page=2',
      'GET /api/v3/queue?pageSize=1000&includeUnknownSeriesItems=true&page=3',
    ]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(rows.at(-1)?.id).toBe(2200);
  });

  test('the history since a moment: grabs, imports, failures, each with its download', async () => {
    await using world = await started(replayed('sonarr', 'history_since'));
    const { rows, unread } = await world.sonarr.historySince('2026-11-15T00:00:00.000Z');
    expect(asked(world.server)).toEqual(['GET /api/v3/history/since?date=2026-11-15T00%3A00%3A00.000Z']);
    expect(unread).toBe(0);
    expect(rows[0]).toEqual({
      id: 1, seriesId: 2, episodeId: 45, event: 'grabbed', date: '2026-11-22T15:37:26.000Z', downloadId: 'SABnzbd_nzo_mkyo_sp5',
      sourceTitle: 'Harbour.Lights.S03E01.1080p.WEB-DL.DD5.1.H.264-GRPA', guid: 'http://127.0.0.1:18991/details/d3f6d2567062de7dc75cbeb264253c10',
      indexer: 'Lab Indexer', protocol: 'usenet', client: 'SABnzbd', size: 2254857830, message: null,
    }); // prettier-ignore
  });

  test('the words for events: imported, failed with its reason, ignored, anything else', async () => {
    const failed = (recording('sonarr', 'history_failed').body as { records: Record<string, unknown>[] }).records[0];
    const events = [
      'downloadFailed',
      'downloadFolderImported',
      'seriesFolderImported',
      'downloadIgnored',
      'episodeFileDeleted',
      'new',
    ];
    await using world = await started({ body: events.map((eventType, id) => ({ ...failed, id, eventType })) });
    const { rows } = await world.sonarr.historySince('2026-11-15T00:00:00.000Z');
    expect(rows.map(({ event }) => event)).toEqual(['failed', 'imported', 'imported', 'ignored', 'other', 'other']);
    expect(rows[0]?.message).toBe('Aborted, cannot be completed');
  });

  test('the newest grab of an episode tells its download id', async () => {
    await using world = await started(replayed('sonarr', 'history_episode_grabbed'));
    const { rows } = await world.sonarr.grabsOfEpisode(45);
    expect(asked(world.server)).toEqual(['GET /api/v3/history?episodeId=45&eventType=1&pageSize=1']);
    expect(rows).toMatchObject([
      { event: 'grabbed', episodeId: 45, downloadId: expect.stringMatching(/^SABnzbd_nzo_/) as string },
    ]);
  });
});
