import { EventEmitter } from 'node:events';
import type { NodeAPI } from '../../src/runtime/node-types.js';
import type { ContextStore } from './context-store.js';

export interface Message {
  payload?: unknown;
  plexJit?: unknown;
  error?: Error & { readonly code?: string; readonly cause?: unknown };
  [property: string]: unknown;
}

/** A node of a flow file, as far as it matters here. */
export interface FlowNodeDef {
  readonly id: string;
  readonly type: string;
  /** Ids per output. */
  readonly wires?: readonly (readonly string[])[];
  readonly credentials?: object;
  readonly [setting: string]: unknown;
}

type Made = (this: NodeStandIn, config: FlowNodeDef) => void;

export interface LogLine {
  readonly node: string;
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly text: string;
}

/** What a flow shows while it runs. */
export interface Watcher {
  sent(node: FlowNodeDef, output: number, msg: Message): void;
  failed(node: FlowNodeDef, error: Error, msg: Message): void;
  logged(line: LogLine): void;
  status(node: FlowNodeDef, status: { readonly fill?: string; readonly text?: string }): void;
}

/** The part of Node-RED that a flow needs: nodes, wires with their copies and later turns, contexts, log and status. */
export class RedStandIn {
  readonly #nodes = new Map<string, NodeStandIn>();
  readonly #flow: readonly FlowNodeDef[];
  /** Messages on a wire or at work in a node. */
  busy = 0;
  /** Of a process that was killed nothing is heard any more. */
  dead = false;

  constructor(
    flow: readonly FlowNodeDef[],
    modules: readonly ((RED: NodeAPI) => void)[],
    readonly store: ContextStore,
    readonly watcher: Watcher,
  ) {
    this.#flow = flow;
    const types = new Map<string, Made>();
    const RED = {
      version: '4.1.15',
      settings: { contextStorage: { default: { module: 'localfilesystem' } } },
      nodes: {
        registerType: (type: string, make: Made) => void types.set(type, make),
        createNode: () => undefined,
        getNode: (id: string) => this.#nodes.get(id) ?? null,
      },
      util: { cloneMessage: <T>(msg: T): T => structuredClone(msg), evaluateNodeProperty: () => '' },
    };
    for (const register of modules) register(RED as unknown as NodeAPI);
    for (const def of flow) {
      const node = new NodeStandIn(def, this);
      this.#nodes.set(def.id, node);
      types.get(def.type)?.call(node, def);
    }
  }

  /** A message comes in at a node, in a later turn. */
  receive(id: string, msg: Message): void {
    const node = this.#nodes.get(id);
    if (node === undefined) return;
    this.busy += 1;
    setImmediate(() => {
      if (this.dead) return;
      node.emit(
        'input',
        msg,
        (out: Outputs) => node.send(out),
        (error?: Error) => {
          this.busy -= 1;
          if (error !== undefined && !this.dead) this.watcher.failed(node.def, error, msg);
        },
      );
    });
  }

  deliver(from: FlowNodeDef, out: Outputs): void {
    if (this.dead) return;
    let first = true;
    for (const [output, one] of (Array.isArray(out) ? out : [out]).entries()) {
      for (const msg of Array.isArray(one) ? one : [one]) {
        if (msg === null || msg === undefined) continue;
        this.watcher.sent(from, output, msg);
        for (const to of from.wires?.[output] ?? []) {
          this.receive(to, first ? msg : structuredClone(msg));
          first = false;
        }
      }
    }
  }

  /** As at a deploy or the end of Node-RED. */
  async close(): Promise<void> {
    const closing = this.#flow.map(
      ({ id }) => new Promise<void>((resolve) => void this.#nodes.get(id)?.emit('close', false, resolve)),
    );
    await Promise.all(closing);
    this.dead = true;
  }

  /** As by a power cut: requests end, and nothing is written or told any more. */
  kill(): void {
    this.dead = true;
    this.store.detach();
    for (const node of this.#nodes.values()) node.emit('close', false, () => undefined);
  }
}

type Outputs = Message | (Message | Message[] | null)[] | null;

class NodeStandIn extends EventEmitter {
  readonly id: string;
  readonly type: string;
  readonly z = 'tab';
  readonly name: unknown;
  readonly credentials: object;

  constructor(
    readonly def: FlowNodeDef,
    private readonly red: RedStandIn,
  ) {
    super();
    this.id = def.id;
    this.type = def.type;
    this.name = def.name;
    this.credentials = def.credentials ?? {};
  }

  send(out: Outputs): void {
    this.red.deliver(this.def, out);
  }

  context() {
    const { store } = this.red;
    return {
      get: (key: string, _store: unknown, callback: (error: unknown, value?: unknown) => void) =>
        store.get(this.id, key, callback),
      set: (key: string, value: unknown, _store: unknown, callback: (error?: unknown) => void) =>
        store.set(this.id, key, value, callback),
    };
  }

  status(status: object): void {
    if (!this.red.dead) this.red.watcher.status(this.def, status);
  }

  error(text: unknown): void {
    this.#log('error', text);
  }
  warn(text: unknown): void {
    this.#log('warn', text);
  }
  log(text: unknown): void {
    this.#log('info', text);
  }
  debug(text: unknown): void {
    this.#log('debug', text);
  }

  #log(level: LogLine['level'], text: unknown): void {
    if (!this.red.dead) this.red.watcher.logged({ node: this.type, level, text: String(text) });
  }
}
