import { cleanTitles } from '../../core/matching/clean-title.js';
import type { KnownSeries } from '../../state/series-index.js';
import { isSeriesOf } from './shows.js';
import type { LookupWork } from './work.js';

/** Reads the series index and the tags anew. Without the tags, rules and exclusions by tag could fail to hold: they must answer too. */
export const renewIndex = async (work: LookupWork): Promise<KnownSeries> => {
  const { client, state, log, now } = work.deps;
  const before = state.index.current;
  const from = performance.now();
  const [{ rows: series, unread }, tags] = await Promise.all([client.series(), client.tags()]);
  log.debug('series-read', `Read ${series.length} series of Sonarr in ${Math.round(performance.now() - from)} ms.`);
  work.unread(unread, "Sonarr's series");
  await work.remember('the series index', () => state.index.put({ series, tags, readAt: now() }));
  const known = state.index.current;
  if (known === null) throw new Error('the series index was not kept');
  for (const id of otherSeries(before, known)) work.renumbered.add(id);
  await forgetGone(work, known);
  return known;
};

/** Ids that are another series now: Sonarr was rebuilt. Of one series TheTVDB merges duplicates, and the title stays. */
const otherSeries = (before: KnownSeries | null, { byId }: KnownSeries): readonly number[] =>
  (before?.series ?? []).flatMap(({ id, tvdbId, title }) => {
    const now = byId.get(id);
    if (now === undefined || now.tvdbId === null || tvdbId === null || now.tvdbId === tvdbId) return [];
    return cleanTitles(now.title).some((one) => cleanTitles(title).includes(one)) ? [] : [id];
  });

/** What was remembered about series that Sonarr no longer has, or has with another id. */
const forgetGone = async (work: LookupWork, { byId }: KnownSeries): Promise<void> => {
  const { state } = work.deps;
  const isOlder = (id: number): boolean => !work.isOfThisRun(state.lists.get(id)?.readAt ?? work.now);
  state.lists.keepOnly((id) => byId.has(id) && !(work.renumbered.has(id) && isOlder(id)));
  const gone = state.matches.all().filter((match) => !isSeriesOf(match, byId.get(match.seriesId)));
  await work.remember('which shows are which series', () =>
    state.matches.remove(...gone.map((match) => match.showKey)),
  );
};

/** The series index, read anew when its cache time is over. */
export const currentIndex = async (work: LookupWork): Promise<KnownSeries> => {
  const known = work.deps.state.index.current;
  return known !== null && work.isCurrent(known.readAt) ? known : renewIndex(work);
};
