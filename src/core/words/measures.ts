import type { Instant } from '../contracts/index.js';
import { counted } from '../labels.js';
import { DAY, HOUR, MINUTE, SECOND, toMs } from '../time.js';

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `1.4 GB`: decimal units, three digits at most before the unit changes. */
export function humanSize(bytes: number): string {
  let size = Math.max(0, bytes);
  let unit = 0;
  while (Math.round(size) >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 || size >= 9.95 ? Math.round(size) : size.toFixed(1)} ${UNITS[unit]}`;
}

const both = (large: string, small: number, unit: string): string =>
  small === 0 ? large : `${large} ${small} ${unit}`;

/** `40 s`, `12 min`, `2 h 5 min`, `3 days`; of negative ones the length. */
export function humanDuration(ms: number): string {
  const length = Math.abs(ms);
  if (length < MINUTE - SECOND / 2) return `${Math.round(length / SECOND)} s`;
  const minutes = Math.round(length / MINUTE);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return both(`${Math.floor(minutes / 60)} h`, minutes % 60, 'min');
  const hours = Math.round(length / HOUR);
  return hours < 3 * 24
    ? both(counted(Math.floor(hours / 24), 'day'), hours % 24, 'h')
    : counted(Math.round(length / DAY), 'day');
}

/** `, 12 min left`, to end a sentence with; empty when nobody knows. @param seconds as Sonarr says */
export const timeLeftText = (seconds: number | null | undefined): string =>
  typeof seconds === 'number' ? `, ${humanDuration(seconds * SECOND)} left` : '';

/** `now`, `in 12 min`, `2 h ago`; beyond a week the day, in UTC: `on 2026-11-22`. */
export function whenText(instant: Instant, now: number): string {
  const ms = toMs(instant) - now;
  if (Math.abs(ms) < MINUTE / 2) return 'now';
  if (Math.abs(ms) > 7 * DAY) return `on ${new Date(toMs(instant)).toISOString().slice(0, 10)}`;
  return ms > 0 ? `in ${humanDuration(ms)}` : `${humanDuration(ms)} ago`;
}
