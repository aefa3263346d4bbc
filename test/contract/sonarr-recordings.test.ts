import { readdirSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../sandbox/index.js';
import { reasonOut } from './sonarr-scope.js';
import { setupOf, type Own, type RecordedBody } from './sonarr-setups.js';
import { RECORDED_AT, recordedWorld } from './sonarr-world.js';

interface Recorded {
  readonly name: string;
  readonly request?: {
    readonly method: string;
    readonly path: string;
    readonly query: string;
    readonly headers: readonly string[];
    readonly body?: unknown;
    readonly bodyText?: string;
    readonly contentType?: string | null;
  };
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const FOLDER = join(__dirname, '..', 'fixtures', 'recordings', 'sonarr');
const ALL: readonly Recorded[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ ...(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Recorded), name: file.slice(0, -5) }));
const out = ({ name, request }: Recorded): string | undefined => reasonOut(name, request?.method, request?.path);
const REPLAYED = ALL.filter((r) => out(r) === undefined && r.request !== undefined);

describe('Sonarr as recorded', () => {
  it('knows of every recording whether it is replayed, and why not', () => {
    expect(REPLAYED.length + ALL.filter((r) => out(r) !== undefined).length).toBe(ALL.length);
    expect(REPLAYED.length).toBeGreaterThan(280);
  });

  describe.each([
    ['errors: the same status and body', REPLAYED.filter((r) => r.status >= 300)],
    ['success: the same fields and types', REPLAYED.filter((r) => r.status < 300)],
  ])('%s', (_, recordings) => {
    it.each(recordings.map((r) => [r.name, r] as const))('%s', async (_name, recorded) => {
      const { world = {}, options = {}, before } = setupOf(recorded.name, bodyOf(recorded).status);
      await using sandbox = await startSandbox(recordedWorld(world), { ...options, start: RECORDED_AT });
      const own = (await before?.(sandbox, bodyOf(recorded))) ?? {};
      const got = await replay(sandbox, recorded, own);
      expect(got.status).toBe(recorded.status);
      expect(mediaType(got.contentType)).toBe(mediaType(recorded.contentType));
      if (recorded.headers.location !== undefined)
        expect(targetOf(got.location)).toBe(targetOf(recorded.headers.location));
      if (recorded.status >= 300) expect(comparable(got.body)).toEqual(comparable(recorded.body));
      else expect(differences(recorded, got.body)).toEqual([]);
    });
  });
});

const bodyOf = ({ body }: Recorded): RecordedBody => (typeof body === 'object' && body !== null ? body : {});

interface Got {
  readonly status: number;
  readonly contentType: string;
  readonly location: string;
  readonly body: unknown;
}

const replay = async (sandbox: Sandbox, recorded: Recorded, own: Own): Promise<Got> => {
  const { method, path, query, headers } = recorded.request ?? { method: '', path: '', query: '', headers: [] };
  const target = own.commandId === undefined ? path : path.replace(/\d+$/, String(own.commandId));
  const full = fullQuery(recorded.name, query, sandbox);
  const { port } = new URL(sandbox.urls.sonarr);
  const content = contentOf(recorded, own);
  const secret = (text: string): string => text.replaceAll('SONARR_API_KEY', sandbox.keys.sonarr);
  const sent = httpRequest({
    port,
    host: '127.0.0.1',
    method,
    path: encodeURI(decodeURI(secret(full === '' ? target : `${target}?${full}`))),
    headers: {
      accept: 'application/json',
      ...Object.fromEntries(
        headers.map((h): [string, string] => [
          h.slice(0, h.indexOf(':')).toLowerCase(),
          secret(h.slice(h.indexOf(':') + 2)),
        ]),
      ),
      ...(content.type === null ? {} : { 'content-type': content.type }),
      'content-length': Buffer.byteLength(content.text),
    },
  });
  return await new Promise((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const text = (response.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
        const contentType = response.headers['content-type'] ?? '';
        const body: unknown = contentType.includes('json') && text !== '' ? JSON.parse(text) : text;
        resolve({ status: response.statusCode ?? 0, contentType, location: response.headers.location ?? '', body });
      });
    });
    sent.end(content.text);
  });
};

/** Long queries are shortened in the recordings; ids of downloads and files are each server's own. */
const fullQuery = (name: string, query: string, sandbox: Sandbox): string => {
  if (name === 'history_download_id') return `downloadId=${sandbox.world.sonarr.history.records[0]?.downloadId ?? ''}`;
  if (name === 'episodes_by_file') return 'episodeFileId=1';
  if (!query.endsWith('…')) return query;
  const count = name === 'long_url' ? 449 : 1200;
  return Array.from({ length: count }, (_, i) => `episodeIds=${i + 1}`).join('&');
};

