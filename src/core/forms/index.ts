export * from './migrations.js';
export * from './ranges.js';
