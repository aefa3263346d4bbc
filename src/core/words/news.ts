import type { EarlierItem, Instant, Plan, PlanItem, Tell, UnmatchedPlay } from '../contracts/index.js';
import { episodeLabel } from '../labels.js';
import { groupsOf } from '../groups.js';

/** A job that is on its way for us. */
export interface GrabNews {
  /** `grab:<download id>`. */
  readonly id: string;
  readonly series: string;
  readonly season: number;
  readonly episodes: readonly number[];
  readonly viewers: readonly string[];
  /** Bytes of the job; 0 where it is counted with another season of the same job, null when unknown. */
  readonly size: number | null;
  readonly at: Instant;
}

/** An episode that somebody has to look at. */
export interface ProblemNews {
  /** `problem:<code>:<episode id>`, and the download id where there is one. */
  readonly id: string;
  readonly series: string;
  readonly season: number;
  readonly episode: number;
  readonly viewers: readonly string[];
  readonly text: string;
}

/** A show that Sonarr does not have, or not in this way. */
export interface UnmatchedNews {
  /** `unmatched:<show key>`. */
  readonly id: string;
  readonly show: string;
  readonly viewers: readonly string[];
  readonly text: string;
}

export interface News {
  readonly grabbed: readonly GrabNews[];
  readonly problems: readonly ProblemNews[];
  readonly unmatched: readonly UnmatchedNews[];
}

export interface Heard {
  readonly tell: readonly Tell[];
  /** Whether that was told before. */
  readonly isTold: (id: string) => boolean;
  /** Whether Sonarr was asked by us to search for that episode in an earlier run. */
  readonly wasAsked: (episodeId: number) => boolean;
}

const namesOf = (items: readonly Pick<PlanItem, 'viewers'>[]): readonly string[] => [
  ...new Set(items.flatMap((item) => item.viewers.map((viewer) => viewer.name))),
];

const ON_ITS_WAY: ReadonlySet<string> = new Set(['downloading', 'queued', 'grabbed']);

/** An item of this plan, or what an earlier run did. */
type Doing = Omit<EarlierItem, 'result' | 'at'> & Pick<PlanItem, 'result' | 'download'>;

/** Grabbed by us, or by Sonarr since we asked it to search. */
const isGrab = (item: Doing, { wasAsked }: Heard): boolean => {
  if (item.result !== null) return item.result.code === 'grabbed';
  const { download } = item;
  return (
    download !== null && download.downloadId !== null && ON_ITS_WAY.has(download.state) && wasAsked(item.episodeId)
  );
};

const jobOf = (item: Doing): string => {
  const id = item.downloadId ?? item.download?.downloadId ?? null;
  return `grab:${id ?? `${item.episodeId} ${item.release?.title ?? ''}`}`;
};

const bySeason = (items: readonly Doing[]): readonly Doing[] => [...items].sort((a, b) => a.season - b.season);

/** One job; of one that holds several seasons one piece of news per season, with the size in the first, whatever the order of the items. */
const grabsOf = ([id, items]: readonly [string, readonly Doing[]], at: Instant): readonly GrabNews[] =>
  [...groupsOf(bySeason(items), (item) => String(item.season)).values()].map((own, i) => ({
    id: i === 0 ? id : `${id} season ${own[0].season}`,
    series: own[0].series.title,
    season: own[0].season,
    episodes: [...new Set(own.map((item) => item.episode))].sort((a, b) => a - b),
    viewers: namesOf(own),
    size: i === 0 ? (own[0].release?.size ?? own[0].download?.size ?? null) : 0,
    at,
  }));

/** What is wrong with an item, in words; null when nothing is. */
const problemOf = (item: PlanItem): { readonly code: string; readonly text: string } | null => {
  if (item.error !== null) return { code: item.error.code, text: item.error.message };
  if (item.result?.code === 'failed') return { code: 'failed', text: item.result.text };
  const { code, text } = item.reason;
  return code === 'failed' || code === 'blocked' ? { code, text } : null;
};

const problemsOf = (item: PlanItem): readonly ProblemNews[] => {
  const problem = problemOf(item);
  if (problem === null) return [];
  const { series, season, episode, episodeId, download } = item;
  const job = download?.downloadId ? `:${download.downloadId}` : '';
  return [
    {
      id: `problem:${problem.code}:${episodeId}${job}`,
      series: series.title,
      season,
      episode,
      viewers: namesOf([item]),
      text: withoutName(problem.text, `${series.title} ${episodeLabel(season, episode)}`),
    },
  ];
};

/** Some sentences begin with the episode, which the message names itself. */
const withoutName = (text: string, name: string): string =>
  text.startsWith(`${name}: `) ? text.slice(name.length + 2) : text;

/** What could not be looked up is a failure, and a show on the list of shows to ignore is meant to be silent. */
export const isWorthTelling = ({ code }: UnmatchedPlay): boolean => code !== 'ignored' && code !== 'not-looked-up';

const unmatchedOf = (plan: Plan): readonly UnmatchedNews[] => {
  const plays = plan.unmatched.filter(isWorthTelling);
  const shows = groupsOf(plays, ({ play: { show } }) => `unmatched:${show.key ?? show.title}`);
  return [...shows].map(([id, own]) => ({
    id,
    show: own[0].play.show.title,
    viewers: [...new Set(own.map(({ play }) => play.viewer.name))],
    text: own[0].text,
  }));
};

/** What a plan has to tell that was not told before; each job, problem and show once. */
export function newsOf(plan: Plan, heard: Heard, at: Instant): News {
  const told = <T extends { readonly id: string }>(what: Tell, news: readonly T[]): readonly T[] =>
    heard.tell.includes(what) ? news.filter(({ id }) => !heard.isTold(id)) : [];
  const earlier = (plan.earlier ?? []).map((item) => ({ ...item, download: null }));
  const grabs = groupsOf(
    [...plan.items, ...earlier].filter((item) => isGrab(item, heard)),
    jobOf,
  );
  return {
    grabbed: told(
      'grabbed',
      [...grabs].flatMap((job) => grabsOf(job, at)),
    ),
    problems: told('problems', plan.items.flatMap(problemsOf)),
    unmatched: told('unmatched', unmatchedOf(plan)),
  };
}
