import type { Plan, RequestCounts } from '../../src/core/contracts/index.js';
import { uncoded } from '../../src/core/log-codes.js';
import { latestRequests } from '../../src/runtime/run.js';
import type { FlowNode, Embedded, LogLine } from './embedded.js';
import { StartError } from './errors.js';
import { InFlight } from './in-flight.js';
import { ERROR, textOf, WARN } from './log.js';

/** What a node reported to Catch, or to the log where no Catch node listens: a whole server, a wrong setting. */
export interface NodeFailure {
  readonly code: string;
  readonly node: string;
  readonly message: string;
  /** As in a plan's `errors`, when a server failed. */
  readonly server?: unknown;
  readonly service?: unknown;
  readonly operation?: unknown;
  readonly status?: unknown;
  readonly retryable?: unknown;
}

export interface FlowOutcome {
  /** The last whole plan that a node sent; null when none was made. */
  readonly plan: Plan | null;
  /** The same plan as it was first sent, before anything was done. */
  readonly planned: Plan | null;
  readonly failures: readonly NodeFailure[];
  readonly requests: Readonly<RequestCounts>;
  readonly ms: number;
}

interface SendEvent {
  readonly msg?: { readonly payload?: unknown; readonly plexJit?: unknown };
}
interface CaughtError {
  readonly message: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly source: { readonly type: string; readonly name?: string };
}
interface ReceiveEvent {
  readonly msg: { plexJit?: object; readonly error?: CaughtError };
  readonly destination: { readonly node?: FlowNode };
}

const isPlan = (payload: unknown): payload is Plan =>
  typeof payload === 'object' && payload !== null && 'items' in payload && 'threads' in payload;

/** The failures that a message carries along: they are told when the run has ended. */
const carriedBy = (msg: SendEvent['msg']): readonly string[] =>
  [msg?.payload, msg?.plexJit].flatMap((part) => {
    const { errors } = (part ?? {}) as { readonly errors?: unknown };
    return Array.isArray(errors) ? errors.map((error: { readonly message?: unknown }) => String(error.message)) : [];
  });

interface Reported {
  readonly message: string;
  readonly facts: unknown;
  readonly code: unknown;
  readonly type: string;
  readonly name: string | undefined;
}

const failureOf = ({ message, facts, code, type, name }: Reported): NodeFailure => {
  const node = name?.trim() ? `${type} "${name}"` : type;
  return {
    ...(typeof facts === 'object' ? facts : {}),
    code: typeof code === 'string' ? code : 'error',
    node,
    // Ours name what failed; another node's message (the uptime ping's) may say "connect ECONNREFUSED" alone.
    message: type.startsWith('plex-jit-') ? message : `${node}: ${message}`,
  };
};

/** Watches one flow: what it sends, what fails, when it is done. */
export class FlowWatch {
  readonly #embedded: Embedded;
  readonly #inFlight: InFlight;
  #running = false;
  #planned: Plan | null = null;
  #plan: Plan | null = null;
  #failures: NodeFailure[] = [];
  #carried = new Set<string>();

  /** @param overrides options of every run of this program, the timer's too (`msg.plexJit`) */
  constructor(embedded: Embedded, overrides: Readonly<Record<string, unknown>>) {
    this.#embedded = embedded;
    const { hooks } = embedded.runtime;
    this.#inFlight = new InFlight(hooks);
    hooks.add('onReceive.plex-jit-start-run', (event) => {
      const { msg, destination } = event as unknown as ReceiveEvent;
      if (destination.node?.type === 'plex-jit-tautulli-history') msg.plexJit = { ...msg.plexJit, ...overrides };
      if (destination.node?.type === 'catch' && msg.error) this.#caught(msg.error);
    });
    hooks.add('onSend.plex-jit-start', (events) => {
      for (const { msg } of events as unknown as readonly SendEvent[]) {
        for (const message of carriedBy(msg)) this.#carried.add(message);
        if (isPlan(msg?.payload) && !msg.payload.partial) this.#sent(msg.payload);
      }
    });
  }

  /** Takes an error that no Catch node listens for, and a warning of what is told at the end; false: the line is the log's. */
  heard({ level, msg, type, name }: LogLine): boolean {
    if (!this.#running || type === undefined) return false;
    if (level === WARN) return this.#carried.has(uncoded(textOf(msg)));
    if (level > ERROR) return false;
    const { code, cause: facts } = (msg instanceof Error ? msg : {}) as { code?: unknown; cause?: unknown };
    this.#failures.push(failureOf({ message: textOf(msg), facts, code, type, name }));
    return true;
  }

  #caught({ message, code, cause: facts, source: { type, name } }: CaughtError): void {
    if (this.#running) this.#failures.push(failureOf({ message, facts, code, type, name }));
  }

  #sent(plan: Plan): void {
    if (!this.#running) return;
    this.#planned ??= plan;
    this.#plan = plan;
  }

  /** The inject that the timer triggers. */
  #inject(): string {
    let found: string | undefined;
    this.#embedded.runtime.nodes.eachNode((node) => {
      if (node.type === 'inject' && Number(node.repeat) > 0) found ??= node.id;
    });
    if (!found) throw new StartError('The flow has no inject node with a timer: nothing to trigger.');
    return found;
  }

  /** Triggers the flow once and waits until every node has finished with it. */
  async once(): Promise<FlowOutcome> {
    this.#planned = this.#plan = null;
    this.#failures = [];
    this.#carried = new Set();
    this.#running = true;
    const begun = performance.now();
    this.#embedded.runtime.nodes.getNode(this.#inject())?.receive({});
    const ended = await this.#inFlight.finished();
    this.#running = false;
    return {
      plan: this.#plan,
      planned: this.#planned,
      failures: this.#failures,
      requests: latestRequests() ?? { tautulli: 0, sonarr: 0, sabnzbd: 0 },
      ms: Math.round(ended - begun),
    };
  }
}
