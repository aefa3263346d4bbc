import type {
  EpisodeDownload,
  Lookup,
  LookupEpisode,
  LookupSeries,
  MatchedPlay,
  OpenWant,
  Plan,
  PlanItem,
  PlanningSettings,
  Play,
  SearchAttempt,
  Series,
} from '../../../src/core/contracts/index.js';
import { planInSteps, type PlanAndWants } from '../../../src/core/planning/index.js';
import { DAY, HOUR, MINUTE, toInstant } from '../../../src/core/time.js';

/** The clock of all planning tests. */
export const NOW = Date.parse('2026-11-22T12:00:00.000Z');

const UNIT: Record<string, number> = { m: MINUTE, h: HOUR, d: DAY };

/** `-2h`, `+10m`, `-6.9d`: relative to now. */
export const when = (text: string): number => NOW + Number(text.slice(0, -1)) * (UNIT[text.slice(-1)] ?? NaN);

export const SETTINGS: PlanningSettings = {
  episodesToCheck: 3,
  checkOverflow: 0,
  execFrequency: 60,
  skipSpecials: true,
  rules: [],
  sharedViewers: [],
  searchesPerRun: 100,
  searchesPerDay: 1000,
};

export const download = (state: EpisodeDownload['state'], more: Partial<EpisodeDownload> = {}): EpisodeDownload => ({
  state,
  downloadId: 'SABnzbd_nzo_1',
  protocol: 'usenet',
  client: 'SABnzbd',
  indexer: 'Indexer',
  title: 'A.Release',
  size: 2_000_000_000,
  sizeLeft: 1_000_000_000,
  timeLeft: 720,
  grabbedAt: null,
  messages: [],
  ...more,
});

/** ✓ on disk · missing and aired ⌛ unaired ↓ on its way ✗ import blocked ? no air date. */
const MARKS: Record<string, (file: number, order: number) => Partial<LookupEpisode>> = {
  '✓': (file) => ({ hasFile: true, fileId: file }),
  '·': () => ({}),
  '⌛': (_file, order) => ({ airDateUtc: toInstant(NOW + (7 + order) * DAY) }),
  '↓': (file) => ({ download: download('downloading', { downloadId: `SABnzbd_nzo_${file}` }) }),
  '✗': () => ({ download: download('blocked', { messages: ['Not an upgrade'] }) }),
  '?': () => ({ airDate: null, airDateUtc: null }),
};

let ids = 1000;

export interface Show extends LookupSeries {
  readonly plays: MatchedPlay[];
}

interface ShowOptions extends Partial<Pick<LookupSeries, 'tagLabels' | 'excluded'>> {
  readonly series?: Partial<Series>;
  /** By label: what else is true of an episode. */
  readonly but?: Readonly<Record<string, Partial<LookupEpisode>>>;
}

const day = (instant: string | null): string | null => instant?.slice(0, 10) ?? null;

/**
 * A series in the notation of the cases, in the order of airing, a week apart: `E1✓ E2· S2E1⌛`.
 * `E2+E3✓` share a file, `E1-5·` are five; no season is season 1.
 */
export function show(title: string, text: string, { series = {}, but = {}, ...rest }: ShowOptions = {}): Show {
  const seriesId = (ids += 1000);
  const episodes: LookupEpisode[] = [];
  for (const token of text.split(' ').filter(Boolean)) {
    const [, season = '1', numbers = '', mark = ''] = /^(?:S(\d+))?E([\d+E-]+)(.)$/.exec(token) ?? [];
    const [from = 0, to = from] = numbers.split(/\+E|-/).map(Number);
    const file = seriesId + 500 + episodes.length;
    for (let episode = from; episode <= to; episode += 1) {
      const order = episodes.length;
      const airDateUtc = toInstant(Date.parse('2015-01-01T20:00:00Z') + order * 7 * DAY);
      const label = season === '1' ? `E${episode}` : `S${season}E${episode}`;
      const facts = {
        airDateUtc,
        ...MARKS[mark]?.(numbers.includes('-') ? file + order : file, order),
        ...but[label],
      };
      episodes.push({
        id: seriesId + order,
        seriesId,
        tvdbId: null,
        season: Number(season),
        episode,
        title: label,
        airDate: day(facts.airDateUtc),
        runtime: null,
        absolute: null,
        sceneSeason: null,
        sceneEpisode: null,
        sceneAbsolute: null,
        monitored: true,
        hasFile: false,
        fileId: null,
        fresh: true,
        download: null,
        grabFailedAt: null,
        ...facts,
      });
    }
  }
  return {
    series: {
      id: seriesId,
      title,
      alternateTitles: [],
      year: 2015,
      tvdbId: seriesId,
      tmdbId: null,
      imdbId: null,
      type: 'standard',
      status: 'continuing',
      monitored: true,
      runtime: 45,
      tags: [],
      path: '/tv',
      titleSlug: title,
      ...series,
    },
    tagLabels: [],
    excluded: null,
    episodes,
    plays: [],
    ...rest,
  };
}

export const labelOf = ({ season, episode }: { season: number; episode: number }): string =>
  season === 1 ? `E${episode}` : `S${season}E${episode}`;

