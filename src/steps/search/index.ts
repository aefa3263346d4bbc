export { searchAndGrab, type SearchOutcome } from './run.js';
export type { SearchDeps, SearchMemory } from './work.js';
