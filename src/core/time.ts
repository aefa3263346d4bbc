import type { Instant } from './contracts/index.js';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Milliseconds since 1970. */
export const toMs = (instant: Instant): number => Date.parse(instant);

export const toInstant = (ms: number): Instant => new Date(ms).toISOString();
