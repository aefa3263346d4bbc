import type { Node, NodeAPI } from './node-types.js';

const REFERENCE = /^\$(?:\{(\S+)\}|\((\S+)\))$/;

/**
 * The environment variable that a setting wholly consists of (`${NAME}`); null when it is anything else. Node-RED has put
 * in what the variable holds before a node reads its settings: there a name is one that is not set.
 */
export const namedVariable = (value: unknown): string | null => {
  const found = typeof value === 'string' ? REFERENCE.exec(value.trim()) : null;
  return found?.[1] ?? found?.[2] ?? null;
};

/** What an environment variable holds for that node (its flow's own ones included), for no node that of the process; "" when it is not set. */
export const environmentVariable = (RED: NodeAPI, node: Node | null, name: string): string =>
  String(RED.util.evaluateNodeProperty(name, 'env', node ?? ({} as Node), {}) ?? '');
