/** What of an inject node says how often it fires. */
export interface Timer {
  /** Seconds, as text; empty without. */
  readonly repeat?: string;
  /** Five fields, as Node-RED writes them: `*` + `/15 8-17 * * 1,2`. */
  readonly crontab?: string;
}

const DAY = 24 * 60;

const range = (part: string, from: number, to: number): readonly number[] | null => {
  const [, text = '', step = '1'] = /^([\d*-]+)(?:\/(\d+))?$/.exec(part) ?? [];
  const [first = '', last = first] = text === '*' ? [`${from}`, `${to}`] : text.split('-');
  const [begin, end, every] = [Number(first), Number(last), Number(step)];
  if (first === '' || ![begin, end].every((n) => n >= from && n <= to) || every < 1) return null;
  const open = part.includes('/') && !text.includes('-') ? to : end;
  return Array.from({ length: Math.floor((open - begin) / every) + 1 }, (_, i) => begin + i * every);
};

const values = (field: string, from: number, to: number): readonly number[] | null => {
  const parts = field.split(',').map((part) => range(part, from, to));
  return parts.every((part) => part !== null) ? [...new Set(parts.flat())].sort((a, b) => a - b) : null;
};

/** The shortest time between two firings of a day, in minutes; days and months are not looked at. */
const ofCrontab = (crontab: string): number | null => {
  const [minute = '', hour = ''] = crontab.trim().split(/\s+/);
  const [minutes, hours] = [values(minute, 0, 59), values(hour, 0, 23)];
  if (minutes === null || hours === null) return null;
  const times = hours.flatMap((h) => minutes.map((m) => h * 60 + m));
  const [first] = times;
  if (first === undefined) return null;
  const gaps = times.map((time, i) => (times[i + 1] ?? first + DAY) - time);
  return Math.min(...gaps);
};

/** Minutes between two firings; null for a node that has no timer, or one that cannot be read. */
export const intervalOf = ({ repeat = '', crontab = '' }: Timer): number | null => {
  if (Number(repeat) > 0) return Number(repeat) / 60;
  return crontab.trim() === '' ? null : ofCrontab(crontab);
};

/** Much longer, and episodes run out between two runs; much shorter, and more is fetched than is needed. */
const FAR = 1.5;

/**
 * The interval of the timer that fires most often, in minutes, when it is far from what the node is told; null when it
 * fits or there is none.
 */
export const farInterval = (timers: readonly Timer[], execFrequency: number): number | null => {
  const intervals = timers.flatMap((timer) => intervalOf(timer) ?? []);
  // 0 switches off what the interval is for.
  if (intervals.length === 0 || execFrequency === 0) return null;
  const interval = Math.min(...intervals);
  return interval > execFrequency * FAR || interval * FAR < execFrequency ? interval : null;
};
