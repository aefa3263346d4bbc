export * from './counting.js';
export * from './filters.js';
export * from './rows.js';
export * from './viewings.js';
