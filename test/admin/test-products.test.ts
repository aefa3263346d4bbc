import { describe, expect, it } from 'vitest';
import { LocalServer } from '../clients/support/server.js';
import { type WorldFile, startSandbox } from '../sandbox/index.js';
import { Editor, codesOf, specOf } from './editor.js';

const WORLD: WorldFile = {
  series: [
    {
      title: 'Harbour Watch',
      seasons: [{ number: 1, episodes: 4, files: 'all' }],
    },
  ],
  households: [
    { viewers: [{ name: 'Ann', plays: [{ series: 'Harbour Watch', season: 1, episode: '1-2', at: '-3h' }] }] },
  ],
  downloads: [{ name: 'Somebody.Elses.Film.2024', category: 'movies', size: 8 }],
};

const EMPTY: WorldFile = { series: [], households: [{ viewers: [{ name: 'Ann', plays: [] }] }] };

const tested = async (product: 'tautulli' | 'sonarr' | 'sabnzbd', world: WorldFile, more: object = {}) => {
  await using sandbox = await startSandbox(world);
  await using editor = await Editor.start();
  return await editor.test(specOf(product, sandbox, more));
};

const textsOf = async (product: 'tautulli' | 'sonarr' | 'sabnzbd', world: WorldFile): Promise<string[]> =>
  (await tested(product, world)).body.findings.map(({ text }) => text);

describe('the test of Tautulli', () => {
  it('tells version, round trip, Plex and the rows of the history', async () => {
    const reply = await tested('tautulli', WORLD);
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ ok: true, product: 'Tautulli', version: 'v2.17.2' });
    expect(reply.body.ms).toBeGreaterThan(0);
    expect(codesOf(reply)).toEqual(['ok connected', 'ok plex-connected', 'ok history-rows']);
    expect(reply.body.findings[0]?.text).toBe(`Tautulli v2.17.2 answered in ${reply.body.ms} ms.`);
    expect(reply.body.findings[2]?.text).toBe('Episode plays in its history: 2.');
  });

  it('warns of a Plex that is down, an empty history and an old version', async () => {
    const reply = await tested('tautulli', { ...EMPTY, tautulli: { plexDown: true, version: 'v2.10.1' } });
    expect(reply.body).toMatchObject({ ok: true, version: 'v2.10.1' });
    expect(codesOf(reply)).toEqual(['ok connected', 'warning too-old', 'warning plex-down', 'warning history-empty']);
    expect(reply.body.findings[1]?.text).toMatch(/^Tautulli v2\.10\.1 is older than 2\.14, .* Update it\.$/);
  });
});

describe('the test of a Tautulli that has just started', () => {
  it('warns that it cannot tell yet whether Plex is there', async () => {
    await using sandbox = await startSandbox(WORLD);
    await using proxy = await LocalServer.start('');
    const answers: Readonly<Record<string, unknown>> = {
      get_tautulli_info: { tautulli_version: 'v2.17.2' },
      // What it says before it has tried for the first time.
      server_status: { connected: null },
      get_history: { recordsFiltered: 2, recordsTotal: 2, draw: 1, data: [] },
    };
    proxy.behave = ({ query, form }) => ({
      body: {
        response: { result: 'success', message: null, data: answers[query.get('cmd') ?? form.get('cmd') ?? ''] },
      },
    });
    await using editor = await Editor.start();
    const reply = await editor.test({ ...specOf('tautulli', sandbox), url: proxy.url });
    expect(codesOf(reply)).toEqual(['ok connected', 'warning plex-unknown', 'ok history-rows']);
  });
});

describe('the test of Sonarr', () => {
  it('tells version, series, indexers with interactive search and usenet clients', async () => {
    const reply = await tested('sonarr', { ...WORLD, indexer: { name: 'Lab' } });
    expect(reply.body).toMatchObject({ ok: true, product: 'Sonarr', version: '5.0.0.1204' });
    expect(codesOf(reply)).toEqual(['ok connected', 'ok series-count', 'ok interactive-search', 'ok usenet-client']);
    expect(reply.body.findings.slice(1).map(({ text }) => text)).toEqual([
      'Series in Sonarr: 1.',
      'Indexers with interactive search: Lab.',
      'Usenet download clients: SABnzbd.',
    ]);
  });

  it('warns of what is missing for this job, and of an old version', async () => {
    const world = {
      ...EMPTY,
      indexer: { interactiveSearch: false },
      sonarr: { usenetClient: false, version: '3.0.10.1567' },
    };
    const texts = await textsOf('sonarr', world);
    expect(texts[1]).toMatch(/^Sonarr 3\.0\.10\.1567 is older than 4,/);
    expect(texts[2]).toMatch(/^Sonarr has no series yet/);
    expect(texts[3]).toMatch(/^No indexer with interactive search: .*Settings → Indexers/);
    expect(texts[4]).toMatch(/^No Usenet download client: .*Settings → Download Clients/);
  });

  it('repeats what its health warns of', async () => {
    await using sandbox = await startSandbox({ ...WORLD, indexer: { down: true } });
    await using editor = await Editor.start();
    const spec = specOf('sonarr', sandbox);
    await fetch(`${sandbox.urls.sonarr}/api/v3/release?episodeId=1`, {
      headers: { 'x-api-key': sandbox.keys.sonarr },
    });
    await sandbox.world.advance(2_000);
    const { body } = await editor.test(spec);
    expect(body.ok).toBe(true);
    expect(
      body.findings.filter(({ code }) => code === 'sonarr-health').map(({ level, text }) => `${level} ${text}`),
    ).toContain('warning Sonarr warns: All indexers are unavailable due to failures');
  });
});

describe('the test of SABnzbd', () => {
  it('tells version, the full key, and how many jobs there are', async () => {
    const reply = await tested('sabnzbd', WORLD);
    expect(reply.body).toMatchObject({ ok: true, product: 'SABnzbd', version: '5.0.1' });
    expect(codesOf(reply)).toEqual(['ok connected', 'ok full-key', 'ok queue-running']);
    expect(reply.body.findings[2]?.text).toBe('The queue is running. Jobs in it: 1.');
  });

  it('warns of a paused queue', async () => {
    const reply = await tested('sabnzbd', { ...WORLD, sabnzbd: { paused: true } });
    expect(codesOf(reply)).toEqual(['ok connected', 'ok full-key', 'warning queue-paused']);
    expect(reply.body.ok).toBe(true);
  });

  it('tells the NZB key from a wrong one: it cannot reorder', async () => {
    await using sandbox = await startSandbox(WORLD);
    await using editor = await Editor.start();
    const nzb = await editor.test(specOf('sabnzbd', sandbox, { apiKey: sandbox.keys.nzb }));
    expect(codesOf(nzb)).toEqual(['error nzb-key-only', 'ok reached']);
    expect(nzb.body).toMatchObject({ ok: false, version: '5.0.1' });
    const wrong = await editor.test(specOf('sabnzbd', sandbox, { apiKey: 'f'.repeat(32) }));
    expect(codesOf(wrong)).toEqual(['error key-refused', 'ok reached']);
    expect(wrong.body.findings[0]?.text).toMatch(/refused the API key .*Config → General → API Key\.$/);
    // Its version needs no key: that it was told is no word about the key.
    expect(wrong.body.findings[1]?.text).toBe('The URL is right: SABnzbd 5.0.1 is there.');
  });

  it('warns of an old version', async () => {
    const reply = await tested('sabnzbd', { ...WORLD, sabnzbd: { version: '3.7.2' } });
    expect(codesOf(reply)[1]).toBe('warning too-old');
  });
});
