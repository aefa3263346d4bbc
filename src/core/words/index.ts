export { changesText } from './changes.js';
export { planSummary } from './plan-summary.js';
export { withText } from './plan-text.js';
export { planTable } from './plan-table.js';
