import {
  type FlowView,
  type LastView,
  type PlanView,
  type UpNextView,
  whileSearching,
} from '../../core/up-next/index.js';
import { outlivesRestart } from '../../runtime/context-store.js';
import type { Journal } from '../../runtime/journal/journal.js';
import type { FlowRecord, RunRecord } from '../../runtime/journal/records.js';
import type { NodeAPI } from '../../runtime/node-types.js';
import { type DeployedFlow, deployedFlows, deployedNodes } from './deployed.js';
import { asks, recalledViews, serverOf, sonarrsOf } from './kept.js';
import { isRunning, runView } from './runs.js';
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

/** As it is now: a run that was stopped brings no more results. */
const atWork = (plan: PlanView, run: RunRecord | undefined): PlanView => {
  const isOn = run?.id === plan.runId && isRunning(run);
  const searching = [...(run?.steps.values() ?? [])].some(
    ({ type, state }) => type === 'plex-jit-sonarr-search' && state === 'working',
  );
  const shown = isOn && searching ? whileSearching(plan) : plan;
  return { ...shown, partial: plan.partial && isOn };
};

const latestRun = (record: FlowRecord | undefined): RunRecord | undefined => [...(record?.runs.values() ?? [])].at(-1);

const plansOf = (RED: NodeAPI, flow: DeployedFlow, { record, kept }: Known): FlowView['plans'] => {
  const run = latestRun(record);
  const own = [...(record?.plans.values() ?? [])].map(({ view }) => ({ ...atWork(view, run), recalled: false }));
  const known = new Set(own.map(({ sonarr }) => sonarr.id));
  const earlier = kept.map(({ plan }) => ({ ...plan, recalled: true })).filter(({ sonarr }) => !known.has(sonarr.id));
  return [...own, ...earlier]
    .filter(({ sonarr }) => asks(flow, sonarr.id))
    .map((plan) => ({ ...plan, sonarr: { ...plan.sonarr, url: linkAddress(RED, plan.sonarr) } }));
};

const lastRunOf = ({ record, kept }: Known): FlowView['lastRun'] => {
  const run = latestRun(record);
  if (run !== undefined) return { ...runView(run), recalled: false };
  const [latest] = kept
    .flatMap(({ run: one }) => one ?? [])
    .sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  return latest === undefined ? null : { ...latest, recalled: true };
};

const forgets = (RED: NodeAPI, flow: DeployedFlow): boolean =>
  sonarrsOf(flow).some((id) => {
    const server = serverOf(RED, id);
    return server !== null && !outlivesRestart(RED, server.storeName);
  });

const flowView = (RED: NodeAPI, flow: DeployedFlow, known: Known): FlowView => ({
  id: flow.id,
  home: flow.home,
  label: flow.label,
  run: { missing: known.triggers.inject === null ? 'no-inject' : null },
  planOnly: { missing: known.triggers.histories.length === 0 ? 'no-history' : null },
  lastRun: lastRunOf(known),
  plans: plansOf(RED, flow, known),
  forgets: forgets(RED, flow),
});

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
