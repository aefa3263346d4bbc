import { el } from './dom.js';
import { clock, far, full, milliseconds, minutes, near, relative, seconds } from './formats.js';
import { say } from './words.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds that the server's clock is ahead of the browser's. */
let ahead = 0;

export const setServerTime = (now: number): void => {
  ahead = now - Date.now();
};

const now = (): number => Date.now() + ahead;

/** `in 12 minutes`, `2 hours ago`, beyond a day `Tue, 24 Nov, 20:15`, in the editor's language. */
export function whenText(ms: number): string {
  const off = ms - now();
  const away = Math.abs(off);
  if (away < MINUTE / 2) return off > 0 ? relative().format(0, 'second') : say('justNow');
  if (away < HOUR) return relative().format(Math.round(off / MINUTE), 'minute');
  if (away < DAY) return relative().format(Math.round(off / HOUR), 'hour');
  return (away < 180 * DAY ? near() : far()).format(ms);
}

/** `18:04`, of another day `Tue, 24 Nov, 18:04`, in the editor's language. */
export function clockText(instant: string): string {
  const at = new Date(instant);
  const isToday = at.toDateString() === new Date(now()).toDateString();
  return (isToday ? clock() : near()).format(at);
}

export const isPast = (instant: string): boolean => Date.parse(instant) <= now();

/** A moment that stays true: `keepTrue` writes it anew. @param write the words around it */
export function moment(instant: string, write: (when: string) => string = (when) => when): HTMLElement {
  const ms = Date.parse(instant);
  const made = el('time', { datetime: instant, class: 'plex-jit-time', title: full().format(ms) }, write(whenText(ms)));
  writers.set(made, () => {
    made.textContent = write(whenText(ms));
  });
  return made;
}

const writers = new WeakMap<Element, () => void>();

/** Writes all moments below an element as they are now. */
export const keepTrue = (root: Element): void => {
  for (const time of root.querySelectorAll('time')) writers.get(time)?.();
};

/** `340 ms`, `3.2 s`, `2 min`. */
export function lasting(ms: number): string {
  if (ms < SECOND) return milliseconds().format(ms);
  return ms < MINUTE ? seconds().format(ms / SECOND) : minutes().format(ms / MINUTE);
}