/** The episode that a label names. */
export function episodeIn(of: Show, label: string): LookupEpisode {
  const found = of.episodes.find((episode) => labelOf(episode) === label);
  if (!found) throw new Error(`no ${label} in ${of.series.title}`);
  return found;
}

let playIds = 0;

/** One play that was watched to its end, unless `more` says otherwise. */
export function played(of: Show, viewer: string, label: string, at: string, more: Partial<Play> = {}): Show {
  const startedAt = toInstant(when(at));
  const { id, season, episode } = episodeIn(of, label);
  const play: Play = {
    id: (playIds += 1),
    viewer: { id: `id of ${viewer}`, name: viewer },
    library: { id: '2', name: 'TV' },
    show: { title: of.series.title, year: 2015, key: '1', ids: { tvdb: null, tmdb: null, imdb: null }, metadata: true },
    season,
    episode,
    title: label,
    airDate: null,
    episodeIds: { tvdb: null, tmdb: null, imdb: null },
    startedAt,
    stoppedAt: startedAt,
    progress: 100,
    watched: true,
    playing: false,
    active: true,
    ...more,
  };
  of.plays.push({ play, episodeId: id, matchedBy: 'number' });
  return of;
}

/** Plays one hour apart, the last one at `last`. */
export function playedAll(of: Show, viewer: string, labels: string, last: string, more: Partial<Play> = {}): Show {
  const all = labels.split(' ');
  all.forEach((label, i) => {
    const minutes = (when(last) - NOW) / MINUTE - (all.length - 1 - i) * 60;
    played(of, viewer, label, `${minutes}m`, more);
  });
  return of;
}

export interface Remembering {
  readonly attempts?: readonly SearchAttempt[];
  readonly wants?: readonly OpenWant[];
  readonly searchesToday?: number;
}

export function lookup(
  shows: readonly LookupSeries[],
  remembered: Remembering = {},
  more: Partial<Lookup> = {},
): Lookup {
  return {
    run: {
      id: 'run',
      startedAt: toInstant(NOW),
      dryRun: false,
      requests: { tautulli: 0, sonarr: 0, sabnzbd: 0 },
    },
    at: toInstant(NOW),
    sonarr: { id: 's', name: 'Sonarr', url: 'http://sonarr' },
    sabnzbd: null,
    searchCache: 48,
    unitsRead: 24,
    series: shows,
    unmatched: [],
    filtered: { viewers: 0, libraries: 0, progress: 0 },
    remembered: { attempts: [], wants: [], searchesToday: 0, ...remembered },
    notes: [],
    errors: [],
    ...more,
  };
}

/** The whole plan at once. */
export function planEpisodes(looked: Lookup, settings: PlanningSettings, now: number): PlanAndWants {
  const steps = planInSteps(looked, settings, now);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** The plan of some shows with the settings of the cases, but for those given. */
export const plan = (
  shows: readonly LookupSeries[],
  settings: Partial<PlanningSettings> = {},
  remembered: Remembering = {},
): PlanAndWants => planEpisodes(lookup(shows, remembered), { ...SETTINGS, ...settings }, NOW);

const several = (of: Plan): boolean => new Set(of.items.map((item) => item.series.sonarrId)).size > 1;

const named = (of: Plan, items: readonly PlanItem[]): string =>
  items.map((item) => (several(of) ? `${item.series.title}:${labelOf(item)}` : labelOf(item))).join(' ');

/** Labels of what is searched, in order; with the show's title when there are several. */
export const searched = ({ plan: of }: PlanAndWants): string =>
  named(
    of,
    of.items.filter((item) => item.action === 'search'),
  );

/** Label and reason of every item that is not searched, in order. */
export const others = ({ plan: of }: PlanAndWants): string =>
  of.items
    .filter((item) => item.action !== 'search')
    .map((item) => `${labelOf(item)} ${item.reason.code}`)
    .join(', ');

export function itemOf({ plan: of }: PlanAndWants, label: string): PlanItem {
  const found = of.items.find((item) => labelOf(item) === label);
  if (!found) throw new Error(`no item ${label}`);
  return found;
}

/** Minutes from now until an item is needed. */
export const neededIn = (item: PlanItem): number | null =>
  item.neededBy === null ? null : (Date.parse(item.neededBy) - NOW) / MINUTE;

/** Labels of the open wants. */
export const wanted = ({ wants }: PlanAndWants, of: Show): string =>
  wants
    .map((want) => of.episodes.find((e) => e.id === want.episodeId))
    .map((episode) => (episode ? labelOf(episode) : 'unknown'))
    .sort()
    .join(' ');

export const attempt = (of: Show, label: string, at: string, more: Partial<SearchAttempt> = {}): SearchAttempt => ({
  episodeId: episodeIn(of, label).id,
  at: toInstant(when(at)),
  outcome: 'nothing',
  failures: 0,
  ...more,
});

export const want = (of: Show, viewer: string, label: string, at: string): OpenWant => ({
  seriesId: of.series.id,
  episodeId: episodeIn(of, label).id,
  viewer: { id: `id of ${viewer}`, name: viewer },
  playedAt: toInstant(when(at)),
  openedAt: toInstant(when(at)),
});

/** As if this episode had not been read in this run. */
export const withStale = (of: Show, label: string): Show => ({
  ...of,
  episodes: of.episodes.map((e) => (labelOf(e) === label ? { ...e, fresh: false } : e)),
});
