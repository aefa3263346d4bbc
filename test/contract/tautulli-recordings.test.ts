import { afterEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../sandbox/tautulli/commands.js';
import type { Row } from '../sandbox/tautulli/rows.js';
import type { Recording } from './recordings.js';
import { OUT_OF_SCOPE, reasonOut, SHAPE_ONLY, UNIONS } from './tautulli-scope.js';
import { shapeDifferences } from './shape.js';
import { contentsFrom, playsFrom, storedFrom, usersFrom } from './tautulli-seeds.js';
import {
  dataOf,
  headersOf,
  type HistoryData,
  parametersOf,
  recordedAs,
  RECORDINGS,
  replay,
  rowsOf,
  setUpFor,
  start,
  stop,
} from './tautulli-replay.js';

const isHistory = (body: unknown): boolean => {
  const data = dataOf(body);
  return typeof data === 'object' && data !== null && 'recordsFiltered' in data;
};

const rest = RECORDINGS.filter(({ name }) => reasonOut(name) === undefined);
const histories = rest.filter(({ body }) => isHistory(body));
const metadata = rest.filter(({ name }) => /^plex_get_metadata_(show|episode|same_title)/.test(name));
const others = rest.filter((recording) => !histories.includes(recording) && !metadata.includes(recording));

/** Our own host in redirects; a served JSON page is padded. */
const comparable = (body: unknown): unknown =>
  typeof body === 'string'
    ? body
        .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
        .replace(/<pre id="traceback">[^]*?<\/pre>/, '')
        .replace(/CherryPy [\w.]+</, 'CherryPy<')
        .trim()
    : body;

const isRefusal = (recording: Recording): boolean =>
  recording.status >= 300 || (recording.body as { response?: { result?: string } }).response?.result === 'error';

const names = (recordings: readonly Recording[]): (readonly [string, Recording])[] =>
  recordings.map((recording) => [recording.name, recording]);

afterEach(stop);

describe('recordings of Tautulli v2.17.2', () => {
  it('each reason to leave a recording out still has one, and none hides a command that the stand-in plays', () => {
    expect(OUT_OF_SCOPE.filter(([pattern]) => !RECORDINGS.some(({ name }) => pattern.test(name)))).toEqual([]);
    const played = new Set(rest.map((recording) => parametersOf(recording).cmd));
    expect(Object.keys(COMMANDS).filter((cmd) => !played.has(cmd))).toEqual([]);
  });

  describe('refusals and redirects: same status, type and body', () => {
    it.each(names(others.filter(isRefusal)))('%s', async (name, recording) => {
      await start(setUpFor(name));
      const got = await replay(recording);
      expect([got.status, got.contentType, comparable(got.body)]).toEqual([
        recording.status,
        headersOf(recording)['content-type'],
        comparable(recording.body),
      ]);
      expect(comparable(got.headers.location)).toEqual(comparable(headersOf(recording).location));
    });
  });

  describe('successes: same status, type, fields and types', () => {
    it.each(names(others.filter((recording) => !isRefusal(recording))))('%s', async (name, recording) => {
      const rows = rowsOf(recordedAs('history_episode_ungrouped'));
      const libraries = [{ id: 2, name: 'TV Shows', type: 'show' as const }];
      const contents = {
        users: usersFrom(rows),
        libraries,
        plays: name.includes('idle') ? [] : playsFrom(rows, 85, 2),
      };
      await start({ ...setUpFor(name), contents });
      const got = await replay(recording);
      expect([got.status, got.contentType]).toEqual([recording.status, headersOf(recording)['content-type']]);
      expect(shapeDifferences(recording.body, got.body, UNIONS)).toEqual([]);
      const origin = 'access-control-allow-origin';
      expect(got.headers[origin]).toEqual(headersOf(recording)[origin]);
    });
  });

  describe('history: the same rows in the same order, with the same values, fields and types', () => {
    it.each(names(histories))('%s', async (name, recording) => {
      const theirs = rowsOf(recording);
      const seeds = theirs.length > 0 ? theirs : rowsOf(recordedAs('history_watched_ladder'));
      const rows = name.startsWith('tz_') ? ALL_ZONES : seeds;
      const watchedPercent = name === 'history_settings_changed' ? 50 : 85;
      const section = Number(String(parametersOf(recording).section_id ?? '2').split(',')[0]);
      const now = 1000 * Math.max(...rows.map((row) => Number(row.stopped)));
      const contents = { users: usersFrom(rows), plays: playsFrom(rows, watchedPercent, section) };
      const model = await start({ ...setUpFor(name), contents, now });
      model.watchedPercent = watchedPercent;
      model.rows.splice(0, model.rows.length, ...storedFrom(rows, watchedPercent, section));
      const got = await replay(recording);
      expect([got.status, got.contentType]).toEqual([recording.status, headersOf(recording)['content-type']]);
      expect(shapeDifferences(trimmed(recording.body), got.body, UNIONS)).toEqual([]);
      const ours = dataOf(got.body) as HistoryData;
      if (SHAPE_ONLY.has(name)) return;
      expect(ours.draw).toBe((dataOf(recording.body) as HistoryData).draw);
      expect(ours.data.slice(0, theirs.length).map(view)).toEqual(limited(recording, theirs).map(view));
      if (theirs.length === 0) expect(ours.data).toEqual([]);
    });

    it('five rows of one viewing make the recorded group, a rewatch another one', async () => {
      const plays = playsFrom(rowsOf(recordedAs('history_group_of_5_ungrouped')), 85, 2);
      await start({ contents: { users: usersFrom(rowsOf(recordedAs('history_group_of_5_ungrouped'))), plays } });
      const got = await replay(recordedAs('history_group_of_5_grouped'));
      const group = (row: Row): unknown => [
        ...[
          'date',
          'started',
          'stopped',
          'duration',
          'paused_counter',
          'percent_complete',
          'watched_status',
          'group_count',
        ].map((f) => row[f]),
        Number(row.id) - Number(row.reference_id),
      ];
      expect((dataOf(got.body) as HistoryData).data.map(group)).toEqual(
        rowsOf(recordedAs('history_group_of_5_grouped')).map(group),
      );
    });
  });

  describe('metadata of shows and episodes: same fields, types, ids and titles', () => {
    it.each(names(metadata))('%s', async (name, recording) => {
      const theirs = dataOf(recording.body) as Record<string, unknown> & { media_type: 'show' | 'episode' };
      await start({ ...setUpFor(name), contents: contentsFrom(theirs) });
      const got = await replay(recording);
      expect(got.status).toBe(recording.status);
      expect(shapeDifferences(recording.body, got.body, {})).toEqual([]);
      const fields = [
        'section_id',
        'library_name',
        'rating_key',
        'title',
        'year',
        'guid',
        'grandparent_guid',
        'grandparent_guids',
      ];
      const both = [...fields, 'media_index', 'grandparent_year', 'grandparent_rating_key', 'full_title', 'duration'];
      const pick = (data: Record<string, unknown>): unknown =>
        (theirs.media_type === 'show' ? [...fields, 'guids'] : both).map((field) => [field, data[field]]);
      expect(pick(dataOf(got.body) as Record<string, unknown>)).toEqual(pick(theirs));
    });
  });

  it('a running session in get_activity has recorded fields with their types', async () => {
    const rows = rowsOf(recordedAs('plex_history_with_activity'));
    await start({ contents: { users: usersFrom(rows), plays: playsFrom(rows, 85, 2) } });
    const got = await replay(recordedAs('plex_get_activity_playing'));
    const differences = shapeDifferences(recordedAs('plex_get_activity_playing').body, got.body, {});
    expect(differences.filter((line) => !line.endsWith(': missing'))).toEqual([]);
    expect(dataOf(got.body)).toMatchObject({
      stream_count: '1',
      sessions: [{ state: 'playing', user: "kate.o'brien" }],
    });
  });
});

const ALL_ZONES = RECORDINGS.filter(({ name }) => name.startsWith('tz_'))
  .flatMap(rowsOf)
  .filter((row, i, all) => all.findIndex(({ id }) => id === row.id) === i);

/** Long lists were recorded by their first rows, with a sentence behind. */
function trimmed(body: unknown): unknown {
  const { response } = body as { response: { data: { data: readonly unknown[] } } };
  const rows = response.data.data.filter((row) => typeof row === 'object');
  return { response: { ...response, data: { ...response.data, data: rows } } };
}

/** `length=-1` leaves out the last row: of the few that were recorded too. */
function limited(recording: Recording, rows: readonly Row[]): readonly Row[] {
  return parametersOf(recording).length === '-1' ? rows.slice(0, -1) : rows;
}

/** What a row tells about the play; a recorded group stands for one play, so its sums are left out. */
function view(row: Row): unknown {
  const said = [
    'date',
    'started',
    'group_count',
    'group_ids',
    'user_id',
    'user',
    'friendly_name',
    'media_type',
    'rating_key',
    'parent_rating_key',
  ];
  const titles = [
    'grandparent_rating_key',
    'full_title',
    'title',
    'grandparent_title',
    'percent_complete',
    'watched_status',
  ];
  const optional = ['year', 'media_index', 'parent_media_index', 'originally_available_at', 'guid', 'live'];
  return [
    ...[...said, ...titles].map((field) => [field, row[field]]),
    ...optional.map((field) => [field, row[field] ?? (field === 'live' ? 0 : '')]),
    ['state', row.state],
    // A running one was last looked at some seconds before.
    ['stopped', row.id === null ? null : row.stopped],
    ['id', row.id],
    ['reference_id', row.reference_id],
  ];
}
