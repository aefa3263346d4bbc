/** The message contract: what the nodes send to each other, for nodes and flows of others. See docs/messages.md. */
export type * from './core/contracts/index.js';
export { ACTIONS, REASONS, RESULTS, THREAD_STATES } from './core/contracts/index.js';
