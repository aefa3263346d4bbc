import { isVariable } from '../../core/forms/index.js';
import { warning } from '../fields/warning.js';
import type { FormNode } from '../red.js';
import { text } from '../texts.js';
import type { Workspace } from './upstream.js';
import { workspace } from './workspace.js';

/** Whether a server that is in the workspace is chosen, or, inside a subflow, a variable that stands for one. */
export const hasServer = (server: unknown, { nodeOf }: Pick<Workspace, 'nodeOf'>): boolean =>
  typeof server === 'string' && (isVariable(server) || nodeOf(server) !== null);

/**
 * A line below the server while none is chosen. Node-RED says only that one could be added, also of a deleted one:
 * it forgets which that was.
 */
export const showServer = (node: FormNode): void => {
  const select = $('#node-input-server');
  if (select.length === 0) return;
  const none = text('server.none', { product: node._('label.server') });
  warning(select, () => (hasServer(select.val(), workspace) ? '' : none));
};
