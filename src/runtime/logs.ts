import type { RequestTrace } from '../clients/http/types.js';
import type { Log } from '../state/types.js';
import type { Node } from './node-types.js';

/** A step's log as the node's: Node-RED adds the node's type and name. */
export const nodeLog = (node: Node): Log => ({
  error: (message) => node.error(message),
  warn: (message) => node.warn(message),
  info: (message) => node.log(message),
  debug: (message) => node.debug(message),
});

/** A request in one line, without query and key. */
export const traceLine = ({ service, method, operation, path, status, ms, bytes }: RequestTrace): string =>
  `${service}: ${operation} (${method} ${path}) → ${status ?? 'no answer'} in ${Math.round(ms)} ms, ${bytes} bytes`;
