import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../sandbox/index.js';
import type { WorldFile } from '../sandbox/world/format.js';

const SANDBOX = join(__dirname, '../sandbox');
const SERIES = {
  title: 'Paper Kites',
  seasons: [{ number: 1, episodes: 8, firstAired: '-900d', files: '1-2' }],
};
const QUIET = { spacing: 0, searchTakes: 0 };

const world = (more: Partial<WorldFile> = {}): WorldFile => ({
  series: [SERIES],
  households: [{ viewers: [{ name: 'Ann', plays: [] }] }],
  indexer: QUIET,
  ...more,
});

interface Row {
  readonly id: number;
  readonly guid: string;
  readonly title: string;
  readonly approved: boolean;
  readonly rejections: readonly string[];
  readonly downloadId: string;
  readonly episodeId: number;
  readonly status: string;
  readonly eventType: string;
}

const sonarr = (sandbox: Sandbox, at = 0) => {
  const url = `${sandbox.urls.sonarrs[at] ?? ''}/api/v3`;
  const headers = { 'x-api-key': sandbox.keys.sonarr, 'content-type': 'application/json' };
  const get = async (path: string): Promise<unknown> => (await fetch(url + path, { headers })).json();
  const post = (path: string, body: object) =>
    fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  const search = async (episodeId: number) => (await get(`/release?episodeId=${episodeId}`)) as Row[];
  const queue = async (): Promise<Row[]> =>
    ((await get('/queue?pageSize=1000&includeUnknownSeriesItems=true')) as { records: Row[] }).records;
  const grabFirst = async (episodeId: number): Promise<number> => {
    const release = (await search(episodeId)).find((r) => r.approved);
    return (await post('/release', { guid: release?.guid ?? 'none', indexerId: 1 })).status;
  };
  const events = async (): Promise<string[]> => ((await get('/history/since')) as Row[]).map((r) => r.eventType);
  return { get, post, search, queue, grabFirst, events };
};

const MINUTE = 60_000;

describe('a sandbox', () => {
  it('that finds a port taken says so and leaves no server behind that would keep its process alive', async () => {
    await using first = await startSandbox(world());
    const { port } = new URL(first.urls.sonarr);
    const program = ['--import', 'tsx', join(SANDBOX, 'main.ts'), join(SANDBOX, 'worlds/six-shows.json')];
    const ended = promisify(execFile)(process.execPath, [...program, '--sonarr-port', port], { timeout: 10_000 });
    await expect(ended).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('EADDRINUSE') as string });
  });

  it('takes `all` wherever a world file may say which episodes', async () => {
    const plays = [{ series: 'Paper Kites', season: 1, episode: 'all', at: '-1h' }];
    const episodes = [{ number: 1, releases: [{ title: 'Paper.Kites.S01', episodes: 'all' }] }, { number: 2 }];
    await using sandbox = await startSandbox(
      world({
        series: [{ ...SERIES, seasons: [{ number: 1, episodes, shared: ['all'] }] }],
        households: [{ viewers: [{ name: 'Ann', plays }] }],
      }),
    );
    expect(sandbox.world.tautulli.rows.map(({ play }) => play.episode)).toEqual([1, 2]);
    expect(await sonarr(sandbox).search(1)).toContainEqual(
      expect.objectContaining({ title: 'Paper.Kites.S01', mappedEpisodeNumbers: [1, 2] }),
    );
  });
});

