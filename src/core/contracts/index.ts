export type * from './basics.js';
export * from './lookup.js';
export type * from './observed.js';
export * from './plan.js';
export type * from './play.js';
export * from './settings.js';
