export type * from './basics.js';
export type * from './lookup.js';
export * from './plan.js';
export type * from './play.js';
export * from './settings.js';
