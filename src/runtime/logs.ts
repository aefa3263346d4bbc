import type { RequestTrace } from '../clients/http/types.js';
import { coded } from '../core/log-codes.js';
import type { Log } from '../state/types.js';
import type { Node } from './node-types.js';

/** A step's log as the node's: Node-RED adds the node's type and name, we the code. */
export const nodeLog = (node: Node): Log => ({
  error: (code, message) => node.error(coded(code, message)),
  warn: (code, message) => node.warn(coded(code, message)),
  info: (code, message) => node.log(coded(code, message)),
  debug: (code, message) => node.debug(coded(code, message)),
});

/** A request in one line, without query and key. */
export const traceLine = ({ service, method, operation, path, status, ms, bytes }: RequestTrace): string =>
  `${service}: ${operation} (${method} ${path}) → ${status ?? 'no answer'} in ${Math.round(ms)} ms, ${bytes} bytes`;
