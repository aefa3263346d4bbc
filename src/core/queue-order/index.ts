export { byNeed, type Need } from './by-need.js';
export type { QueueCall } from './calls.js';
export { queueMoves, type QueueMoves } from './moves.js';
export { isInOrder, placesOf, type LeftAlone, type WantedOrder } from './standing.js';
