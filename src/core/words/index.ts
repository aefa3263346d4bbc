export { changesText } from './changes.js';
export { humanDuration, humanSize, whenText } from './measures.js';
export { planSummary } from './plan-summary.js';
export { planText, withText } from './plan-text.js';
export { planTable } from './plan-table.js';
