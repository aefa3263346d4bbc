import { describe, expect, it } from 'vitest';
import type { Lookup, Plan } from '../../src/core/contracts/index.js';
import { play } from '../runtime/builders.js';
import type { WorldFile } from '../sandbox/index.js';
import { WORLD, bench } from './bench.js';
import { goodMessage } from './good-messages.js';

const TAGGED: WorldFile = { ...WORLD, series: (WORLD.series ?? []).map((one) => ({ ...one, tags: ['kids'] })) };
const played = [play({ airDate: null })];
const gone = { id: '99', name: 'documentaries' };

describe('a tag that Sonarr no longer has', () => {
  it.each([
    ['picked', [gone]],
    ['typed', 'documentaries'],
  ])('is told in the notes when it was %s to be left out; those that it has are not', async (_how, excludeTags) => {
    await using b = await bench(TAGGED, { type: 'sonarr-lookup', excludeTags });
    b.send({ payload: played, plexJit: { notes: ['a note of the source'] } });
    const { notes, series } = (await b.out.first).payload as Lookup;
    expect(notes).toEqual([
      'a note of the source',
      'Sonarr has no tag "documentaries", so it excludes nothing (excludeTags).',
    ]);
    expect(series).toHaveLength(1);
    b.send({ payload: played, plexJit: { excludeTags: ['Kids', { id: '1', name: 'formerly' }] } });
    expect(((await b.out.nth(1)).payload as Lookup).notes).toEqual([]);
  });

  it('is told in the notes of the plan when a rule names it, by the place of the rule', async () => {
    await using b = await bench(TAGGED, { type: 'sonarr-lookup' });
    b.send({ payload: played });
    const lookup = (await b.out.first).payload as Lookup;
    expect(lookup.tags).toEqual([{ id: 1, label: 'kids' }]);
    await b.unload();
    const rule = { for: 'tag', episodesToCheck: 2 };
    const rules = [
      { ...rule, id: '1', name: 'called otherwise' },
      { ...rule, id: '', name: 'KIDS' },
      { ...rule, ...gone },
      { for: 'viewer', id: '77', name: 'Nobody', episodesToCheck: 2 },
    ];
    await b.load({ type: 'next-episodes', rules });
    b.send({ payload: lookup });
    const plan = (await b.out.nth(1)).payload as Plan;
    expect(plan.notes).toEqual(['Sonarr has no tag "documentaries": rule 3 matches no series.']);
    // A look-up of another source says nothing of tags: none is missed then.
    b.send({ payload: { ...lookup, tags: undefined } });
    expect(((await b.out.nth(2)).payload as Plan).notes).toEqual([]);
  });
});

describe('what was picked and is gone', () => {
  it.each([
    ['tautulli-history', { viewersDenied: [gone], librariesDenied: [gone] }],
    [
      'sonarr-lookup',
      {
        ignoreShows: [
          { id: 'tvdb:1', name: 'Gone' },
          { id: 'plex:9', name: 'Of a kind to come' },
        ],
      },
    ],
    ['next-episodes', { sharedViewers: [gone], rules: [{ for: 'viewer', ...gone, episodesToCheck: 1 }] }],
  ] as const)('is nobody, and keeps nothing else from being worked on: %s', async (type, settings) => {
    await using b = await bench(WORLD, { type, configVersion: 2, ...settings });
    b.send(goodMessage(type, b));
    expect((await b.out.first).payload).toBeDefined();
    expect(b.caught.all).toEqual([]);
  });

  it('leaves no plays when it is the only viewer allowed: nothing is planned for others instead', async () => {
    await using b = await bench(WORLD, { type: 'tautulli-history', viewersAllowed: [gone] });
    b.send({});
    const { payload, plexJit } = await b.out.first;
    expect(payload).toEqual([]);
    expect(plexJit).toMatchObject({ filtered: { viewers: 1 } });
  });

  it.each([
    ['Old SAB', [expect.stringMatching(/^Sonarr has no download client "Old SAB": /)]],
    ['sabnzbd', []],
  ])('is a download client: the look-up goes on, and tells it when there are downloads (%s)', async (name, notes) => {
    const world: WorldFile = {
      ...WORLD,
      downloads: [{ series: 'Harbour Lights', season: 1, episodes: '2', grabbed: '-10m' }],
    };
    const servers = { sonarr: { downloadClient: { id: name, name } } };
    await using b = await bench(world, { type: 'sonarr-lookup' }, { servers });
    b.send(goodMessage('sonarr-lookup', b));
    const lookup = (await b.out.first).payload as Lookup;
    expect(lookup.series).toHaveLength(1);
    expect(lookup.notes).toEqual(notes);
    expect(b.caught.all).toEqual([]);
  });
});
