/**
 * The floor: the right calls and nothing else, as a process of its own.
 * Arguments: `idle` or `grab`, then the sandbox's servers as JSON. Prints one JSON line.
 */
import { Agent, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { Servers } from '../start/servers.js';
import { IDLE_RUNS, median } from './median.js';

export interface BareFigures {
  /** When it began, milliseconds since 1970. */
  readonly startedAt: number;
  readonly ms: number;
  readonly requests: number;
  readonly grabs: number;
  readonly searches: number;
}

interface Row {
  readonly id: number;
  readonly [field: string]: unknown;
}
interface ReleaseRow {
  readonly guid: string;
  readonly indexerId: number;
  readonly approved: boolean;
  readonly fullSeason: boolean;
  readonly mappedEpisodeInfo?: readonly { id: number }[];
}
interface HistoryRow {
  readonly user: string;
  readonly grandparent_rating_key: number;
  readonly grandparent_title: string;
  readonly parent_media_index: number;
  readonly media_index: number;
  readonly started: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 4 });
let sent = 0;

async function call<T>(method: string, url: string, headers: Record<string, string>, body?: string): Promise<T> {
  sent += 1;
  const answer = await new Promise<Buffer>((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method,
        agent,
        headers: { 'accept-encoding': 'gzip', 'content-length': Buffer.byteLength(body ?? ''), ...headers },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          const all = Buffer.concat(chunks);
          resolve(incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(all) : all);
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
  return JSON.parse(answer.toString() || 'null') as T;
}

class Bare {
  constructor(private readonly servers: Servers) {}

  sonarr<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = { 'x-api-key': this.servers.keys.sonarr, ...(body && { 'content-type': 'application/json' }) };
    return call(method, `${this.servers.urls.sonarr}/api/v3${path}`, headers, body && JSON.stringify(body));
  }

  form<T>(url: string, fields: Record<string, string>): Promise<T> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return call('POST', url, headers, new URLSearchParams(fields).toString());
  }

  tautulli<T>(fields: Record<string, string>): Promise<T> {
    return this.form<{ response: { data: T } }>(`${this.servers.urls.tautulli}/api/v2`, {
      apikey: this.servers.keys.tautulli,
      ...fields,
    }).then(({ response }) => response.data);
  }

  sabnzbd<T>(fields: Record<string, string>): Promise<T> {
    return this.form(`${this.servers.urls.sabnzbd}/api`, {
      apikey: this.servers.keys.sabnzbd,
      output: 'json',
      ...fields,
    });
  }

  history(): Promise<{ data: HistoryRow[] }> {
    const after = new Date(Date.now() - 31 * 86_400_000).toISOString().slice(0, 10);
    return this.tautulli({
      cmd: 'get_history',
      grouping: '0',
      include_activity: '1',
      media_type: 'episode',
      length: '5000',
      after,
    });
  }

  read(): Promise<unknown> {
    const since = new Date(Date.now() - 7 * 86_400_000).toISOString();
    return Promise.all([
      this.sonarr('GET', '/queue?pageSize=1000&includeUnknownSeriesItems=true'),
      this.sonarr('GET', `/history/since?date=${since}`),
    ]);
  }

  /** The idle run of somebody who remembers which episodes to look at. */
  async idle(ids: readonly number[]): Promise<void> {
    const chunks = Array.from({ length: Math.ceil(ids.length / 400) }, (_, i) => ids.slice(i * 400, i * 400 + 400));
    await Promise.all([
      this.history(),
      this.read(),
      this.sabnzbd({ mode: 'queue' }),
      ...chunks.map((chunk) => this.sonarr('GET', `/episode?${chunk.map((id) => `episodeIds=${id}`).join('&')}`)),
    ]);
  }

  /** Which episodes follow each viewer's latest play: the ids an idle run looks at. */
  async follow(count: number): Promise<{ next: Row[]; shows: Set<number> }> {
    const { data } = await this.history();
    const shows = new Set(data.map((row) => row.grandparent_rating_key));
    const latest = new Map<string, HistoryRow>();
    for (const row of data) {
      const key = `${row.user}/${row.grandparent_rating_key}`;
      if ((latest.get(key)?.started ?? 0) < row.started) latest.set(key, row);
    }
    const series = await this.sonarr<Row[]>('GET', '/series');
    const byTitle = new Map(series.map((one) => [one.title, one]));
    const next = new Map<number, Row>();
    const lists = new Map<number, Row[]>();
    for (const row of latest.values()) {
      const one = byTitle.get(row.grandparent_title);
      if (!one) continue;
      const list = lists.get(one.id) ?? (await this.sonarr<Row[]>('GET', `/episode?seriesId=${one.id}`));
      lists.set(one.id, list);
      const place = (e: Row): number => Number(e.seasonNumber) * 10_000 + Number(e.episodeNumber);
      const position = row.parent_media_index * 10_000 + row.media_index;
      const after = list
        .filter((e) => Number(e.seasonNumber) > 0 && place(e) > position)
        .sort((a, b) => place(a) - place(b));
      for (const episode of after.slice(0, count)) next.set(episode.id, episode);
    }
    return { next: [...next.values()], shows };
  }

  /** Searches by season, grabs what is missing and puts each job on top as soon as it is there. */
  async grab(): Promise<{ grabs: number; searches: number }> {
    const { next, shows } = await this.follow(5);
    for (const key of shows) await this.tautulli({ cmd: 'get_metadata', rating_key: String(key) });
    await this.read();
    const missing = next.filter((e) => e.hasFile !== true && Date.parse(String(e.airDateUtc)) <= Date.now());
    const seasons = new Map<string, Row[]>();
    for (const episode of missing) {
      const season = `seriesId=${Number(episode.seriesId)}&seasonNumber=${Number(episode.seasonNumber)}`;
      seasons.set(season, [...(seasons.get(season) ?? []), episode]);
    }
    let grabs = 0;
    for (const [season, wanted] of seasons) {
      const one = wanted.length === 1 ? `episodeId=${wanted[0]?.id}` : season;
      const releases = await this.sonarr<ReleaseRow[]>('GET', `/release?${one}`);
      for (const { id } of wanted) {
        const release = releases.find(
          (r) => r.approved && !r.fullSeason && r.mappedEpisodeInfo?.some((e) => e.id === id),
        );
        if (!release) continue;
        await this.sonarr('POST', '/release', { guid: release.guid, indexerId: release.indexerId });
        const { records } = await this.sonarr<{ records: { downloadId: string }[] }>(
          'GET',
          `/history?episodeId=${id}&eventType=1&pageSize=1`,
        );
        await this.sabnzbd({ mode: 'queue', name: 'priority', value: records[0]?.downloadId ?? '', value2: '1' });
        grabs += 1;
      }
    }
    return { grabs, searches: seasons.size };
  }
}

/** Of an idle run with warm connections and known ids, as of a program that ran an hour ago: the median of some. */
async function idleFigures(bare: Bare): Promise<BareFigures> {
  const ids = (await bare.follow(24)).next.map(({ id }) => id);
  await bare.idle(ids);
  const runs: number[] = [];
  const startedAt = Date.now();
  for (let i = 0; i < IDLE_RUNS; i += 1) {
    sent = 0;
    const begun = performance.now();
    await bare.idle(ids);
    runs.push(performance.now() - begun);
  }
  return { startedAt, ms: median(runs), requests: sent, grabs: 0, searches: 0 };
}

async function grabFigures(bare: Bare): Promise<BareFigures> {
  const startedAt = Date.now();
  const begun = performance.now();
  const done = await bare.grab();
  return { startedAt, ms: performance.now() - begun, requests: sent, ...done };
}

async function main(): Promise<void> {
  const [mode, json] = process.argv.slice(2);
  const bare = new Bare(JSON.parse(json ?? '') as Servers);
  const figures = mode === 'idle' ? await idleFigures(bare) : await grabFigures(bare);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  agent.destroy();
}

void main();
