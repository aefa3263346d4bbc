import type { LogLine } from './embedded.js';

const NAMES: Readonly<Record<number, string>> = {
  10: 'fatal',
  20: 'error',
  30: 'warn',
  40: 'info',
  50: 'debug',
  60: 'trace',
};

const textOf = (msg: unknown): string => {
  if (typeof msg === 'string') return msg;
  const { message } = (typeof msg === 'object' && msg !== null ? msg : {}) as { message?: unknown };
  return typeof message === 'string' ? message : String(msg);
};

/** Node-RED's log as lines on a stream; the nodes of this package by their short names. */
export const logTo =
  (stream: NodeJS.WritableStream) =>
  ({ level, msg, type, name }: LogLine): void => {
    const from = type ? `${type.replace('plex-jit-', '')}${name ? ` "${name}"` : ''}: ` : '';
    stream.write(`[${NAMES[level] ?? level}] ${from}${textOf(msg)}\n`);
  };
