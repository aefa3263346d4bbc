export { planView, whileSearching } from './plan-view.js';
export type * from './types.js';
