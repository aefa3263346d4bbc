import type { StandInAnswer } from '../http/types.js';
import { ok } from './answers.js';
import type { SonarrModel } from './model.js';
import { pendingEntries, trackedEntries, type QueueContext, type QueueEntry } from './queue-resource.js';
import type { Query } from './query.js';
import type { Call, Route } from './routes.js';

export const queueRoutes: readonly Route[] = [
  { method: 'GET', path: '/queue', answer: (call) => paged(call) },
  { method: 'GET', path: '/queue/details', answer: (call) => details(call) },
  { method: 'GET', path: '/queue/status', answer: ({ sonarr }) => ok(counts(sonarr)) },
];

const MB = 1e6;
const SORT_KEYS = ['timeleft', 'title', 'size', 'status', 'added', 'indexer', 'protocol', 'estimatedCompletionTime'];

const entries = ({ tracker, world }: SonarrModel): QueueEntry[] => {
  const rate = (world.sabnzbd?.rate ?? 20) * MB;
  return [
    ...[...tracker.visible, ...tracker.elsewhere].flatMap((t) => trackedEntries(t, rate)),
    ...tracker.pending.flatMap(pendingEntries),
  ];
};

const contextOf = (sonarr: SonarrModel, query: Query): QueueContext => ({
  store: sonarr.store,
  now: sonarr.timeline.now(),
  indexer: sonarr.indexer.name,
  series: query.flag('includeSeries'),
  episode: query.flag('includeEpisode'),
});

/** Pages of 10 unless asked otherwise, falling by time left; unknown ones only when asked for. */
const paged = ({ sonarr, query }: Call): StandInAnswer => {
  const page = query.paging('page') ?? 1;
  const pageSize = query.paging('pageSize') ?? 10;
  const wanted = query.text('sortKey');
  const sortKey = SORT_KEYS.find((k) => k.toLowerCase() === wanted?.toLowerCase()) ?? 'timeleft';
  const ascending = query.text('sortDirection')?.toLowerCase() === 'ascending';
  const all = sorted(filtered(entries(sonarr), query), ascending);
  const shown = pageOf(all, page, pageSize);
  const context = contextOf(sonarr, query);
  return ok({
    page: shown.page,
    pageSize,
    sortKey,
    sortDirection: ascending ? 'ascending' : 'descending',
    totalRecords: all.length,
    records: shown.entries.map((e) => e.resource(context, 'queue')),
  });
};

/** A page past the end is the last full one again (`queue_page99`). */
const pageOf = (all: readonly QueueEntry[], page: number, pageSize: number) => {
  const at = (p: number): readonly QueueEntry[] => {
    const from = Math.max(0, (p - 1) * pageSize);
    return all.slice(from, from + pageSize);
  };
  if (page <= 1 || at(page).length > 0 || pageSize <= 0) return { page, entries: pageSize <= 0 ? [] : at(page) };
  const last = Math.max(1, Math.floor(all.length / pageSize));
  return { page: last, entries: at(last) };
};

const filtered = (all: readonly QueueEntry[], query: Query): QueueEntry[] => {
  const unknown = query.flag('includeUnknownSeriesItems');
  const series = query.ints('seriesIds');
  const status = query.texts('status').map((s) => s.toLowerCase());
  return all.filter(
    (e) =>
      (e.row !== null || unknown) &&
      (series.length === 0 || (e.row !== null && series.includes(e.row.base.seriesId))) &&
      (status.length === 0 || status.includes(e.status.toLowerCase())),
  );
};

const sorted = (all: readonly QueueEntry[], ascending: boolean): QueueEntry[] =>
  [...all].sort((a, b) => ((a.timeLeft ?? -1) - (b.timeLeft ?? -1)) * (ascending ? 1 : -1));

/** Flat; a series goes before episodes; unknown or repeated episode ids do no harm. Held-back items are not found by episode. */
const details = ({ sonarr, query }: Call): StandInAnswer => {
  const seriesId = query.int('seriesId');
  const ids = query.ints('episodeIds');
  const shown = entries(sonarr).filter((e) => {
    if (seriesId !== undefined) return e.row?.base.seriesId === seriesId;
    return ids.length === 0 || (!e.pending && e.row !== null && ids.includes(e.row.base.id));
  });
  const context = contextOf(sonarr, query);
  return ok(shown.map((e) => e.resource(context, 'details')));
};

const counts = (sonarr: SonarrModel) => {
  const all = entries(sonarr);
  const unknown = all.filter((e) => e.row === null).length;
  const stuck = sonarr.tracker.visible.filter((t) => t.stuck !== undefined);
  return {
    totalCount: all.length,
    count: all.length - unknown,
    unknownCount: unknown,
    errors: stuck.some((t) => t.stuck?.as === 'failed'),
    warnings: stuck.some((t) => t.stuck?.as === 'blocked'),
    unknownErrors: false,
    unknownWarnings: false,
  };
};
