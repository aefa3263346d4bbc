import type { LogLine } from './embedded.js';
import { roomOn, type Terminal } from './progress.js';

const NAMES: Readonly<Record<number, string>> = {
  10: 'fatal',
  20: 'error',
  30: 'warn',
  40: 'info',
  50: 'debug',
};
export const ERROR = 20;
export const WARN = 30;

const OURS = 'plex-jit-';

/** What a log line, an error or a message of Catch says. */
export const textOf = (msg: unknown): string => {
  if (typeof msg === 'string') return msg;
  if (msg instanceof Error) return String(msg);
  const { message } = (typeof msg === 'object' && msg !== null ? msg : {}) as { message?: unknown };
  return typeof message === 'string' ? message : String(msg);
};

/** Node-RED's log as lines on a stream: all that this package's nodes say, by their short names, and the warnings of others. */
export const logTo =
  (stream: Terminal) =>
  ({ level, msg, type, name }: LogLine): void => {
    if (level > WARN && type?.startsWith(OURS) !== true) return;
    const from = type ? `${type.replace(OURS, '')}${name ? ` "${name}"` : ''}: ` : '';
    stream.write(`${roomOn(stream)}[${NAMES[level] ?? level}] ${from}${textOf(msg)}\n`);
  };
