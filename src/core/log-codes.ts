/** What a line of the log is about: a code stands at its end in brackets, so that it can be searched for. Failures have their own (`RunError`). */
export const LOG_CODES = [
  'plan',
  'request',
  'series-read',
  'searched',
  'left-alone',
  'unsettled',
  'grabbed',
  'grab-refused',
  'grab-settled',
  'answer-lost',
  'no-download-id',
  'monitoring-restored',
  'unknown-version',
  'old-version',
  'later-version',
  'server-back',
  'other-server',
  'sonarr-rebuilt',
  'memory-damaged',
  'memory-failed',
  'no-context-store',
  'no-sabnzbd',
  'bad-link-address',
  'route-failed',
] as const;

export type LogCode = (typeof LOG_CODES)[number];

/** The sentence with its code, which goes to the end of the first line of several. */
export const coded = (code: string, message: string): string => message.replace(/$|(?=\n)/, ` [${code}]`);

/** A line of the log without its code. */
export const uncoded = (line: string): string => line.replace(/ \[[\w-]+\](?=\n|$)/, '');
