import { warning } from '../fields/warning.js';
import type { FormNode } from '../red.js';
import { text } from '../texts.js';
import { workspace } from './workspace.js';

const isThere = (server: unknown): boolean => typeof server === 'string' && workspace.nodeOf(server) !== null;

/**
 * A line below the server while none is chosen. Node-RED says only that one could be added, also of a deleted one:
 * it forgets which that was.
 */
export const showServer = (node: FormNode): void => {
  const select = $('#node-input-server');
  if (select.length === 0) return;
  const none = text('server.none', { product: node._('label.server') });
  warning(select, () => (isThere(select.val()) ? '' : none));
};
