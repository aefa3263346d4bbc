export * from './migrations.js';
export * from './ranges.js';
export * from './rules.js';
export * from './urls.js';
export * from './variables.js';
