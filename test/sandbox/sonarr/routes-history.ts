import type { StandInAnswer } from '../http/types.js';
import { failure, ok } from './answers.js';
import { episodeResource } from './episode-resource.js';
import { EVENT_NAMES, historyResource, type HistoryRecord } from './history.js';
import type { SonarrModel } from './model.js';
import { refuse, type Query } from './query.js';
import type { Call, Route } from './routes.js';
import { embeddedSeries } from './series-resource.js';

export const historyRoutes: readonly Route[] = [
  { method: 'GET', path: '/history', answer: (call) => paged(call) },
  { method: 'GET', path: '/history/since', answer: (call) => since(call) },
  { method: 'GET', path: '/history/series', answer: (call) => ofSeries(call) },
];

/** Newest first; events by number only, several allowed (`history_event_string`, `history_event_multi`). Past the end is empty. */
const paged = ({ sonarr, query }: Call): StandInAnswer => {
  const page = query.paging('page') ?? 1;
  const pageSize = query.paging('pageSize') ?? 10;
  const events = query.ints('eventType');
  const episodeId = query.int('episodeId');
  const downloadId = query.text('downloadId');
  const series = query.ints('seriesIds');
  const all = sonarr.history.records
    .filter(
      (r) =>
        (events.length === 0 || events.includes(r.event)) &&
        (episodeId === undefined || r.episodeId === episodeId) &&
        (downloadId === undefined || r.downloadId === downloadId) &&
        (series.length === 0 || series.includes(r.seriesId)),
    )
    .reverse();
  const from = Math.max(0, (page - 1) * pageSize);
  return ok({
    page,
    pageSize,
    sortKey: 'date',
    sortDirection: 'descending',
    totalRecords: all.length,
    records: all.slice(from, from + Math.max(0, pageSize)).map((r) => withExtras(sonarr, query, r)),
  });
};

/** Oldest first; without a date all there is (`history_since_nodate`). Here an event may go by its name. */
const since = ({ sonarr, query }: Call): StandInAnswer => {
  const date = query.date('date') ?? Number.NEGATIVE_INFINITY;
  const event = eventOf(query);
  const found = sonarr.history.records.filter((r) => r.date >= date && (event === undefined || r.event === event));
  return ok(found.map((r) => withExtras(sonarr, query, r)));
};

/** Newest first; a series that is not there, or none given, is refused (`history_series_none`). */
const ofSeries = ({ sonarr, query }: Call): StandInAnswer => {
  const id = query.int('seriesId') ?? 0;
  if (sonarr.store.find(id) === undefined) return failure(404, `Series with ID ${id} does not exist`);
  const season = query.int('seasonNumber');
  const event = eventOf(query);
  const found = sonarr.history.records
    .filter(
      (r) =>
        r.seriesId === id &&
        (event === undefined || r.event === event) &&
        (season === undefined || sonarr.store.episode(r.episodeId)?.base.season === season),
    )
    .reverse();
  // no episodes inside here, even when asked for (`history_series_include`)
  return ok(found.map((r) => withExtras(sonarr, query, r, false)));
};

const eventOf = (query: Query): number | undefined => {
  const text = query.text('eventType');
  if (text === undefined) return undefined;
  const named = Object.entries(EVENT_NAMES).find(
    ([n, name]) => n === text || name.toLowerCase() === text.toLowerCase(),
  );
  return named === undefined ? refuse('eventType', text) : Number(named[0]);
};

const withExtras = ({ store }: SonarrModel, query: Query, record: HistoryRecord, episodes = true) => {
  const row = episodes && query.flag('includeEpisode') ? store.episode(record.episodeId) : undefined;
  const series = query.flag('includeSeries') ? store.find(record.seriesId) : undefined;
  return {
    ...historyResource(record),
    episode: row === undefined ? undefined : episodeResource(store, row),
    series: series === undefined ? undefined : embeddedSeries(store, series),
    id: record.id,
  };
};
