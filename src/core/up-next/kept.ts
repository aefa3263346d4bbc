import type { Instant } from '../contracts/index.js';
import { cut } from '../labels.js';
import type { EpisodeView, PlanView, RunView, StepState } from './types.js';

/** What the sidebar showed last of a flow and one Sonarr: kept, so that it is there after a restart of Node-RED. */
export interface LastView {
  /** The tab, or the instance of a subflow. */
  readonly flow: string;
  /** When the plan was made. */
  readonly at: Instant;
  readonly plan: PlanView;
  /** The flow's latest run that was no dry run; null when it is not known any more. */
  readonly run: RunView | null;
}

/** Some 100 kB of text at most: more is for the next run to tell. */
const MOST = {
  threads: 100,
  episodes: 200,
  others: 50,
  runs: 20,
  steps: 30,
  errors: 10,
  names: 20,
  details: 3,
  letters: 300,
};

const short = (text: string): string => cut(text, MOST.letters);

const shorter = (episode: EpisodeView): EpisodeView => ({
  ...episode,
  text: short(episode.text),
  details: episode.details.slice(0, MOST.details).map(short),
  viewers: episode.viewers.slice(0, MOST.names),
});

/** The viewers with the first threads of all. */
function firstThreads(viewers: PlanView['viewers']): PlanView['viewers'] {
  let left = MOST.threads;
  return viewers.flatMap((viewer) => {
    const threads = viewer.threads.slice(0, left);
    left -= threads.length;
    return threads.length === 0 ? [] : [{ ...viewer, threads }];
  });
}

const threadsIn = (viewers: PlanView['viewers']): number =>
  viewers.reduce((sum, { threads }) => sum + threads.length, 0);

/** A plan as it is kept: bounded, and what is left out is counted. */
function keptPlan(plan: PlanView): PlanView {
  const viewers = firstThreads(plan.viewers);
  const wants = plan.openWants.slice(0, MOST.others);
  const shown = new Set([...viewers.flatMap(({ threads }) => threads.flatMap(({ next }) => next)), ...wants]);
  const episodes = plan.episodes.filter(({ id }) => shown.has(id)).slice(0, MOST.episodes);
  const there = new Set(episodes.map(({ id }) => id));
  const openWants = wants.filter((id) => there.has(id));
  return {
    ...plan,
    // What would still have come, never comes.
    partial: false,
    episodes: episodes.map(shorter),
    viewers: viewers.map((viewer) => ({
      ...viewer,
      threads: viewer.threads.map((thread) => ({ ...thread, next: thread.next.filter((id) => there.has(id)) })),
    })),
    openWants,
    leftOut:
      plan.leftOut +
      (threadsIn(plan.viewers) - threadsIn(viewers)) +
      (shown.size - there.size) +
      (plan.openWants.length - wants.length),
    unmatched: plan.unmatched
      .slice(0, MOST.others)
      .map((show) => ({ ...show, text: short(show.text), viewers: show.viewers.slice(0, MOST.names) })),
    notes: plan.notes.slice(0, MOST.others).map(short),
  };
}

const UNFINISHED: ReadonlySet<StepState> = new Set(['waiting', 'working']);

/** A run as it is kept. After a restart nothing of it is at work. */
const keptRun = (run: RunView): RunView => ({
  ...run,
  running: false,
  ids: run.ids.slice(0, MOST.runs),
  steps: run.steps
    .slice(0, MOST.steps)
    .map((step) => ({ ...step, text: short(step.text), state: UNFINISHED.has(step.state) ? 'stopped' : step.state })),
  errors: run.errors.slice(0, MOST.errors).map((error) => ({ ...error, message: short(error.message) })),
});

/** What is kept of what a flow shows: bounded, whatever a household or a server says. */
export const lastView = (flow: string, plan: PlanView, run: RunView | null): LastView => ({
  flow,
  at: plan.at,
  plan: keptPlan(plan),
  run: run === null ? null : keptRun(run),
});
