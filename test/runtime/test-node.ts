import { EventEmitter } from 'node:events';
import { type Call, registerFlowNode, type Result } from '../../src/runtime/flow-node.js';
import type { JitMessage, NodeAPI } from '../../src/runtime/node-types.js';
import { everyMessage } from '../../src/runtime/queue.js';
import { ok } from '../../src/runtime/status.js';
import { run } from './builders.js';

export type Work = (msg: JitMessage, call: Call) => Promise<Result>;

interface TestNodeOptions {
  readonly id?: string;
  /** Throws what is missing in its settings. */
  readonly check?: () => void;
}

/** A node of its own type that does this work, and what Node-RED hears of it. */
export const nodeOf = (work: Work, { id = 'n', check = () => undefined }: TestNodeOptions = {}) => {
  const node = new EventEmitter();
  const heard = {
    sent: [] as unknown[],
    done: [] as unknown[],
    texts: [] as (string | undefined)[],
    warned: [] as string[],
    logged: [] as string[],
  };
  const quiet = () => undefined;
  Object.assign(node, {
    status: ({ text }: { text?: string }) => heard.texts.push(text),
    ...{ error: quiet, debug: quiet },
    log: (text: string) => heard.logged.push(text),
    warn: (text: string) => heard.warned.push(text),
  });
  const RED = {
    nodes: {
      createNode: quiet,
      registerType: (_type: string, make: (config: object) => void) => {
        make.call(node, {});
      },
    },
  } as unknown as NodeAPI;
  Object.assign(node, { id, z: 'flow-node', type: 'test' });
  registerFlowNode(RED, {
    type: 'test',
    replaces: everyMessage,
    prepare: () => ({ doing: 'working', check, work }),
  });
  const send = (outputs: unknown) => heard.sent.push(outputs);
  const input = (msg: object) => node.emit('input', msg, send, (error?: unknown) => heard.done.push(error));
  /** @param removed it was deleted, and not only made anew */
  const close = (removed = false) => new Promise<void>((resolve) => node.emit('close', removed, resolve));
  return { heard, input, close };
};

export const result = (): Result => ({ outputs: [], run: run(), status: ok('done') });

/** Resolves when somebody says so. */
export const signal = () => {
  let say: () => void = () => undefined;
  const said = new Promise<void>((resolve) => {
    say = resolve;
  });
  return { say, said };
};