/** Bodies were written by Python: the positions in some answers count its spaces. */
const contentOf = ({ name, request }: Recorded, own: Own): { text: string; type: string | null } => {
  if (name === 'body_large_40mb')
    return { text: `{"x":"${'a'.repeat(40_000_000)}","episodeIds":[45],"monitored":true}`, type: 'application/json' };
  if (request?.bodyText !== undefined) return { text: request.bodyText, type: request.contentType ?? null };
  if (request?.body === undefined) return { text: '', type: null };
  const body = own.guid === undefined ? request.body : { ...(request.body as object), guid: own.guid };
  return { text: asPython(body), type: 'application/json' };
};

const asPython = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(asPython).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([k, v]) => `${JSON.stringify(k)}: ${asPython(v)}`)
    .join(', ')}}`;
};

const mediaType = (contentType: string): string => contentType.split(';')[0] ?? '';
const targetOf = (location: string): string => location.replace(/^http:\/\/[^/]+/, '').replace(/\d+$/, 'N');

/** Without what is each server's own. */
const comparable = (body: unknown): unknown => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'traceId' && key !== 'description'));
};

/** `path type` of everything in a value; a list's elements share a path. */
const shape = (value: unknown, path = ''): string[] => {
  if (Array.isArray(value)) return [`${path} list`, ...value.flatMap((v) => shape(v, `${path}[]`))];
  if (value === null || typeof value !== 'object') return [`${path} ${value === null ? 'null' : typeof value}`];
  return [`${path} object`, ...Object.entries(value).flatMap(([k, v]) => shape(v, `${path}.${k}`))];
};

/** All of history's routes answer with the same records. */
const routeOf = ({ request }: Recorded): string => {
  const path = (request?.path ?? '').replace(/\/\d+$/, '/N').replace(/\/history\/since$/, '/history');
  return `${request?.method ?? ''} ${path}`.toLowerCase();
};

/** Everything that the rows of some recording of the route have. */
const allowed = (route: string): Set<string> =>
  new Set(
    REPLAYED.filter((r) => routeOf(r) === route && r.status < 300).flatMap((r) =>
      rowsOf(r.body).flatMap((row) => shape(row)),
    ),
  );

/** A command's progress between two looks, and what an episode has only once it was searched, or Sonarr knows as a finale. */
const COMES_AND_GOES =
  /\.(started|ended|duration|stateChangeTime|message|exception|lastSearchTime|finaleType|network|nextAiring|previousAiring|absoluteEpisodeNumber|airDate|airDateUtc|mappedSeasonNumber|mappedSeriesId|estimatedCompletionTime|timeleft|added|indexer|seriesId|episodeId|seasonNumber|outputPath|errorMessage|trackedDownload\w+|statusMessages|downloadId|downloadClient)\b/;

const differences = (recorded: Recorded, ours: unknown): string[] => {
  if (typeof recorded.body === 'string') return typeof ours === 'string' ? [] : ['not a page'];
  const rowsTheirs = rowsOf(recorded.body);
  const rowsOurs = rowsOf(ours);
  if ((rowsTheirs.length === 0) !== (rowsOurs.length === 0))
    return [`${rowsOurs.length} rows instead of ${rowsTheirs.length}`];
  const may = allowed(routeOf(recorded));
  const extra = [...new Set(rowsOurs.flatMap((row) => shape(row)))].filter((s) => !may.has(s));
  const missing = rowsOurs.flatMap((row) => {
    const has = new Set(shape(row));
    return required(rowsTheirs.filter((r) => kindOf(r) === kindOf(row))).filter((s) => !has.has(s));
  });
  return [
    ...extra.map((s) => `not recorded: ${s}`),
    ...[...new Set(missing)].filter((s) => !COMES_AND_GOES.test(s)).map((s) => `missing: ${s}`),
    ...pagingDifferences(recorded.body, ours),
  ];
};

const rowsOf = (body: unknown): unknown[] => {
  if (Array.isArray(body)) return body;
  const records = (body as { records?: unknown }).records;
  return Array.isArray(records) ? records : [body];
};

/** History's rows hold other data by their event. */
const kindOf = (row: unknown): unknown => (row as { eventType?: unknown } | null)?.eventType;

/** What every recorded row has; elements of lists inside are told by what is allowed. */
const required = (rows: readonly unknown[]): string[] => {
  const [first, ...rest] = rows.map((row) => new Set(shape(row).filter((s) => !s.includes('[]'))));
  return [...(first ?? [])].filter((s) => rest.every((other) => other.has(s)));
};

const PAGING = ['page', 'pageSize', 'sortKey', 'sortDirection'] as const;
const keysOf = (body: unknown): string =>
  Array.isArray(body) ? 'a list' : rowsOf(body)[0] === body ? 'one' : Object.keys(body as object).join();

const pagingDifferences = (recorded: unknown, ours: unknown): string[] => {
  const [theirs, mine] = [recorded, ours] as [Record<string, unknown>, Record<string, unknown>];
  if (keysOf(recorded) !== keysOf(ours)) return [`${keysOf(ours)} instead of ${keysOf(recorded)}`];
  return PAGING.filter((key) => theirs[key] !== mine[key]).map(
    (key) => `${key}: ${String(mine[key])} instead of ${String(theirs[key])}`,
  );
};
