import type { CallScope, RequestTrace } from '../clients/http/types.js';
import type { RunInfo } from '../core/contracts/index.js';
import type { StepScope } from '../steps/scope.js';
import { Attention, attentionIn } from './attention.js';
import { type Ended, type Outcome, runGuarded } from './guard.js';
import { type Watch, watchStep } from './journal/watch.js';
import { warnOfLaterVersion } from './later-version.js';
import { nodeLog, traceLine } from './logs.js';
import { type NodeError, toNodeError } from './node-error.js';
import type { Done, JitMessage, Node, NodeAPI, NodeDef, Outputs, Send } from './node-types.js';
import { type Job, type Replaces, WorkQueue } from './queue.js';
import { countRequest, tally } from './run.js';
import { atMost, sleeper } from './sleep.js';
import { type Meaning, failed, idle, show, working } from './status.js';
import { type Teller, toldRuns } from './told-runs.js';

/** What the work on one message may use besides its servers. */
export interface Call extends StepScope {
  readonly node: Node;
  /** What a client needs to be stopped, and to be counted for this run. */
  requestsOf(run: RunInfo): CallScope & { readonly signal: AbortSignal };
  /** How many messages wait behind this one. */
  waiting(): number;
  /** Shows what is being done now. */
  progress(text: string): void;
  /** Sends something before the work is over. */
  emit(outputs: Outputs): void;
}

/** What came of a message, and the status that says so. */
export interface Result extends Outcome {
  readonly status: Meaning;
  readonly run: RunInfo;
}

/** A node once its form has been read. */
export interface Prepared {
  /** Throws what is missing or wrong in the settings; asked again for each message, as a server may be deployed later. */
  check(): void;
  /** What becomes of a message when `check` throws. @default the error goes to Catch, and nothing is sent */
  whenUnusable?(msg: JitMessage, error: NodeError): Outcome;
  /** The status while nothing more exact is known. */
  readonly doing: string;
  work(msg: JitMessage, call: Call): Promise<Result>;
}

export interface FlowNodeType<Def extends NodeDef> {
  readonly type: string;
  readonly replaces: Replaces;
  prepare(config: Def): Prepared;
}

/** Registers one of the nodes that stand in a flow: queue, guard, status, counting and closing are the same for all. */
export const registerFlowNode = <Def extends NodeDef>(RED: NodeAPI, type: FlowNodeType<Def>): void => {
  RED.nodes.registerType(type.type, function (this: Node, config: Def) {
    RED.nodes.createNode(this, config);
    warnOfLaterVersion(this, config);
    new FlowNode(this, type.prepare(config), type.replaces);
  });
};

/** A message, and what the journal is told of it from its arrival on. */
interface Watched extends Job {
  readonly watch: Watch;
}

/** Milliseconds that closing waits at most for the work that was told to stop; Node-RED itself gives up after 15 s. */
const CLOSE_WAIT = 3000;

class FlowNode implements Teller {
  readonly #node: Node;
  readonly #prepared: Prepared;
  readonly #queue: WorkQueue<Watched>;
  readonly #closing = new AbortController();
  readonly #attention = new Attention();
  #meaning: Meaning = idle;
  /** The server whose failure ended the last run, for the line that says that it is back. */
  #lost: string | null = null;

