import {
  type FlowView,
  type PlanView,
  type RunView,
  type UpNextView,
  whileSearching,
} from '../../core/up-next/index.js';
import { toInstant } from '../../core/time.js';
import type { Journal } from '../../runtime/journal/journal.js';
import type { FlowRecord, RunRecord } from '../../runtime/journal/records.js';
import type { NodeAPI } from '../../runtime/node-types.js';
import { findSonarr } from '../../runtime/servers/sonarr.js';
import { type DeployedFlow, deployedFlows, deployedNodes, shortType } from './deployed.js';
import { type Triggers, triggersOf } from './triggers.js';

export const isRunning = ({ steps }: RunRecord): boolean =>
  [...steps.values()].some(({ state }) => state === 'working');

export const runView = (run: RunRecord): RunView => ({
  id: run.id,
  startedAt: toInstant(run.startedAt),
  ms: run.heardAt - run.startedAt,
  running: isRunning(run),
  dryRun: run.dryRun,
  requests: { ...run.requests },
  steps: [...run.steps.values()].map(({ node, type, name, state, text, ms }) => ({
    node,
    type: shortType(type),
    name,
    state,
    text,
    ms,
  })),
  errors: [...run.errors.values()],
});

/** Where people reach that Sonarr; the URL that the plan tells where its node is not there (any more). */
const linkAddress = (RED: NodeAPI, { id, url }: PlanView['sonarr']): string => {
  try {
    return findSonarr(RED, id).linkUrl;
  } catch {
    return url;
  }
};

const plansOf = ({ plans }: FlowRecord, run: RunRecord | undefined): FlowView['plans'] => {
  const searching =
    run !== undefined &&
    [...run.steps.values()].some(({ type, state }) => type === 'plex-jit-sonarr-search' && state === 'working');
  return [...plans.values()].map(({ view }) => (searching && view.runId === run.id ? whileSearching(view) : view));
};

interface Known {
  readonly triggers: Triggers;
  readonly record: FlowRecord | undefined;
}

const flowView = (RED: NodeAPI, flow: DeployedFlow, { triggers, record }: Known): FlowView => {
  const lastRun = record && [...record.runs.values()].at(-1);
  const plans = record === undefined ? [] : plansOf(record, lastRun);
  return {
    id: flow.id,
    home: flow.home,
    label: flow.label,
    run: { missing: triggers.inject === null ? 'no-inject' : null },
    planOnly: { missing: triggers.histories.length === 0 ? 'no-history' : null },
    lastRun: lastRun === undefined ? null : runView(lastRun),
    plans: plans.map((plan) => ({ ...plan, sonarr: { ...plan.sonarr, url: linkAddress(RED, plan.sonarr) } })),
  };
};

/** What the sidebar shows: the flows as deployed now, with what the journal knows of them. @param now milliseconds */
export const upNextView = (RED: NodeAPI, journal: Journal, now: number): UpNextView => {
  const all = deployedNodes(RED);
  const records = new Map(journal.flows.map((flow) => [flow.id, flow]));
  return {
    revision: journal.revision,
    now,
    flows: deployedFlows(all).map((flow) =>
      flowView(RED, flow, { triggers: triggersOf(flow, all), record: records.get(flow.id) }),
    ),
  };
};