describe('a grab in the sandbox', () => {
  it('is in SABnzbd and in history at once, in the queue after five seconds, on disk once it has downloaded', async () => {
    await using sandbox = await startSandbox(world());
    const api = sonarr(sandbox);
    expect(await api.grabFirst(3)).toBe(200);
    expect(sandbox.world.sabJobs()).toHaveLength(1);
    expect(await api.events()).toEqual(['grabbed']);
    expect(await api.queue()).toEqual([]);
    await sandbox.world.advance(5_000);
    expect((await api.queue()).map((r) => r.episodeId)).toEqual([3]);
    await sandbox.world.advance(10 * MINUTE);
    expect(sandbox.world.episode('Paper Kites', 1, 3).hasFile).toBe(true);
    expect(await api.queue()).toEqual([]);
    expect(await api.events()).toEqual(['grabbed', 'downloadFolderImported']);
    expect(sandbox.world.sabJobs()).toEqual([]);
  });

  it('blinds the search for five seconds: the same episode is approved and grabbed again, later it is not', async () => {
    await using sandbox = await startSandbox(world());
    const api = sonarr(sandbox);
    await api.grabFirst(3);
    expect(await api.grabFirst(3)).toBe(200);
    expect(sandbox.world.sabJobs()).toHaveLength(2);
    await sandbox.world.advance(5_000);
    const rejections = (await api.search(3)).find(
      (r) => r.title.endsWith('GRPA') && !r.title.includes('S01.'),
    )?.rejections;
    expect(rejections).toEqual(['Release in queue already meets cutoff: WEBDL-1080p v1']);
  });

  it('that fails to download leaves the queue, is never taken again, and Sonarr takes another by itself', async () => {
    await using sandbox = await startSandbox(world());
    sandbox.world.releaseAppears('Paper Kites', 1, 3, [{ failsDownload: true }, { size: 1 }]);
    const api = sonarr(sandbox);
    await api.grabFirst(3);
    for (let i = 0; i < 5; i += 1) await sandbox.world.advance(MINUTE);
    expect(await api.events()).toEqual(['grabbed', 'downloadFailed', 'grabbed', 'downloadFolderImported']);
    expect(new Set(sandbox.world.grabs().map((g) => g.title)).size).toBe(2);
  });

  it('whose job is deleted in SABnzbd leaves the queue and still looks grabbed in history', async () => {
    await using sandbox = await startSandbox(world());
    const api = sonarr(sandbox);
    await api.grabFirst(3);
    await sandbox.world.advance(5_000);
    sandbox.world.sabnzbd.deleteJob(sandbox.world.sabJobs()[0]?.id ?? '');
    expect(await api.queue()).toHaveLength(1);
    await sandbox.world.advance(MINUTE);
    expect(await api.queue()).toEqual([]);
    expect(await api.events()).toEqual(['grabbed']);
  });

  it('works for half an hour after the search, then the release has to be searched again', async () => {
    await using sandbox = await startSandbox(world());
    const api = sonarr(sandbox);
    const guid = (await api.search(3)).find((r) => r.approved)?.guid;
    await sandbox.world.advance(31 * MINUTE);
    expect((await api.post('/release', { guid, indexerId: 1 })).status).toBe(404);
  });

  it('while SABnzbd refuses connections is a 500, and by command it waits in Sonarr until it is back', async () => {
    await using sandbox = await startSandbox(world());
    const api = sonarr(sandbox);
    sandbox.servers.sabnzbd.addFault({ kind: 'refused' });
    expect(await api.grabFirst(3)).toBe(500);
    await api.post('/command', { name: 'EpisodeSearch', episodeIds: [4] });
    await sandbox.world.advance(5_000);
    expect((await api.queue()).map((r) => [r.status, r.downloadId])).toEqual([
      ['downloadClientUnavailable', undefined],
    ]);
    sandbox.servers.sabnzbd.clearFaults();
    await sandbox.world.advance(16 * MINUTE);
    expect(sandbox.world.grabs().map((g) => g.episodes)).toEqual([[4]]);
  });
});

