import { MINUTE } from '../../src/core/time.js';
import { MODULES } from '../nodes/modules.js';
import type { Exchange } from '../sandbox/http/types.js';
import { type Sandbox, startSandbox } from '../sandbox/index.js';
import { ContextStore, type Snapshot } from './context-store.js';
import { flowFor } from './flow.js';
import type { Household } from './household.js';
import { RunRecord, type Heard, type JobThen } from './record.js';
import { RedStandIn, type Watcher } from './red.js';
import { Stuck, VirtualTime } from './virtual-time.js';

/** The first moment of every world. */
const START = Date.UTC(2026, 10, 2, 19, 0, 0);
/** Where the product keeps what outlives a node; a new process has none of it. */
const REGISTRY = Symbol.for('@plex-jit/node-red-plex-jit/registry/1');
/** Snapshots of the context that are kept for a restart with an old one. */
const SNAPSHOTS = 4;

/** A household, its servers and a Node-RED with the flows, over simulated days. */
export class Life {
  readonly time: VirtualTime;
  readonly runs: RunRecord[] = [];
  red: RedStandIn;
  /** Told of each request as it ends, within a run or not. */
  onHeard: (heard: Heard) => void = () => undefined;
  /** Something is broken, or may be. */
  faulty = false;
  mayHang = false;
  /** What the context held after the last runs, the newest last. */
  readonly #snapshots: Snapshot[] = [];
  #current: RunRecord | null = null;
  #count = 0;
  #plan: Interruptions = {};

  private constructor(
    readonly sandbox: Sandbox,
    readonly household: Household,
  ) {
    this.time = new VirtualTime(sandbox.world.timeline);
    this.time.install();
    for (const [server, sonarr] of this.#servers())
      server.onExchange = (exchange: Exchange) => this.#heard({ ...exchange, sonarr, when: this.now });
    this.red = this.#start(this.#store());
  }

  static async begin(household: Household): Promise<Life> {
    const { world, sonarrs } = household;
    return new Life(await startSandbox(world, { speed: 0, start: START, sonarrs }), household);
  }

  get world(): Sandbox['world'] {
    return this.sandbox.world;
  }

  /** By the servers' clock. */
  get now(): number {
    return Math.round(this.world.now());
  }

  get flows(): readonly number[] {
    return this.sandbox.urls.sonarrs.map((_, flow) => flow);
  }

  async wait(minutes: number): Promise<void> {
    // Step by step, as SABnzbd's state shows only when it is looked at.
    for (let left = minutes; left > 0; left -= 10) {
      await this.world.advance(Math.min(left, 10) * MINUTE);
      this.time.fireDue();
    }
  }

  /** One run of all flows, to its end. */
  async run(over: Readonly<Record<string, unknown>> = {}, interruptions: Interruptions = {}): Promise<RunRecord> {
    const { twice, cut } = interruptions;
    const calm = !this.faulty && !this.red.store.broken && twice === undefined && cut === undefined;
    const record = new RunRecord(this.runs.length + 1, this.now, this.queue(), over, calm && this.time.ahead === 0);
    this.runs.push(record);
    this.#current = record;
    [this.#count, this.#plan] = [0, interruptions];
    this.#inject(over);
    await this.time
      .until(
        () => this.red.busy === 0,
        () => this.mayHang,
      )
      .catch((error: unknown) => {
        throw error instanceof Stuck ? new Stuck(`${error.message}: ${record.state}`) : error;
      });
    [this.#current, this.#plan] = [null, {}];
    record.ended = this.now;
    record.after = this.queue();
    this.#snapshots.push(this.red.store.snapshot());
    if (this.#snapshots.length > SNAPSHOTS) this.#snapshots.shift();
    return record;
  }

  /** Node-RED ends in order and comes back. */
  async restart(kept: Kept): Promise<void> {
    const closing = this.red.close();
    let closed = false;
    void closing.then(() => (closed = true));
    await this.time.until(
      () => closed,
      () => this.mayHang,
    );
    this.red = this.#start(this.#storeAfter(kept));
  }

  async end(): Promise<void> {
    this.red.kill();
    await new Promise((resolve) => setImmediate(resolve));
    this.time.uninstall();
    await this.sandbox.close();
  }

  queue(): readonly JobThen[] {
    return this.world
      .sabJobs()
      .map(({ id, name, priority, status }) => ({ id, name, priority, paused: status === 'Paused' }));
  }

  #servers() {
    const { tautulli, sonarrs, sabnzbd } = this.sandbox.servers;
    return [[tautulli, -1] as const, [sabnzbd, -1] as const, ...sonarrs.map((server, i) => [server, i] as const)];
  }

  #inject(over: Readonly<Record<string, unknown>>): void {
    for (const flow of this.flows) this.red.receive(`history-${flow}`, { plexJit: { ...over } });
  }

  #heard(heard: Heard): void {
    this.#current?.heard.push(heard);
    this.onHeard(heard);
    if (this.#current === null) return;
    this.#count += 1;
    const { twice, cut } = this.#plan;
    if (twice === this.#count) this.#inject(this.#current.over);
    if (cut?.after === this.#count) {
      this.#current.cut = true;
      this.red.kill();
      this.red = this.#start(this.#storeAfter(cut.kept));
    }
  }

  #start(store: ContextStore): RedStandIn {
    (globalThis as Record<symbol, unknown>)[REGISTRY] = new Map();
    const watcher: Watcher = {
      sent: (node, output, msg) => this.#current?.keep(node, output, msg),
      failed: (node, error) => this.#current?.failed(node, error),
      logged: (line) => this.#current?.logged(line),
      status: (node, status) => this.#current?.status(node, status),
    };
    return new RedStandIn(flowFor(this.sandbox, this.household.settings), MODULES, store, watcher);
  }

  #store(from?: Snapshot): ContextStore {
    return new ContextStore(this.time.notice, from);
  }

  #storeAfter(kept: Kept): ContextStore {
    if (kept === 'lost') return this.#store();
    if (kept === 'stale') return this.#store(this.#snapshots[0]);
    const now = this.red.store.snapshot();
    if (kept === 'kept') return this.#store(now);
    return this.#store(new Map([...now].map(([key, text], i) => [key, i % 3 === 0 ? damaged(text) : text])));
  }
}

/** Valid JSON that nobody wrote so. */
const damaged = (text: string): string =>
  text.replaceAll('"at":"', '"at":"not ').replace('"version":1', '"version":99');

/** What Node-RED's context holds after a restart: all, nothing, what it held some runs ago, or partly nonsense. */
export type Kept = 'kept' | 'lost' | 'stale' | 'damaged';

export interface Interruptions {
  /** A second message comes in after so many requests. */
  readonly twice?: number;
  /** Power is cut after so many requests; what the context holds then. */
  readonly cut?: { readonly after: number; readonly kept: Kept };
}