  constructor(node: Node, prepared: Prepared, replaces: Replaces) {
    this.#node = node;
    this.#prepared = prepared;
    this.#queue = new WorkQueue((job) => this.#run(job), replaces);
    node.on('input', (msg: JitMessage, send: Send, done: Done) => {
      const watch = watchStep(node, msg);
      this.#queue.push({ msg, send, done: this.#surely(done), watch, dropped: () => watch.dropped() });
      if (this.#queue.waiting > 0) this.#showWaiting();
    });
    node.on('close', (_removed: boolean, done: () => void) => void this.#close().finally(done));
    toldRuns().opened(this);
    this.#showRest();
  }

  get id(): string {
    return this.#node.id;
  }

  past(): void {
    if (this.#meaning.is !== 'working') this.#showRest();
  }

  /** The status while no run is told of. */
  #showRest(): void {
    const missing = this.#missing();
    const rest = missing === null ? idle : failed(missing);
    if (rest.is !== 'idle' || this.#meaning.is !== 'idle') this.#show(rest);
  }

  /** Node-RED copies a message for Catch and Complete, and throws for one that cannot be copied: the log is told then. */
  #surely(done: Done): Done {
    return (error) => {
      try {
        done(error);
      } catch (thrown) {
        this.#node.error(error ?? toNodeError(thrown));
      }
    };
  }

  #missing(): NodeError | null {
    try {
      this.#prepared.check();
      return null;
    } catch (error) {
      return toNodeError(error);
    }
  }

  async #run(job: Watched): Promise<void> {
    const { watch } = job;
    watch.begins();
    if (watch.cameWith === null) toldRuns().begins(this);
    else toldRuns().tells(this, watch.cameWith);
    this.#doing(watch, this.#prepared.doing);
    let status: Meaning = idle;
    let warnings: readonly string[] = [];
    const came = attentionIn(job.msg);
    const ended = await runGuarded(
      job,
      async (msg) => {
        const missing = this.#missing();
        if (missing !== null) {
          status = failed(missing);
          return this.#prepared.whenUnusable?.(msg, missing) ?? { outputs: [], fatal: missing };
        }
        const result = await this.#prepared.work(msg, this.#call(job));
        tally(result.run);
        this.#joins(watch, result.run);
        watch.sends(result.outputs);
        const { outputs, fatal } = result;
        const lost = fatal === undefined || fatal === null ? null : String(toNodeError(fatal));
        warnings = this.#attention.news(came, outputs, lost);
        status = result.status;
        return result;
      },
      this.#closing.signal,
    );
    if (ended.how !== 'closed') for (const text of warnings) this.#node.warn(text);
    this.#showEnd(ended, status);
    watch.end(ended, this.#meaning);
  }

  #joins(watch: Watch, run: RunInfo): void {
    watch.belongsTo(run);
    // The message came with an earlier run, and begins one.
    const beginsAnother = watch.cameWith !== null && watch.cameWith !== run.id;
    if (beginsAnother && !toldRuns().hasCome(run.id, this)) toldRuns().begins(this);
    toldRuns().tells(this, run.id);
  }

  #doing(watch: Watch, text: string): void {
    this.#show(working(text));
    watch.progress(text);
  }

  #showEnd(ended: Ended, status: Meaning): void {
    if (ended.how === 'closed') return;
    if (ended.how === 'failed') {
      this.#show(failed(ended.error));
      this.#lost = ended.error.server ?? this.#lost;
      return;
    }
    this.#show(status);
    if (this.#lost !== null) nodeLog(this.#node).info('server-back', `${this.#lost} is working again.`);
    this.#lost = null;
  }

  #call({ watch, send }: Watched): Call {
    const { signal } = this.#closing;
    const node = this.#node;
    return {
      node,
      signal,
      now: Date.now,
      log: nodeLog(node),
      sleep: sleeper(signal),
      requestsOf: (run) => {
        this.#joins(watch, run);
        return { signal, onRequest: (trace) => this.#traced(run, trace) };
      },
      waiting: () => this.#queue.waiting,
      progress: (text) => this.#doing(watch, text),
      emit: (outputs) => {
        watch.sends(outputs);
        if (!signal.aborted) send([...outputs]);
      },
    };
  }

  #traced(run: RunInfo, trace: RequestTrace): void {
    countRequest(run, trace);
    nodeLog(this.#node).debug('request', traceLine(trace));
  }

  #show(meaning: Meaning): void {
    if (this.#closing.signal.aborted) return;
    this.#meaning = meaning;
    this.#showWaiting();
  }

  #showWaiting(): void {
    if (!this.#closing.signal.aborted) show(this.#node, this.#meaning, this.#queue.waiting);
  }

  async #close(): Promise<void> {
    toldRuns().closed(this);
    this.#closing.abort(new Error('the node was closed'));
    await atMost(CLOSE_WAIT, this.#queue.close());
    show(this.#node, idle);
  }
}
