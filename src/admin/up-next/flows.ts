import {
  type FlowView,
  type LastView,
  type PlanView,
  type RunView,
  type UpNextView,
  hiddenLook,
  lastRun,
  inOrder,
  plansFor,
  whileSearching,
} from '../../core/up-next/index.js';
import { outlivesRestart } from '../../runtime/context-store.js';
import type { Journal } from '../../runtime/journal/journal.js';
import { type FlowRecord, isRunning } from '../../runtime/journal/records.js';
import type { NodeAPI } from '../../runtime/node-types.js';
import { type DeployedFlow, deployedFlows, deployedNodes } from './deployed.js';
import { asks, recalledViews, serverOf, sonarrsOf } from './kept.js';
import { runView } from './runs.js';
import { type Triggers, triggersOf } from './triggers.js';

/** Where people reach that Sonarr; the URL that the plan tells where its node is not there, or not set up. */
const linkAddress = (RED: NodeAPI, { id, url }: PlanView['sonarr']): string => {
  const server = serverOf(RED, id);
  return server?.isSetUp ? server.linkUrl : url;
};

/** What is known of a flow. */
interface Known {
  readonly triggers: Triggers;
  /** Of this process. */
  readonly record: FlowRecord | undefined;
  /** Of before. */
  readonly kept: readonly LastView[];
}

interface Ran {
  readonly run: FlowView['lastRun'];
}

/** As it is now: a run that was stopped brings no more results. */
const atWork = (plan: PlanView, runs: FlowRecord['runs']): PlanView => {
  const run = runs.get(plan.runId);
  const isOn = run !== undefined && isRunning(run);
  const searching = [...(run?.steps.values() ?? [])].some(
    ({ type, state }) => type === 'plex-jit-sonarr-search' && state === 'working',
  );
  const shown = isOn && searching ? whileSearching(plan) : plan;
  return { ...shown, partial: plan.partial && isOn };
};

const ownPlans = ({ plans, runs }: FlowRecord, run: FlowView['lastRun']): readonly PlanView[] =>
  plansFor(
    [...plans.values()].map(({ view }) => view),
    run,
  ).map((view) => atWork(view, runs));

const plansOf = (RED: NodeAPI, flow: DeployedFlow, { record, kept, run }: Known & Ran): FlowView['plans'] => {
  const own = record === undefined ? [] : ownPlans(record, run).map((plan) => ({ ...plan, recalled: false }));
  const known = new Set(own.map(({ sonarr }) => sonarr.id));
  const earlier = kept.map(({ plan }) => ({ ...plan, recalled: true })).filter(({ sonarr }) => !known.has(sonarr.id));
  return inOrder([...own, ...earlier])
    .filter(({ sonarr }) => asks(flow, sonarr.id))
    .map((plan) => ({ ...plan, sonarr: { ...plan.sonarr, url: linkAddress(RED, plan.sonarr) } }));
};

const runsOf = ({ record }: Known): readonly RunView[] => [...(record?.runs.values() ?? [])].map(runView);

const lastRunOf = (known: Known): FlowView['lastRun'] => {
  const run = lastRun(runsOf(known));
  if (run !== null) return { ...run, recalled: false };
  const [latest] = known.kept
    .flatMap(({ run: one }) => one ?? [])
    .sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  return latest === undefined ? null : { ...latest, recalled: true };
};

const forgets = (RED: NodeAPI, flow: DeployedFlow): boolean =>
  sonarrsOf(flow).some((id) => {
    const server = serverOf(RED, id);
    return server !== null && !outlivesRestart(RED, server.storeName);
  });

const flowView = (RED: NodeAPI, flow: DeployedFlow, known: Known): FlowView => {
  const run = lastRunOf(known);
  return {
    id: flow.id,
    home: flow.home,
    label: flow.label,
    run: { missing: known.triggers.inject === null ? 'no-inject' : null },
    planOnly: { missing: known.triggers.histories.length === 0 ? 'no-history' : null },
    lastRun: run,
    hiddenLook: hiddenLook(runsOf(known), run),
    plans: plansOf(RED, flow, { ...known, run }),
    forgets: forgets(RED, flow),
  };
};

/**
 * What the sidebar shows: the flows as deployed now, with what the journal knows of them, or what was kept before a restart.
 * @param now milliseconds
 */
export const upNextView = async (RED: NodeAPI, journal: Journal, now: number): Promise<UpNextView> => {
  const all = deployedNodes(RED);
  const kept = await recalledViews(RED, all);
  const records = new Map(journal.flows.map((flow) => [flow.id, flow]));
  return {
    revision: journal.revision,
    now,
    flows: deployedFlows(all).map((flow) =>
      flowView(RED, flow, {
        triggers: triggersOf(flow, all),
        record: records.get(flow.id),
        kept: kept.filter((view) => view.flow === flow.id && asks(flow, view.plan.sonarr.id)),
      }),
    ),
  };
};
