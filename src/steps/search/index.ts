export { searchAndGrab, type SearchOutcome } from './run.js';
export type { SearchDeps } from './work.js';
