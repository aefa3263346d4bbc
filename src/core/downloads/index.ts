export { isElsewhere, type Observed } from './observed.js';
export { isAnyUnknown, ownNames, type NamedClient } from './own-names.js';
export { grabsToCheck, type GrabToCheck } from './traceless.js';
export { downloadsUnderWay, type UnderWay } from './under-way.js';
