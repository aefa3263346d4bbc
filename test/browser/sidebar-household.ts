import { exampleFlow, importedAgain, withSettings } from '../e2e/bench.js';
import { twoPeople } from '../e2e/households.js';
import type { WorldFile } from '../sandbox/world/format.js';

/** A show that Sonarr does not have. */
export const UNKNOWN = 'Lantern Street';
export const LONG = 'someone.with.a.name.without.any.end.and.a.number.12345678@mail.household.example';

/** Bob also watches a show that Sonarr does not have, and somebody signs in by a long address. */
export const world: WorldFile = {
  ...twoPeople,
  series: [
    ...twoPeople.series,
    { title: UNKNOWN, year: 2020, tvdb: 510_009, notInSonarr: true, seasons: [{ number: 1, episodes: 4 }] },
  ],
  households: [
    ...twoPeople.households,
    { viewers: [{ name: 'Bob', plays: [{ series: UNKNOWN, season: 1, episode: 1, at: '-2h' }] }] },
    { viewers: [{ name: LONG, plays: [{ series: 'Harbour Lights', season: 1, episode: 1, at: '-3h' }] }] },
  ],
};

/** Up to the plan, the example stands in a subflow too, with a Sonarr node that keeps what it knows in memory. */
const INSIDE = ['jit-history', 'jit-lookup', 'jit-next', 'jit-sonarr'];
export async function flows(): Promise<readonly object[]> {
  const example = await exampleFlow();
  const inside = importedAgain(
    example.filter(({ id }) => INSIDE.includes(id)),
    'boxed',
  ).map((node) => ({ ...node, ...(node.z === undefined ? { contextStore: 'forgets' } : { z: 'box' }) }));
  return [
    ...example,
    { id: 'cellar', type: 'tab', label: 'Cellar' },
    { id: 'box', type: 'subflow', name: 'Box', in: [{ x: 40, y: 80, wires: [{ id: 'jit-history-boxed' }] }], out: [] },
    ...withSettings(inside, { 'jit-next-boxed': { wires: [[]] } }),
    { id: 'fed', type: 'subflow:box', z: 'cellar', name: 'Fed', x: 300, y: 80, wires: [] },
    {
      ...{ id: 'kick', type: 'inject', z: 'cellar', name: '', props: [], repeat: '', crontab: '', once: false },
      ...{ topic: '', x: 100, y: 80, wires: [['fed']] },
    },
  ];
}
export const FORGETS = `settings.contextStorage.forgets = { module: 'memory' };`;
