import { listing, type Listing } from '../indexer/listing.js';
import type { SabnzbdModel } from '../sabnzbd/model.js';
import { EVENTS, grabData } from '../sonarr/history.js';
import type { SonarrModel } from '../sonarr/model.js';
import type { EpisodeRow } from '../sonarr/store.js';
import type { Tracked } from '../sonarr/tracker.js';
import type { WorldDownload } from './format.js';
import { digest, dotted, two } from './names.js';
import { inRanges } from './ranges.js';
import { when } from './when.js';

const GB = 1e9;
const PRIORITIES = { Force: 2, High: 1, Normal: 0, Low: -1 } as const;
const CLIENTS = { torrent: 'qBittorrent', nzbget: 'NZBGet' } as const;

interface Seed {
  readonly download: WorldDownload;
  readonly at: number;
  readonly rows: readonly EpisodeRow[];
  readonly release: Listing | null;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly done: number;
}

/** Puts the downloads of the world file where they are: into SABnzbd, into Sonarr's history, or only into Sonarr's queue. */
export const seedDownloads = (
  downloads: readonly WorldDownload[],
  sonarr: SonarrModel,
  sabnzbd: SabnzbdModel,
): void => {
  const seeds = downloads.map((d) => toSeed(d, sonarr));
  const ids = new Map(seeds.map((seed) => [seed, place(seed, sonarr, sabnzbd)]));
  for (const seed of [...seeds].sort((a, b) => a.at - b.at)) remember(seed, ids.get(seed) ?? null, sonarr);
  sonarr.tracker.refresh();
};

const toSeed = (download: WorldDownload, sonarr: SonarrModel): Seed => {
  const at = when(download.grabbed ?? '-1h', sonarr.timeline.start);
  const size = Math.round((download.size ?? 2) * GB);
  const done = Math.round((size * (download.done ?? 0)) / 100);
  if (download.series === undefined)
    return { download, at, rows: [], release: null, name: download.name ?? 'unnamed', size, done };
  const series = sonarr.store.library.find(download.series);
  const season = sonarr.store.episodes(series.id).filter((r) => r.base.season === download.season);
  const numbers = inRanges(
    download.episodes ?? 'all',
    season.map((r) => r.base.number),
  );
  const rows = season.filter((r) => numbers.includes(r.base.number));
  const pack = rows.length > 1 && rows.length === season.length;
  const code = pack ? '' : rows.map((r) => `E${two(r.base.number)}`).join('');
  const name =
    download.name ?? `${dotted(series.title)}.S${two(download.season ?? 0)}${code}.1080p.WEB-DL.DD5.1.H.264-GRPA`;
  const protocol = download.client === 'torrent' ? 'torrent' : 'usenet';
  const parts = { series, episodes: rows.map((r) => r.base), title: name, size, published: at };
  return { download, at, rows, release: listing(parts, { pack, protocol }), name, size, done };
};

/** The download id; null for what Sonarr holds back itself. */
const place = (seed: Seed, sonarr: SonarrModel, sabnzbd: SabnzbdModel): string | null => {
  const { download, at, rows, release, name, size, done } = seed;
  const { state, client = 'sabnzbd' } = download;
  if (state === 'waiting') {
    if (release !== null) sonarr.tracker.pending.push({ release, rows, added: at, status: 'delay' });
    return null;
  }
  const category =
    download.category ?? (download.series !== undefined || state === 'unmapped' ? sonarr.category : 'movies');
  if (client !== 'sabnzbd') return placeElsewhere(seed, CLIENTS[client], sonarr);
  const id = `SABnzbd_nzo_${digest(`${name} ${at}`).slice(0, 8)}`;
  if (state === 'blocked' || state === 'failed') {
    sonarr.tracker.stuck.set(id, { as: state, message: download.message ?? MESSAGES[state] });
    const status = state === 'failed' ? 'Failed' : 'Completed';
    const failMessage = state === 'failed' ? (download.message ?? MESSAGES.failed) : '';
    const times = { added: at, completed: at, downloadTime: 60 };
    sabnzbd.history.unshift({ id, name, category, size, priority: 0, status, failMessage, ...times });
    return id;
  }
  const priority = PRIORITIES[download.priority ?? 'Normal'];
  return sabnzbd.seed({ id, name, size, done, category, priority, added: at, paused: download.paused === true });
};

const MESSAGES = {
  blocked: 'No files found are eligible for import in /downloads/complete',
  failed: 'Aborted, cannot be completed',
} as const;

const placeElsewhere = (seed: Seed, client: string, sonarr: SonarrModel): string => {
  const { download, at, rows, name, size, done } = seed;
  const torrent = download.client === 'torrent';
  const downloadId = torrent ? digest(name).padEnd(40, '0').toUpperCase() : digest(name);
  const tracked: Tracked = {
    downloadId,
    title: name,
    rows,
    added: at,
    indexer: sonarr.indexer.name,
    client,
    protocol: torrent ? 'torrent' : 'usenet',
    size,
    sizeLeft: size - done,
    state: download.paused === true ? 'paused' : 'downloading',
  };
  sonarr.tracker.elsewhere.push(tracked);
  return downloadId;
};

/** What Sonarr grabbed stands in its history; jobs of somebody else, unknown ones and held-back ones do not. */
const remember = (seed: Seed, downloadId: string | null, sonarr: SonarrModel): void => {
  const { release, rows, at, download } = seed;
  if (downloadId === null || release === null || download.state === 'unmapped') return;
  const client = download.client === undefined || download.client === 'sabnzbd' ? 'SABnzbd' : CLIENTS[download.client];
  const data = grabData({ release, now: at, indexer: sonarr.indexer, client, source: 'InteractiveSearch' });
  sonarr.history.add(rows, { sourceTitle: release.title, date: at, downloadId, event: EVENTS.grabbed, data });
};
