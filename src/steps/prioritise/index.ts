export { prioritise, type PrioritiseDeps, type PrioritiseOutcome } from './run.js';
