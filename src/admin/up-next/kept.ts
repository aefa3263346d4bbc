import { coded } from '../../core/log-codes.js';
import { type LastView, lastView } from '../../core/up-next/index.js';
import type { Journal } from '../../runtime/journal/journal.js';
import type { FlowRecord, RunRecord } from '../../runtime/journal/records.js';
import type { NodeAPI } from '../../runtime/node-types.js';
import { type SonarrServer, findSonarr } from '../../runtime/servers/sonarr.js';
import { type Deployed, type DeployedFlow, deployedFlows, deployedNodes } from './deployed.js';
import { isRunning, runView } from './runs.js';

/** Milliseconds after a change: a run says a lot in little time, and is not to wait for what is kept of it. */
const PAUSE = 2000;

const ASKING: ReadonlySet<string> = new Set(['plex-jit-sonarr-lookup', 'plex-jit-sonarr-search']);

/** The Sonarrs that a flow's nodes ask. */
export const sonarrsOf = ({ nodes }: DeployedFlow): readonly string[] =>
  nodes.flatMap(({ type, server = '' }) => (ASKING.has(type) ? [server] : []));

/** Whether a flow, as it is deployed now, can have plans of that Sonarr: what was removed is not shown any more. */
export const asks = (flow: DeployedFlow, sonarr: string): boolean => {
  const asked = sonarrsOf(flow);
  // Plans of a flow without such nodes come from another one; a variable may stand for any.
  return asked.length === 0 || asked.some((id) => id === sonarr || id.includes('${'));
};

const serversIn = (RED: NodeAPI, all: ReadonlyMap<string, Deployed>): readonly SonarrServer[] =>
  [...all.values()]
    .filter(({ type }) => type === 'plex-jit-sonarr')
    .flatMap(({ id }) => {
      try {
        const server = findSonarr(RED, id);
        return server.isSetUp ? [server] : [];
      } catch {
        return [];
      }
    });

/** What is kept of all flows; nothing of a store that cannot be read, as nothing depends on it. */
export const recalledViews = async (RED: NodeAPI, all: ReadonlyMap<string, Deployed>): Promise<readonly LastView[]> => {
  const read = async ({ lastViews }: SonarrServer): Promise<readonly LastView[]> => {
    await lastViews.load();
    return lastViews.all();
  };
  const found = await Promise.allSettled(serversIn(RED, all).map(read));
  return found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
};

const lastRealRun = ({ runs }: FlowRecord): RunRecord | undefined =>
  [...runs.values()].filter(({ dryRun }) => !dryRun).at(-1);

/** What is to be kept of a flow; a dry run leaves nothing behind. */
function viewOf(record: FlowRecord, sonarr: string, kept?: LastView): LastView | undefined {
  const latest = record.plans.get(sonarr)?.view;
  const plan = latest === undefined || latest.dryRun ? kept?.plan : latest;
  if (plan === undefined) return undefined;
  const run = lastRealRun(record);
  return lastView(record.id, plan, run === undefined ? (kept?.run ?? null) : runView(run));
}

const isAtWork = ({ runs }: FlowRecord): boolean => [...runs.values()].some(isRunning);

/** What keeps what the sidebar shows in the context of the Sonarrs' nodes: a while after each change, and once a flow rests. */
export const keeper = (RED: NodeAPI, journal: Journal): (() => void) => {
  let timer: NodeJS.Timeout | null = null;
  let isFailing = false;
  const changed = (): void => {
    timer ??= setTimeout(() => void keep(), PAUSE).unref();
  };
  const keep = async (): Promise<void> => {
    timer = null;
    if (journal.flows.some(isAtWork)) changed();
    try {
      await keepAll(RED, journal);
      isFailing = false;
    } catch (error) {
      if (!isFailing) RED.log.warn(coded('memory-failed', `plex-jit: ${sentence(error)}`));
      isFailing = true;
    }
  };
  return changed;
};

const sentence = (error: unknown): string =>
  `What the sidebar "Up next" shows is not kept for after a restart: ${error instanceof Error ? error.message : String(error)}`;

async function keepAll(RED: NodeAPI, journal: Journal): Promise<void> {
  const all = deployedNodes(RED);
  const flows = deployedFlows(all);
  const records = new Map(journal.flows.map((record) => [record.id, record]));
  await Promise.all(serversIn(RED, all).map((server) => keepAt(server, flows, records)));
}

/** Flows that are not there any more are dropped. */
async function keepAt(
  { ref, lastViews }: SonarrServer,
  flows: readonly DeployedFlow[],
  records: ReadonlyMap<string, FlowRecord>,
): Promise<void> {
  await lastViews.load();
  const entries = flows
    .filter((flow) => asks(flow, ref.id))
    .flatMap(({ id }) => {
      const [record, kept] = [records.get(id), lastViews.get(id)];
      return (record === undefined || isAtWork(record) ? kept : viewOf(record, ref.id, kept)) ?? [];
    });
  await lastViews.replace(entries);
}
