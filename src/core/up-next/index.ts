export { type LastView, lastView } from './kept.js';
export { hiddenLook, inOrder, lastRun, plansFor } from './last-run.js';
export { planView, whileSearching } from './plan-view.js';
export type * from './types.js';
