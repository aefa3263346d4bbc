import { type TautulliContents, TautulliModel } from '../sandbox/tautulli/model.js';
import type { Row } from '../sandbox/tautulli/rows.js';
import { startTautulli, type TautulliOptions } from '../sandbox/tautulli/start.js';
import type { StandIn } from '../sandbox/http/types.js';
import type { WorldTautulli } from '../sandbox/world/format.js';
import { handClock } from './clock.js';
import { type Got, type RecordedRequest, type Recording, recordingsOf, send } from './recordings.js';

type Values = Readonly<Record<string, string | readonly string[]>>;

/** Recorded with parameters as objects. */
interface TautulliRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Values;
  readonly form_body?: Values;
  readonly json_body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const RECORDINGS = recordingsOf('tautulli');
const BY_NAME = new Map(RECORDINGS.map((recording) => [recording.name, recording]));

export function recordedAs(name: string): Recording {
  const found = BY_NAME.get(name);
  if (found === undefined) throw new Error(`no recording ${name}`);
  return found;
}

const requestOf = (recording: Recording): TautulliRequest => recording.request as unknown as TautulliRequest;

export const headersOf = (recording: Recording): Record<string, string> =>
  (recording as unknown as { headers?: Record<string, string> }).headers ?? {};

export const parametersOf = (recording: Recording): Values => {
  const { query, form_body: form } = requestOf(recording);
  return { ...query, ...form };
};

export interface HistoryData {
  readonly recordsFiltered: number;
  readonly recordsTotal: number;
  readonly draw: number;
  readonly data: readonly Row[];
}

export const dataOf = (body: unknown): unknown => (body as { response?: { data?: unknown } }).response?.data;

export const rowsOf = (recording: Recording): readonly Row[] =>
  (dataOf(recording.body) as HistoryData).data.filter((row) => typeof row === 'object');

const WORLD: WorldTautulli = {
  apiKey: 'TAUTULLI_API_KEY',
  notifiers: [
    { id: 1, agent: 'webhook', name: 'Lab webhook' },
    { id: 2, agent: 'discord' },
    { id: 3, agent: 'email' },
    { id: 4, agent: 'script' },
    { id: 5, agent: 'webhook', fails: true },
    { id: 6, agent: 'webhook', fails: true },
    { id: 7, agent: 'webhook' },
  ],
};

interface Setting {
  readonly world?: WorldTautulli;
  readonly options?: TautulliOptions;
  readonly contents?: TautulliContents;
  readonly now?: number;
}

let running: StandIn | undefined;

/** Starts the stand-in for one test. */
export const start = async ({ world, options, contents, now }: Setting): Promise<TautulliModel> => {
  const model = new TautulliModel({ ...WORLD, ...world }, handClock(now), contents);
  running = await startTautulli(model, options);
  return model;
};

export const stop = async (): Promise<void> => await running?.close();

/** `<8000 characters: …>`: long texts were recorded by their beginnings. */
const restored = (value: string): string => {
  const length = /^<(\d+) characters: /.exec(value)?.[1];
  if (length === undefined) return value;
  return value.includes('{"items"')
    ? JSON.stringify({ items: 'abc '.repeat(Number(length) / 4) })
    : 'abc '.repeat(Number(length) / 4);
};

const encoded = (values: Values): string =>
  Object.entries(values)
    .flatMap(([name, value]) => [value].flat().map((v) => `${name}=${encodeURIComponent(restored(String(v)))}`))
    .join('&');

/** Sends the recorded request to the stand-in that was started. */
export const replay = async (recording: Recording): Promise<Got> => {
  const { method, path, query, form_body: form, json_body: json, headers } = requestOf(recording);
  const request: RecordedRequest = {
    method,
    path,
    query: recording.name === 'transport_query_not_utf8' ? 'cmd=get_history&search=Am%E9lie' : encoded(query),
    headers: Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`),
    ...(form === undefined ? {} : { body: encoded(form) }),
    ...(json === undefined ? {} : { body: JSON.stringify(json), contentType: 'application/json' }),
  };
  return await send(new URL(running?.url ?? '').origin, request);
};

/** How the server had been set up for a recording. */
export const setUpFor = (name: string): Setting => ({
  world: {
    plexDown: /noplex|plex_down/.test(name),
    ...(name.startsWith('http_root_') ? { urlBase: '/tautulli' } : {}),
    ...(name === 'get_notifiers_empty' ? { notifiers: [] } : {}),
    utcOffset: name.startsWith('tz_los_angeles') ? -8 : name.startsWith('tz_tokyo') ? 9 : 0,
  },
  options: {
    state: name.startsWith('error_api_disabled')
      ? 'disabled'
      : name === 'error_api_key_not_32_chars'
        ? 'unusable key'
        : 'ok',
  },
});
