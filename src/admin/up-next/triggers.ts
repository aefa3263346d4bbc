import { type Deployed, type DeployedFlow, HISTORY } from './deployed.js';

/** What starts a flow. */
export interface Triggers {
  /** The inject node that leads into it; null when there is none. */
  readonly inject: Deployed | null;
  /** Its nodes that begin a run. */
  readonly histories: readonly Deployed[];
}

const targets = ({ type, wires = [], links = [] }: Deployed): readonly string[] => [
  ...wires.flat(),
  ...(type === 'link out' || type === 'link call' ? links : []),
];

/** All nodes from which a message comes to one of these, these too. */
function leadingTo(ends: readonly Deployed[], all: ReadonlyMap<string, Deployed>): ReadonlySet<Deployed> {
  const before = new Map<string, Deployed[]>();
  for (const node of all.values()) {
    for (const id of targets(node)) before.set(id, [...(before.get(id) ?? []), node]);
  }
  const found = new Set(ends);
  // A set is walked while it grows.
  for (const node of found) {
    for (const one of before.get(node.id) ?? []) found.add(one);
  }
  return found;
}

const isTimer = ({ repeat, crontab }: Deployed): boolean => Boolean(repeat) || Boolean(crontab);

/** The flow's own inject, the timer first; one of another tab when it has none. */
export function triggersOf(flow: DeployedFlow, all: ReadonlyMap<string, Deployed>): Triggers {
  const histories = flow.nodes.filter(({ type }) => type === HISTORY);
  const ends = histories.length > 0 ? histories : flow.nodes;
  const isOwn = ({ z }: Deployed): boolean => z === flow.id;
  const injects = [...leadingTo(ends, all)]
    .filter(({ type, d }) => type === 'inject' && d !== true)
    .sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || Number(isTimer(b)) - Number(isTimer(a)));
  return { inject: injects[0] ?? null, histories };
}
