import type { Node, NodeAPI } from './node-types.js';

/** What an environment variable holds for that node (its flow's own ones included), for no node that of the process; "" when it is not set. */
export const environmentVariable = (RED: NodeAPI, node: Node | null, name: string): string =>
  String(RED.util.evaluateNodeProperty(name, 'env', node ?? ({} as Node), {}) ?? '');
