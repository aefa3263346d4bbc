import { mergeIds, idsFromGuid } from '../../clients/tautulli/guids.js';
import type { HistoryPage, HistoryRow } from '../../clients/tautulli/types.js';
import type {
  Day,
  FilteredPlays,
  HistorySettings,
  Play,
  PlayedShow,
  PlayFilters,
  RunError,
  Viewer,
} from '../../core/contracts/index.js';
import {
  factsOf,
  gotFarEnough,
  isActive,
  isAllowed,
  isRunning,
  joinRows,
  settled,
  type Viewing,
  type ViewingFacts,
} from '../../core/plays/index.js';
import { DAY, toInstant, toMs } from '../../core/time.js';
import type { KnownShow } from '../../state/entries.js';
import { inSlices } from '../../state/slices.js';
import type { TautulliDeps } from '../scope.js';
import { isOtherShow, readShows, type SeenShow } from './shows.js';
import { HistoryWork } from './work.js';

export interface ReadHistory {
  /** In the order of time. */
  readonly plays: readonly Play[];
  /** Active ones only. */
  readonly filtered: FilteredPlays;
  /** What they were filtered by: open wants are planned for the same people and libraries. */
  readonly filters: PlayFilters;
  readonly notes: readonly string[];
  readonly errors: readonly RunError[];
}

/** Rows that are read at most: about 6 MB. */
const ROWS = 5000;

/**
 * Reads what was played within the remembered days, one request when all shows are known.
 * @throws ServiceError when the history cannot be read
 */
export const readHistory = async (settings: HistorySettings, deps: TautulliDeps): Promise<ReadHistory> => {
  const { client, state } = deps;
  await state.load();
  const work = new HistoryWork(settings, deps);
  const { filters } = work;
  await work.remember('what is still needed', () => state.prune());
  const [rows] = await Promise.all([
    readRows(work),
    work.checkVersion('tautulli', state.session, () => client.version()),
  ]);
  const filtered: Tally = { viewers: 0, libraries: 0, progress: 0 };
  const counted = await countViewings(work, rows, filtered);
  const shows = await readShows(work, showsOf(counted));
  const plays = counted.flatMap((one): Play[] => {
    const play = playIn(shows, one);
    if (isAllowed(play.library, filters.libraries)) return [play];
    if (play.active) filtered.libraries += 1;
    return [];
  });
  return { plays, filtered, filters, notes: work.notes, errors: work.errors };
};

const dayOf = (ms: number): Day => toInstant(ms).slice(0, 10);

/** Tautulli goes by days of its own time zone: the window is a day wider and cut to the second here. */
const readRows = async (work: HistoryWork): Promise<readonly HistoryRow[]> => {
  const { rememberedDays, daysToCheck, includePlaying } = work.settings;
  const days = Math.max(rememberedDays, daysToCheck);
  const from = work.now - days * DAY;
  const page = await work.deps.client.history({
    after: dayOf(from - DAY),
    length: ROWS,
    includeActivity: includePlaying,
  });
  noteLimits(work, page, days);
  return page.rows.filter((row) => isRunning(row) || toMs(row.startedAt) >= from);
};

const noteLimits = (work: HistoryWork, { total, unread }: HistoryPage, days: number): void => {
  work.unread(unread, "the rows of Tautulli's history");
  if (total <= ROWS) return;
  const all = total.toLocaleString('en');
  work.note(
    `Tautulli has ${all} plays from the last ${days} days; only the newest ${ROWS.toLocaleString('en')} were read.`,
  );
};

type Tally = { -readonly [K in keyof FilteredPlays]: FilteredPlays[K] };

/** A viewing that counts as a play. */
interface Counted {
  readonly id: number;
  readonly viewer: Viewer;
  /** Its last row: what Tautulli knows best. */
  readonly row: HistoryRow;
  readonly facts: ViewingFacts;
  readonly active: boolean;
}

