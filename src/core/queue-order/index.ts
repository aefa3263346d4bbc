export { byNeed, type Need } from './by-need.js';
export type { QueueCall } from './calls.js';
export { queueMoves } from './moves.js';
export { placesOf } from './standing.js';