describe('the indexer of the sandbox', () => {
  it('gets one request in two seconds, searches and NZB fetches alike', async () => {
    await using sandbox = await startSandbox(world({ indexer: { searchTakes: 0 } }), { speed: 20 });
    const began = sandbox.world.now();
    await Promise.all([3, 4, 5].map((id) => sonarr(sandbox).search(id)));
    expect(sandbox.world.now() - began).toBeGreaterThanOrEqual(4_000);
    await sonarr(sandbox).grabFirst(6);
    expect(sandbox.world.now() - began).toBeGreaterThanOrEqual(8_000);
    expect(sandbox.world.indexerRequests()).toEqual({ search: 4, fetch: 1 });
  });

  it('that fails looks as if it had nothing, is blocked at once, and shows in health a moment later', async () => {
    await using sandbox = await startSandbox(world());
    const api = sonarr(sandbox);
    sandbox.world.indexerFails(503);
    expect(await api.search(3)).toEqual([]);
    expect(sandbox.world.episode('Paper Kites', 1, 3).lastSearch).not.toBeNull();
    expect(await api.get('/health')).toEqual([]);
    await sandbox.world.advance(1_000);
    expect(await api.get('/health')).toContainEqual(expect.objectContaining({ source: 'IndexerStatusCheck' }));
    expect(await api.search(4)).toEqual([]);
    expect(sandbox.world.episode('Paper Kites', 1, 4).lastSearch).toBeNull();
    sandbox.world.indexerFails(null);
    expect((await api.search(4)).length).toBeGreaterThan(0);
  });

  it('lists 98 releases for a season of 24 in one request, each single one with its verdict', async () => {
    const series = { title: 'Long Haul', seasons: [{ number: 8, episodes: 24, firstAired: '-4000d' }] };
    await using sandbox = await startSandbox(world({ series: [series] }));
    const rows = (await sonarr(sandbox).get('/release?seriesId=1&seasonNumber=8')) as Row[];
    expect(rows).toHaveLength(98);
    expect(rows.filter((r) => r.approved)).toHaveLength(49);
    expect(sandbox.world.indexerRequests().search).toBe(1);
  });

  it('is asked twice for each episode of an anime season', async () => {
    const series = { title: 'Starfall', type: 'anime', seasons: [{ number: 1, episodes: 6 }] } as const;
    await using sandbox = await startSandbox(world({ series: [series] }));
    await sonarr(sandbox).get('/release?seriesId=1&seasonNumber=1');
    expect(sandbox.world.indexerRequests().search).toBe(12);
  });
});

describe('Sonarr in the sandbox', () => {
  it('answers the same command while the first has not finished', async () => {
    await using sandbox = await startSandbox(world({ indexer: { spacing: 0, searchTakes: 60 } }));
    const api = sonarr(sandbox);
    const send = async (episodeIds: number[]) =>
      ((await (await api.post('/command', { name: 'EpisodeSearch', episodeIds })).json()) as Row).id;
    const first = await send([3, 4]);
    expect(await send([4, 3, 3])).toBe(first);
    expect(await send([5])).not.toBe(first);
  });

  it('gives the rows of a season in no order', async () => {
    await using sandbox = await startSandbox(world());
    const ids = ((await sonarr(sandbox).get('/episode?seriesId=1')) as Row[]).map((r) => r.id);
    expect(ids).not.toEqual([...ids].sort((a, b) => a - b));
    expect([...ids].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('shares SABnzbd with a second one, each seeing its own category only', async () => {
    await using sandbox = await startSandbox(world(), { sonarrs: 2 });
    await sonarr(sandbox, 0).grabFirst(3);
    await sonarr(sandbox, 1).grabFirst(4);
    await sandbox.world.advance(5_000);
    expect(sandbox.world.sabJobs().map((j) => j.category)).toEqual(['tv', 'tv2']);
    expect((await sonarr(sandbox, 0).queue()).map((r) => r.episodeId)).toEqual([3]);
    expect((await sonarr(sandbox, 1).queue()).map((r) => r.episodeId)).toEqual([4]);
  });

  it('answers a library of 5,000 series again without working it out again', async () => {
    const series = Array.from({ length: 5000 }, (_, i) => ({
      title: `Show ${i}`,
      seasons: [1, 2, 3].map((number) => ({ number, episodes: 20, firstAired: '-900d', files: '1-10' })),
    }));
    await using sandbox = await startSandbox(world({ series }));
    const { seriesList } = sandbox.world.sonarr;
    expect(JSON.parse(seriesList.all().toString())).toHaveLength(5000);
    const began = performance.now();
    for (let i = 0; i < 20; i += 1) seriesList.all();
    expect(performance.now() - began).toBeLessThan(200);
    sandbox.world.addFile('Show 7', 1, 15);
    expect(seriesList.ofTvdb(700_008)).toContain('"episodeFileCount": 31');
  });
});
