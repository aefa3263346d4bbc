export { isElsewhere } from './observed.js';
export { grabsToCheck, type GrabToCheck } from './traceless.js';
export { downloadsUnderWay, type UnderWay } from './under-way.js';
