import { coded } from '../../core/log-codes.js';
import { type LastView, lastRun, lastView } from '../../core/up-next/index.js';
import type { Journal } from '../../runtime/journal/journal.js';
import { type FlowRecord, isRunning } from '../../runtime/journal/records.js';
import type { Node, NodeAPI } from '../../runtime/node-types.js';
import { type SonarrServer, findSonarr } from '../../runtime/servers/sonarr.js';
import { atMost } from '../../runtime/sleep.js';
import { type Deployed, type DeployedFlow, deployedFlows, deployedNodes } from './deployed.js';
import { runView } from './runs.js';

/** Milliseconds after a change: a run says a lot in little time, and is not to wait for what is kept of it. */
const PAUSE = 2000;
/** Milliseconds that anything waits at most for a store: one that hangs is to hold up neither a deploy nor the sidebar. */
export const PATIENCE = 1000;

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

/** The server of that node; null when it is not there. */
export const serverOf = (RED: NodeAPI, id: string): SonarrServer | null => {
  try {
    return findSonarr(RED, id);
  } catch {
    return null;
  }
};

const serversIn = (RED: NodeAPI, all: ReadonlyMap<string, Deployed>): readonly SonarrServer[] =>
  [...all.values()]
    .filter(({ type }) => type === 'plex-jit-sonarr')
    .flatMap(({ id }) => serverOf(RED, id) ?? [])
    .filter(({ isSetUp }) => isSetUp);

/** What is kept of all flows; nothing of a store that cannot be read or does not answer, as nothing depends on it. */
export const recalledViews = async (RED: NodeAPI, all: ReadonlyMap<string, Deployed>): Promise<readonly LastView[]> => {
  const read = async ({ lastViews }: SonarrServer): Promise<readonly LastView[]> => {
    await atMost(PATIENCE, lastViews.load());
    return lastViews.all();
  };
  const found = await Promise.allSettled(serversIn(RED, all).map(read));
  return found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
};

/** What is to be kept of a flow; a dry run leaves nothing behind. */
function viewOf({ id, runs, plans }: FlowRecord, sonarr: string, kept?: LastView): LastView | undefined {
  const made = [...plans.values()].find(({ view }) => view.sonarr.id === sonarr && !view.dryRun);
  const plan = made?.view ?? kept?.plan;
  if (plan === undefined) return undefined;
  const real = [...runs.values()].filter(({ dryRun }) => !dryRun);
  return lastView(id, plan, lastRun(real.map(runView)) ?? kept?.run ?? null);
}

const isAtWork = ({ runs }: FlowRecord): boolean => [...runs.values()].some(isRunning);

/**
 * Keeps what the sidebar shows in the context of the Sonarrs' nodes: a while after each change and once a flow rests, or
 * at once when Node-RED stops its flows. It never fails, as nothing depends on it.
 */
export class Keeper {
  readonly #RED: NodeAPI;
  readonly #journal: Journal;
  /** Nodes whose closing waits for their store. */
  readonly #waiting = new WeakSet<Node>();
  #timer: NodeJS.Timeout | undefined;
  #keeping: Promise<void> = Promise.resolve();
  #isFailing = false;

  constructor(RED: NodeAPI, journal: Journal) {
    this.#RED = RED;
    this.#journal = journal;
    // Told before a deploy or a stop closes any node.
    RED.events.on('flows:stopping', () => {
      if (this.#timer !== undefined) this.#begin();
    });
  }

  changed(): void {
    this.#timer ??= setTimeout(() => this.#begin(), PAUSE).unref();
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#keeping = this.#keep();
  }

  async #keep(): Promise<void> {
    if (this.#journal.flows.some(isAtWork)) this.changed();
    try {
      await this.#keepAll();
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) this.#RED.log.warn(coded('memory-failed', `plex-jit: ${sentence(error)}`));
      this.#isFailing = true;
    }
  }

  async #keepAll(): Promise<void> {
    const all = deployedNodes(this.#RED);
    const flows = deployedFlows(all);
    const records = new Map(this.#journal.flows.map((record) => [record.id, record]));
    const servers = serversIn(this.#RED, all);
    for (const { node } of servers) this.#closesAfter(node);
    await Promise.all(servers.map((server) => keepAt(server, flows, records)));
  }

  /** Has that node's closing wait for what is being written. */
  #closesAfter(node: Node): void {
    if (this.#waiting.has(node)) return;
    this.#waiting.add(node);
    node.on('close', (_removed: boolean, done: () => void) => void atMost(PATIENCE, this.#keeping).finally(done));
  }
}

const sentence = (error: unknown): string =>
  `The view of the "Up next" sidebar could not be saved for after a restart: ${error instanceof Error ? error.message : String(error)}`;

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
