import { afterCall, indexOf, rankOf, type QueueCall, type Ranked, type SetPriority } from './calls.js';
import { holds, standing, type LeftAlone, type Standing, type WantedOrder } from './standing.js';

export interface QueueMoves {
  /** To be sent one after the other; the fewest known. */
  readonly calls: readonly QueueCall[];
  readonly leftAlone: readonly LeftAlone[];
}

const levelName = ({ level }: Standing): SetPriority => (level === rankOf('Force') ? 'Force' : 'High');

/** Force goes to the top one by one, so that list runs backward; High joins the end of its group, so that one forward. */
const listed = (here: Standing, ids: readonly string[]): readonly string[] =>
  levelName(here) === 'Force' ? ids.toReversed() : ids;

const priority = (ids: readonly string[], to: SetPriority): readonly QueueCall[] =>
  ids.length === 0 ? [] : [{ kind: 'priority', ids, priority: to }];

const isAtLevel = ({ queue, level }: Standing): ((id: string) => boolean) => {
  const ids = new Set(queue.filter((job) => job.rank === level).map((job) => job.id));
  return (id) => ids.has(id);
};

/** The first job of somebody else that must come after all of ours. */
function boundary({ queue, movable, aside }: Standing): Ranked | undefined {
  const ours = new Set(movable);
  return queue.find((job) => !ours.has(job.id) && !aside(job));
}

/** The longest run of numbers that only grows, as indexes into the list. */
function longestGrowing(numbers: readonly number[]): readonly number[] {
  const best: { length: number; before: number }[] = [];
  let last = -1;
  numbers.forEach((n, i) => {
    let before = -1;
    for (let j = 0; j < i; j += 1) {
      if ((numbers[j] ?? n) < n && (best[j]?.length ?? 0) > (best[before]?.length ?? 0)) before = j;
    }
    best.push({ length: (best[before]?.length ?? 0) + 1, before });
    if ((best[i]?.length ?? 0) > (best[last]?.length ?? 0)) last = i;
  });
  const run: number[] = [];
  for (let i = last; i !== -1; i = best[i]?.before ?? -1) run.unshift(i);
  return run;
}

/** As many of our jobs as can stay where they are: at the level, in order, before the boundary. */
function keepers(here: Standing): ReadonlySet<string> {
  const end = indexOf(here.queue, boundary(here)?.id ?? '');
  const places = new Map(here.queue.map((job, i) => [job.id, i]));
  const placed = here.movable.filter(isAtLevel(here)).filter((id) => end === -1 || (places.get(id) ?? end) < end);
  const run = longestGrowing(placed.map((id) => places.get(id) ?? 0));
  return new Set(run.flatMap((i) => placed[i] ?? []));
}

/** One call for all that are not at the level yet; right when the others stand where the list will join them. */
const raiseOthers = (here: Standing): readonly QueueCall[] => {
  const atLevel = isAtLevel(here);
  const others = here.movable.filter((id) => !atLevel(id));
  return priority(listed(here, others), levelName(here));
};

/** Two calls: what is at the level and not kept loses its place first, as the same priority again moves nothing. */
function lowerAndRaise(here: Standing, kept: ReadonlySet<string>): readonly QueueCall[] {
  const rest = here.movable.filter((id) => !kept.has(id));
  return [...priority(rest.filter(isAtLevel(here)), 'Normal'), ...priority(listed(here, rest), levelName(here))];
}

/** What need not be lowered: the run of ours that already stands in order where the list is not put, at the top (Force: at the end). */
function keptEnd(here: Standing): ReadonlySet<string> {
  const places = new Map(here.queue.map((job, i) => [job.id, i]));
  const atLevel = isAtLevel(here);
  const order = levelName(here) === 'Force' ? here.movable.toReversed() : here.movable;
  const step = levelName(here) === 'Force' ? -1 : 1;
  const kept = new Set<string>();
  let last = -Infinity;
  for (const id of order) {
    const place = step * (places.get(id) ?? 0);
    if (!atLevel(id) || place < last) break;
    kept.add(id);
    last = place;
  }
  return kept;
}

/** Adds a call; a raise that follows a raise becomes one list with it. */
function joined(calls: readonly QueueCall[], call: QueueCall): readonly QueueCall[] {
  const last = calls.at(-1);
  if (call.kind !== 'priority' || last?.kind !== 'priority' || call.priority === 'Force') return [...calls, call];
  return [...calls.slice(0, -1), { ...last, ids: [...last.ids, ...call.ids] }];
}

interface Place {
  /** Ours that comes right before, already in its place. */
  readonly before: string | undefined;
  /** What comes after and is at the level: ours that stays, or the boundary. */
  readonly after: string | undefined;
}

/** The calls that bring one job between two others. */
function moveOne(here: Standing, queue: readonly Ranked[], id: string, { before, after }: Place): readonly QueueCall[] {
  const at = (other: string) => indexOf(queue, other);
  if (after !== undefined && at(id) > at(after)) return [{ kind: 'switch', id, target: after }];
  if (before !== undefined && at(id) < at(before)) return [{ kind: 'switch', id, target: before }];
  if (queue[at(id)]?.rank === here.level) return [];
  if (before === undefined || levelName(here) === 'High') return priority([id], levelName(here));
  // Nothing forced stands below: first before the last of ours, from there down behind it.
  const behind: QueueCall = { kind: 'switch', id, target: before };
  return [behind, behind];
}

/** One call for each job that cannot stay: it takes the place and the priority of a neighbour. */
function moveEach(here: Standing): readonly QueueCall[] {
  const kept = keepers(here);
  const end = boundary(here);
  const behind = end?.rank === here.level ? end.id : undefined;
  let calls: readonly QueueCall[] = [];
  let queue = here.queue;
  here.movable.forEach((id, i) => {
    if (kept.has(id)) return;
    const after = here.movable.slice(i + 1).find((other) => kept.has(other)) ?? behind;
    for (const call of moveOne(here, queue, id, { before: here.movable[i - 1], after })) {
      calls = joined(calls, call);
      queue = afterCall(queue, call);
    }
  });
  return calls;
}

/**
 * The fewest calls known that put our jobs together, in order, at the top of SABnzbd's queue: below Force and Repair
 * jobs and before other High jobs, or (`force`) as Force before everybody else's. Nobody else's job is touched, none is
 * resumed, Force and Repair are never lowered (with `force`, ours may be for the moment between two calls).
 */
export function queueMoves(order: WantedOrder): QueueMoves {
  const here = standing(order);
  const { leftAlone } = here;
  if (holds(here, here.queue)) return { calls: [], leftAlone };
  const each = moveEach(here);
  const ways = [raiseOthers(here), each, lowerAndRaise(here, keptEnd(here)), lowerAndRaise(here, new Set())];
  const calls = ways
    .toSorted((a, b) => a.length - b.length)
    .find((way) => holds(here, way.reduce(afterCall, here.queue)));
  // A queue that is not sorted by priority may take two rounds.
  return { calls: calls ?? each, leftAlone };
}
