import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Lookup, Plan, Play } from '../../src/core/contracts/index.js';
import { runPipeline } from '../docs/pipeline.js';
import type { WorldFile } from '../sandbox/index.js';
import { play } from '../runtime/builders.js';
import { WORLD, bench } from './bench.js';
import { ROOT } from './editor.js';

/** Ann has another name by now than when she was picked, and somebody else has taken hers. */
const HOUSE: WorldFile = {
  ...WORLD,
  households: [
    {
      viewers: [
        { name: 'Anna', id: 3, plays: [{ series: 'Harbour Lights', season: 1, episode: 1, at: '-3h' }] },
        { name: 'Ann', id: 4, plays: [{ series: 'Harbour Lights', season: 1, episode: 2, at: '-2h' }] },
      ],
    },
  ],
};

const ann = { id: '3', name: 'Ann' };
const viewers = (plays: unknown) => (plays as Play[]).map(({ viewer }) => viewer.name);

describe('a viewer who was picked and is called otherwise by now', () => {
  it.each([
    ['viewersAllowed', ['Anna']],
    ['viewersDenied', ['Ann']],
  ])('is still meant by %s of the form, and the one who took the name is not', async (setting, left) => {
    await using b = await bench(HOUSE, { type: 'tautulli-history', configVersion: 2, [setting]: [ann] });
    b.send({});
    const { payload, plexJit } = await b.out.first;
    expect(viewers(payload)).toEqual(left);
    const { filters } = plexJit as { filters: { viewers: { allowed: unknown; denied: unknown } } };
    expect([filters.viewers.allowed, filters.viewers.denied]).toContainEqual([ann]);
  });

  it('is meant by a pick in the message too, beside names', async () => {
    await using b = await bench(HOUSE, { type: 'tautulli-history' });
    b.send({ plexJit: { viewersDenied: [ann] } });
    expect(viewers((await b.out.first).payload)).toEqual(['Ann']);
    b.send({ plexJit: { viewersDenied: ['anna', { id: '4', name: '' }] } });
    expect(viewers((await b.out.nth(1)).payload)).toEqual([]);
  });

  it('is still meant by the filters that a look-up is sent', async () => {
    await using b = await bench(HOUSE, { type: 'sonarr-lookup' });
    const filters = { viewers: { allowed: [ann], denied: [] }, libraries: { allowed: [], denied: ['Kids'] } };
    b.send({ payload: [], plexJit: { filters } });
    expect(((await b.out.first).payload as Lookup).filters).toEqual(filters);
  });
});

describe('a series', () => {
  const TAGGED: WorldFile = { ...WORLD, series: (WORLD.series ?? []).map((one) => ({ ...one, tags: ['kids'] })) };
  const played = [
    play({
      show: {
        title: 'Harbour Lights',
        year: 2024,
        key: null,
        ids: { tvdb: 4711, tmdb: null, imdb: null },
        metadata: true,
      },
    }),
  ];

  it.each([
    [{ excludeTags: [{ id: '1', name: 'children' }] }, { by: 'tag', name: 'kids' }],
    [{ excludeTags: [{ id: '2', name: 'kids' }] }, null],
    [{ ignoreShows: [{ id: 'tvdb:4711', name: 'An older title' }] }, { by: 'list', name: 'An older title' }],
    [{ ignoreShows: [{ id: 'sonarr:1', name: 'Harbour Lights' }] }, { by: 'list', name: 'Harbour Lights' }],
    [{ ignoreShows: [{ id: 'tvdb:1', name: 'Harbour Lights' }] }, null],
  ])('is left out by what was picked, whatever it is called by now: %j', async (settings, excluded) => {
    await using b = await bench(TAGGED, { type: 'sonarr-lookup', configVersion: 2, ...settings });
    b.send({ payload: played });
    expect(((await b.out.first).payload as Lookup).series[0]?.excluded).toEqual(excluded);
  });
});

interface Saved {
  readonly id: string;
  readonly [property: string]: unknown;
}

describe('a flow saved by version 1 of the forms', () => {
  const flow = JSON.parse(readFileSync(join(ROOT, 'test', 'fixtures', 'flows', 'version-1.json'), 'utf8')) as Saved[];
  const saved = Object.fromEntries(flow.map((node) => [node.id.replace('jit-', ''), node]));
  const withLists = {
    ...saved,
    history: { ...saved.history, viewersDenied: 'Nobody, Bob' },
    next: { ...saved.next, rules: [{ for: 'viewer', name: 'ann', episodesToCheck: 2 }] },
  };

  it('runs as it did, its texts and rules read as before', async () => {
    const seen = await runPipeline({}, 'history', withLists);
    expect(viewers(seen.history[0]?.payload)).toEqual(['Ann']);
    const { items } = seen.priority[0]?.payload as Plan;
    expect(items.map(({ episode, result }) => [episode, result?.code ?? null])).toEqual([
      [3, null],
      [4, 'grabbed'],
    ]);
  });
});
