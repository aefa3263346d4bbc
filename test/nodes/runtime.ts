import { createRequire } from 'node:module';
import type { Context } from '../../src/runtime/context-store.js';
import type { Message } from './inbox.js';
import { MODULES } from './modules.js';

/** Only what these tests use; the package ships no types. */
interface Helper {
  init(runtime: string): void;
  load(nodes: readonly unknown[], flow: readonly object[], credentials: object): Promise<void>;
  unload(): Promise<void>;
  getNode(id: string): TestNode | null;
  log(): { readonly args: readonly (readonly { id?: string; level: number; msg: unknown }[])[] };
  settings(settings: object): object;
  setFlows(flow: readonly object[], type: string, credentials: object): Promise<void>;
}

export interface TestNode {
  receive(msg: object): void;
  on(event: string, listener: (msg: Message) => void): void;
  send(...args: unknown[]): void;
  context(): Context;
}

const load = createRequire(__filename);
/** Runs our nodes, and the core nodes that watch them, in this process. */
export const helper = load('node-red-node-test-helper') as Helper;
helper.init(load.resolve('node-red'));

export interface ShownStatus {
  readonly id: string;
  readonly status?: { text?: string };
}

/** What the editor shows below nodes, of which Status nodes see nothing while a flow starts or stops. */
export const { events, hooks } = load('@node-red/util') as {
  events: Record<'on' | 'off', (name: 'node-status', heard: (event: ShownStatus) => void) => void>;
  hooks: {
    add(name: string, heard: (event: { msg: Message; node: { id: string } }) => void): void;
    remove(name: string): void;
  };
};

export const NODES = [
  ...MODULES,
  ...['25-catch', '25-status', '24-complete'].map((name) => load(`@node-red/nodes/core/common/${name}.js`) as unknown),
];