/** From rows to what counts, without what the user filters out; counts that in `filtered`. */
const countViewings = async (
  work: HistoryWork,
  rows: readonly HistoryRow[],
  filtered: Tally,
): Promise<readonly Counted[]> => {
  const viewers = viewersOf(rows);
  const idOf = numbering(rows);
  const counted: Counted[] = [];
  await inSlices(joinRows(rows), (viewing) => {
    const { userId } = viewing.rows[0];
    const one = countViewing(work, viewing, viewers.get(userId) ?? { id: userId, name: '' });
    if (typeof one === 'object') counted.push({ ...one, id: idOf(viewing) });
    else if (isActive(factsOf(viewing, toInstant(work.now)), work.settings.daysToCheck, work.now)) filtered[one] += 1;
  });
  return counted;
};

/** A viewing as it counts, or what it is filtered out for. */
const countViewing = (
  { settings, filters, now }: HistoryWork,
  viewing: Viewing<HistoryRow>,
  viewer: Viewer,
): Omit<Counted, 'id'> | 'viewers' | 'progress' => {
  const { daysToCheck } = settings;
  if (!isAllowed(viewer, filters.viewers)) return 'viewers';
  const counting = settled(viewing, now);
  if (counting === null) return 'progress';
  const facts = factsOf(counting, toInstant(now));
  if (!gotFarEnough(facts, settings)) return 'progress';
  return { viewer, row: counting.rows.at(-1) ?? counting.rows[0], facts, active: isActive(facts, daysToCheck, now) };
};

/** One name per viewer, that of the newest row: old rows of a deleted account may hold an old one. */
const viewersOf = (rows: readonly HistoryRow[]): ReadonlyMap<string, Viewer> => {
  const newest = new Map<string, HistoryRow>();
  for (const row of rows) {
    const other = newest.get(row.userId);
    if (other === undefined || toMs(row.startedAt) > toMs(other.startedAt)) newest.set(row.userId, row);
  }
  return new Map([...newest].map(([id, { userName }]) => [id, { id, name: userName }]));
};

/** Tautulli's row ids; running sessions have none and are later than all others. */
const numbering = (rows: readonly HistoryRow[]): ((viewing: Viewing<HistoryRow>) => number) => {
  let next = rows.reduce((highest, { id }) => Math.max(highest, id ?? 0), 0);
  return ({ rows: own }) => {
    if (!own.some(isRunning)) return Math.max(...own.map(({ id }) => id ?? 0));
    next += 1;
    return next;
  };
};

const showsOf = (counted: readonly Counted[]): ReadonlyMap<string, SeenShow> => {
  const shows = new Map<string, SeenShow & { readonly at: number }>();
  for (const { row, active } of counted) {
    if (row.showKey === null) continue;
    const other = shows.get(row.showKey);
    const at = toMs(row.startedAt);
    const newest = other === undefined || at >= other.at ? { title: row.showTitle, at } : other;
    shows.set(row.showKey, { ...newest, active: active || other?.active === true });
  }
  return shows;
};

/** Without metadata (deleted from Plex, Plex down) the row's title is all there is, and the ids that an old agent's guid holds. */
const showOf = (row: HistoryRow, known: KnownShow | undefined): PlayedShow => {
  const ids = idsFromGuid(row.guid);
  if (known === undefined) return { title: row.showTitle, year: null, key: row.showKey, ids, metadata: false };
  return { title: known.title, year: known.year, key: known.key, ids: mergeIds(known.ids, ids), metadata: true };
};

/** Under the key of a row Plex may have another show by now: what is known of the key is not of this play then. */
const playIn = (shows: ReadonlyMap<string, KnownShow>, one: Counted): Play => {
  const known = shows.get(one.row.showKey ?? '');
  if (known === undefined || !isOtherShow(known, one.row.showTitle)) return playOf(one, known);
  return playOf({ ...one, row: { ...one.row, showKey: null } }, undefined);
};

const playOf = ({ id, viewer, row, facts, active }: Counted, known: KnownShow | undefined): Play => {
  const { startedAt, resumedAt, stoppedAt, progress, watched, playing } = facts;
  return {
    id,
    viewer,
    library: { id: known?.libraryId ?? null, name: known?.libraryName ?? null },
    show: showOf(row, known),
    season: row.season,
    episode: row.episode,
    title: row.title,
    airDate: row.airDate,
    episodeIds: { tvdb: null, tmdb: null, imdb: null },
    startedAt,
    ...(resumedAt === startedAt ? {} : { resumedAt }),
    stoppedAt,
    progress,
    watched,
    playing,
    active,
  };
};
