import type { Plan } from '../../src/core/contracts/index.js';
import type { FlowNode, Embedded } from './embedded.js';
import { InFlight } from './in-flight.js';

/** A node that reported an error which is no item of a plan: a whole server, a wrong setting. */
export interface NodeFailure {
  readonly code: string;
  readonly node: string;
  readonly message: string;
}

export interface FlowOutcome {
  /** The last whole plan that a node sent; null when none was made. */
  readonly plan: Plan | null;
  readonly failures: readonly NodeFailure[];
  readonly ms: number;
}

interface SendEvent {
  readonly msg?: { readonly payload?: unknown };
  readonly source: { readonly node?: FlowNode };
}
interface ReceiveEvent {
  readonly msg: { plexJit?: object };
  readonly destination: { readonly node?: FlowNode };
}
interface CompleteEvent {
  readonly error?: unknown;
  readonly node: { readonly node: FlowNode };
}

const isPlan = (payload: unknown): payload is Plan =>
  typeof payload === 'object' && payload !== null && 'items' in payload && 'threads' in payload;

const failureOf = (error: unknown, node: FlowNode): NodeFailure => {
  const { code, message } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown;
    message?: unknown;
  };
  return {
    code: typeof code === 'string' ? code : 'error',
    node: node.name?.trim() ? `${node.type} "${node.name}"` : node.type,
    message: typeof message === 'string' ? message : String(error),
  };
};

/** Watches one flow: what it sends, what fails, when it is done. */
export class FlowWatch {
  readonly #embedded: Embedded;
  readonly #inFlight: InFlight;
  #plan: Plan | null = null;
  #failures: NodeFailure[] = [];

  /** @param overrides options of every run of this program, the timer's too (`msg.plexJit`) */
  constructor(embedded: Embedded, overrides: () => Readonly<Record<string, unknown>>) {
    this.#embedded = embedded;
    const { hooks } = embedded.runtime;
    this.#inFlight = new InFlight(hooks);
    hooks.add('onReceive.plex-jit-start-options', (event) => {
      const { msg, destination } = event as unknown as ReceiveEvent;
      if (destination.node?.type === 'plex-jit-tautulli-history') msg.plexJit = { ...msg.plexJit, ...overrides() };
    });
    hooks.add('onSend.plex-jit-start', (events) => {
      for (const { msg } of events as unknown as readonly SendEvent[])
        if (isPlan(msg?.payload) && !msg.payload.partial) this.#plan = msg.payload;
    });
    hooks.add('onComplete.plex-jit-start-failures', (event) => {
      const { error, node } = event as unknown as CompleteEvent;
      if (error) this.#failures.push(failureOf(error, node.node));
    });
  }

  /** The inject that the timer triggers. */
  #inject(): string {
    let found: string | undefined;
    this.#embedded.runtime.nodes.eachNode((node) => {
      if (node.type === 'inject' && Number(node.repeat) > 0) found ??= node.id;
    });
    if (!found) throw new Error('The flow has no inject node with a timer: nothing to trigger.');
    return found;
  }

  /** Triggers the flow once and waits until every node has finished with it. */
  async once(): Promise<FlowOutcome> {
    this.#plan = null;
    this.#failures = [];
    const begun = performance.now();
    this.#embedded.runtime.nodes.getNode(this.#inject())?.receive({});
    const quiet = 100;
    await this.#inFlight.finished(quiet);
    return { plan: this.#plan, failures: this.#failures, ms: Math.round(performance.now() - begun - quiet) };
  }
}
