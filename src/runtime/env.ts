import type { Node, NodeAPI } from './node-types.js';

/** Node-RED puts in what an environment variable holds when a setting is wholly `${NAME}`, and leaves it so when there is none. */
const REFERENCE = /^\$(?:\{(\S+)\}|\((\S+)\))$/;

/** The name of the environment variable that a setting still waits for; null when it waits for none. */
export const unsetVariable = (value: unknown): string | null => {
  const found = typeof value === 'string' ? REFERENCE.exec(value.trim()) : null;
  return found?.[1] ?? found?.[2] ?? null;
};

/** What an environment variable holds for that node (its flow's own ones included), for no node that of the process; "" when it is not set. */
export const environmentVariable = (RED: NodeAPI, node: Node | null, name: string): string =>
  String(RED.util.evaluateNodeProperty(name, 'env', node ?? ({} as Node), {}) ?? '');
