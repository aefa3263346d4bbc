import type { Parameters } from '../http/form.js';
import { humanDuration } from './duration.js';
import { historyFilter, like } from './filters.js';
import type { TautulliModel } from './model.js';
import { groupLine, secondsPlayed, sessionLine, type Line } from './rows.js';
import type { StoredPlay } from './types.js';

/** A parameter that Python cannot read: HTTP 500, "Check the logs for errors". */
export class Unreadable extends Error {}

/** `get_history`: filter, group, search, order, cut a page out. */
export const historyAnswer = (model: TautulliModel, parameters: Parameters): Record<string, unknown> => {
  if (parameters.repeated('order_column')) throw new Unreadable('order_column');
  const [start, length] = [toInt(parameters, 'start', 0), toInt(parameters, 'length', 25)];
  if (isSwallowed(parameters)) return SWALLOWED;
  const wanted = historyFilter(model, parameters);
  const rows = model.rows.filter(wanted);
  const sessions = flag(parameters, 'include_activity') ? model.sessions : [];
  const running = sessions.filter(({ play }) => wanted({ play, reference: null }));
  const lines = [
    ...running.map((session) => sessionLine(model, session)),
    ...grouped(rows, flag(parameters, 'grouping')).flatMap((members) => groupLine(model, members) ?? []),
  ];
  const found = ordered(lines.filter(searchedFor(parameters)), parameters);
  const page = found.slice(start, start + length).map((line) => line.row);
  return {
    recordsFiltered: found.length,
    recordsTotal: model.rows.length,
    data: page,
    draw: 1,
    filter_duration: humanDuration(page.reduce((sum, row) => sum + Number(row.duration), 0)),
    total_duration: humanDuration(rows.reduce((sum, { play, stoppedAt }) => sum + secondsPlayed(play, stoppedAt), 0)),
  };
};

/** Python's `int()`. */
const toInt = (parameters: Parameters, name: string, otherwise: number): number => {
  const text = parameters.get(name);
  if (text === undefined) return otherwise;
  if (parameters.repeated(name) || !/^\s*[+-]?\d+\s*$/.test(text)) throw new Unreadable(name);
  return Number(text);
};

/** Absent means what Tautulli's settings say: on. */
const flag = (parameters: Parameters, name: string): boolean =>
  /^(1|true|t|yes|y|on)$/i.test(parameters.get(name) ?? '1');

/** An SQL error shows as success with `draw` 0: garbage in `json_data`, a column that is none, a collection without Plex. */
const isSwallowed = (parameters: Parameters): boolean =>
  parameters.has('json_data') ||
  parameters.list('order_column').includes('watched_status') ||
  parameters.list('media_type').some((type) => type === 'collection' || type === 'playlist');

const SWALLOWED = {
  recordsFiltered: 0,
  recordsTotal: 0,
  draw: 0,
  data: [],
  filter_duration: '0',
  total_duration: '0',
};

/** Groups in the order of their newest rows, each with its rows in the order of their ids. */
const grouped = (rows: readonly StoredPlay[], grouping: boolean): readonly (readonly StoredPlay[])[] => {
  if (!grouping) return rows.map((row) => [row]);
  const groups = new Map<number, StoredPlay[]>();
  for (const row of rows) {
    const group = groups.get(row.reference);
    if (group === undefined) groups.set(row.reference, [row]);
    else group.push(row);
  }
  return [...groups.values()];
};

const SEARCHED = ['full_title', 'friendly_name', 'ip_address', 'platform', 'product', 'player'];

const searchedFor = (parameters: Parameters): ((line: Line) => boolean) => {
  const search = parameters.get('search') ?? '';
  if (search === '') return () => true;
  return ({ row }) => SEARCHED.some((field) => like(`%${search}%`, String(row[field] ?? '')));
};

const COLUMNS = new Set([
  ...['date', 'friendly_name', 'ip_address', 'platform', 'product', 'player', 'full_title'],
  ...['started', 'paused_counter', 'stopped', 'duration'],
]);

/** An unknown column means no order at all, an unknown direction downwards. */
const ordered = (lines: readonly Line[], parameters: Parameters): readonly Line[] => {
  const columns = parameters.has('order_column') ? parameters.list('order_column') : ['date'];
  const directions = parameters.list('order_dir');
  if (columns.some((column) => !COLUMNS.has(column))) return lines;
  return lines.toSorted((a, b) => {
    for (const [i, column] of columns.entries()) {
      const order = compare(valueOf(a, column), valueOf(b, column));
      if (order !== 0) return (directions[i] ?? directions[0]) === 'asc' ? order : -order;
    }
    return 0;
  });
};

const valueOf = (line: Line, column: string): string | number =>
  column === 'duration' ? line.length : (line.row[column] ?? '');

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);
