import { describe, expect, it } from 'vitest';
import { recording } from '../clients/support/recordings.js';
import { LocalServer } from '../clients/support/server.js';
import { type WorldFile, startSandbox } from '../sandbox/index.js';
import { Editor, specOf } from './editor.js';

const season = { number: 1, episodes: 2, files: 'none' } as const;
const WORLD: WorldFile = {
  series: [
    { title: 'Zenith', tvdb: 101, year: 2020, tags: ['kids'], seasons: [season] },
    { title: 'anchor', tvdb: 102, year: 2021, seasons: [season] },
    { title: 'Anchor', tvdb: 103, year: 1999, seasons: [season] },
  ],
  households: [
    {
      viewers: [
        { name: 'Zoe', id: 31, plays: [{ series: 'Zenith', season: 1, episode: 1, at: '-3h' }] },
        { name: 'Ann', id: 32, plays: [] },
      ],
    },
  ],
  tautulli: {
    notifiers: [
      { id: 3, agent: 'discord', name: 'Family' },
      { id: 4, agent: 'email' },
    ],
  },
};
const EMPTY: WorldFile = { series: [], households: [] };

const KINDS = [
  ['notifiers', 'tautulli'],
  ['viewers', 'tautulli'],
  ['libraries', 'tautulli'],
  ['tags', 'sonarr'],
  ['series', 'sonarr'],
  ['download-clients', 'sonarr'],
] as const;

const listed = async (kind: string, world: WorldFile = WORLD) => {
  await using sandbox = await startSandbox(world);
  await using editor = await Editor.start();
  const product = KINDS.find(([name]) => name === kind)?.[1] ?? 'sonarr';
  const reply = await editor.list({ ...specOf(product, sandbox), kind });
  expect(reply.status).toBe(200);
  return reply.body;
};

describe('the list of', () => {
  it('notifiers: by number, with the agent', async () => {
    expect((await listed('notifiers')).items).toEqual([
      { id: '4', name: 'Email', note: 'email' },
      { id: '3', name: 'Family', note: 'discord' },
    ]);
  });

  it('viewers: by user id, with the name that plays show', async () => {
    const { items } = await listed('viewers');
    expect(items.map(({ id, name }) => [id, name])).toEqual([
      ['32', 'Ann'],
      ['0', 'Local'],
      ['31', 'Zoe'],
    ]);
  });

  it('libraries: those of shows, by section id', async () => {
    const { items } = await listed('libraries');
    expect(items.length).toBeGreaterThan(0);
    expect(items.map(({ name }) => name)).not.toContain('Live TV');
    for (const { id } of items) expect(id).toMatch(/^\d+$/);
  });

  it('tags: by id', async () => {
    expect((await listed('tags')).items).toEqual([{ id: '1', name: 'kids' }]);
  });

  it('series: by TVDB id, in the order of their names, told apart by year', async () => {
    expect((await listed('series')).items).toEqual([
      { id: 'tvdb:102', name: 'anchor', note: '2021' },
      { id: 'tvdb:103', name: 'Anchor', note: '1999' },
      { id: 'tvdb:101', name: 'Zenith', note: '2020' },
    ]);
  });

  it('download clients: by id', async () => {
    expect((await listed('download-clients')).items).toEqual([{ id: '1', name: 'SABnzbd' }]);
  });

  it.each(KINDS)('%s is empty, not wrong, when %s has none', async (kind) => {
    const { items, finding } = await listed(kind, EMPTY);
    expect(finding).toBeUndefined();
    // Tautulli itself, and the one client that the sandbox's Sonarr has.
    const always: Readonly<Record<string, readonly string[]>> = { viewers: ['Local'], 'download-clients': ['SABnzbd'] };
    expect(items.map(({ name }) => name).filter((name) => name !== 'TV Shows')).toEqual(always[kind] ?? []);
  });

  it.each(KINDS)('%s says why when %s is down', async (kind, product) => {
    await using sandbox = await startSandbox(WORLD);
    sandbox.servers[product].addFault({ kind: 'refused' });
    await using editor = await Editor.start();
    const { body } = await editor.list({ ...specOf(product, sandbox), kind });
    expect(body).toMatchObject({ items: [], finding: { level: 'error', code: 'refused' } });
    sandbox.servers[product].clearFaults();
    expect((await editor.list({ ...specOf(product, sandbox), kind })).body.items.length).toBeGreaterThan(0);
  });

  it.each([
    [
      'users of real ones',
      'tautulli',
      'viewers',
      'get_users',
      { id: '2847361', name: "Kate O'Brien", note: "kate.o'brien" },
    ],
    ['libraries of real ones', 'tautulli', 'libraries', 'get_library_names', { id: '5', name: 'TV – Legacy & Anime' }],
    ['clients of real ones', 'sonarr', 'download-clients', 'downloadclient', { id: '1', name: 'SABnzbd' }],
    ['tags of real ones', 'sonarr', 'tags', 'tag', { id: '2', name: 'anime-tag' }],
  ] as const)('%s', async (_what, product, kind, name, row) => {
    await using server = await LocalServer.start('');
    server.behave = () => ({ body: recording(product, name).body });
    await using editor = await Editor.start();
    const { body } = await editor.list({ ...specs(product, server.url), kind });
    expect(body.items).toContainEqual(row);
  });

  it('series without a TVDB id: by the id in Sonarr; unreadable rows are left out', async () => {
    await using server = await LocalServer.start('');
    const [first] = recording('sonarr', 'series_all').body as Record<string, unknown>[];
    server.behave = () => ({ body: [{ ...first, id: 77, tvdbId: 0 }, { id: 'x' }, null] });
    await using editor = await Editor.start();
    const { body } = await editor.list({ ...specs('sonarr', server.url), kind: 'series' });
    expect(body.items.map(({ id }) => id)).toEqual(['sonarr:77']);
  });
});

const specs = (product: 'tautulli' | 'sonarr', url: string) => ({ type: `plex-jit-${product}`, url, apiKey: 'key-1' });

describe('a list that nobody has', () => {
  it.each([
    [{ kind: 'episodes' }, /must be one of notifiers, /],
    [{}, /must be one of notifiers, /],
    [{ kind: 'viewers' }, /The list of viewers comes from Tautulli\./],
    [{ kind: 'toString' }, /must be one of/],
  ])('%o is refused', async (more, words) => {
    await using editor = await Editor.start();
    const reply = await editor.list({ ...specs('sonarr', 'http://127.0.0.1:1'), ...more });
    expect(reply.status).toBe(400);
    expect(reply.body.error).toMatch(words);
  });
});
