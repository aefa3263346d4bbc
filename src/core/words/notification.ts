import { episodeLabel, two } from '../labels.js';
import { groupsOf } from '../groups.js';
import { humanSize } from './measures.js';
import type { GrabNews, News, ProblemNews, UnmatchedNews } from './news.js';

/** Episodes of a season that are on their way for the same people. All fields are texts for people. */
export interface GrabbedLine {
  /** `Harbour Lights S02E06, S02E07 for Ann (2.1 GB)`. */
  readonly text: string;
  readonly series: string;
  /** `S02E06, S02E07`; three and more in a row are `S02E06–E09`. */
  readonly episodes: string;
  /** `Ann and Bob`. */
  readonly viewers: string;
  /** Of their jobs together, e.g. `2.1 GB`; "" when it is not known of all. */
  readonly size: string;
}

/** Episodes of a season with which the same is wrong. */
export interface ProblemLine {
  /** `Harbour Lights S02E08: No files found are eligible for import`. */
  readonly text: string;
  readonly series: string;
  readonly episodes: string;
  readonly viewers: string;
  /** What is wrong, in the words of the server where it said something. */
  readonly problem: string;
}

/** A show whose plays could not be placed. */
export interface UnmatchedLine {
  /** `Night Shift (Ann): Sonarr has no series for …`. */
  readonly text: string;
  readonly show: string;
  readonly viewers: string;
  readonly reason: string;
}

/** What the templates of a notification can use. Lists that are empty or not told are left out by their sections. */
export interface NotificationView {
  readonly grabbed: readonly GrabbedLine[];
  readonly problems: readonly ProblemLine[];
  readonly unmatched: readonly UnmatchedLine[];
  /** For what stands once above or below a list: `{{#has.grabbed}}…{{/has.grabbed}}`. */
  readonly has: { readonly grabbed: boolean; readonly problems: boolean; readonly unmatched: boolean };
  /** How many episodes are on their way. */
  readonly episodes: number;
  /** Of all jobs together, each counted once, when there are several lines; else "". */
  readonly total: string;
}

export const DEFAULT_SUBJECT = [
  '{{#has.grabbed}}Next episodes are on their way{{/has.grabbed}}',
  '{{^has.grabbed}}{{#has.problems}}Some episodes need attention{{/has.problems}}',
  '{{^has.problems}}Shows that Sonarr does not know{{/has.problems}}{{/has.grabbed}}',
].join('');

export const DEFAULT_BODY = `{{#has.grabbed}}
On their way:
{{#grabbed}}
- {{text}}
{{/grabbed}}
{{#total}}
{{total}} in total.
{{/total}}

{{/has.grabbed}}
{{#has.problems}}
Need attention:
{{#problems}}
- {{text}}
{{/problems}}

{{/has.problems}}
{{#has.unmatched}}
Watched, but not found in Sonarr:
{{#unmatched}}
- {{text}}
{{/unmatched}}
{{/has.unmatched}}`;

/** `Ann`, `Ann and Bob`, `Ann, Bob and Cleo`. */
export const peopleText = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** `S02E06, S02E07`; three and more in a row as `S02E06–E09`. */
export function episodesText(season: number, episodes: readonly number[]): string {
  const runs: { readonly first: number; last: number }[] = [];
  for (const episode of [...new Set(episodes)].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.last === episode - 1) run.last = episode;
    else runs.push({ first: episode, last: episode });
  }
  const label = (episode: number): string => episodeLabel(season, episode);
  return runs
    .map(({ first, last }) => {
      if (first === last) return label(first);
      return first + 1 === last ? `${label(first)}, ${label(last)}` : `${label(first)}–E${two(last)}`;
    })
    .join(', ');
}

/** Bytes of jobs; null when it is not known of all. */
const sizeOf = (grabs: readonly GrabNews[]): number | null =>
  grabs.reduce<number | null>((sum, { size }) => (sum === null || size === null ? null : sum + size), 0);

const sizeText = (bytes: number | null): string => (bytes === null || bytes === 0 ? '' : humanSize(bytes));
const forPeople = (viewers: string): string => (viewers === '' ? '' : ` for ${viewers}`);

const grabbedLine = (grabs: readonly [GrabNews, ...GrabNews[]]): GrabbedLine => {
  const [{ series, season, viewers: names }] = grabs;
  const episodes = episodesText(
    season,
    grabs.flatMap((grab) => grab.episodes),
  );
  const viewers = peopleText(names);
  const size = sizeText(sizeOf(grabs));
  const text = `${series} ${episodes}${forPeople(viewers)}${size === '' ? '' : ` (${size})`}`;
  return { text, series, episodes, viewers, size };
};

const problemLine = (problems: readonly [ProblemNews, ...ProblemNews[]]): ProblemLine => {
  const [{ series, season, text: problem }] = problems;
  const episodes = episodesText(
    season,
    problems.map(({ episode }) => episode),
  );
  const viewers = peopleText([...new Set(problems.flatMap((one) => one.viewers))]);
  return { text: `${series} ${episodes}: ${problem}`, series, episodes, viewers, problem };
};

const unmatchedLine = ({ show, viewers: names, text: reason }: UnmatchedNews): UnmatchedLine => {
  const viewers = peopleText(names);
  return { text: `${show}${viewers === '' ? '' : ` (${viewers})`}: ${reason}`, show, viewers, reason };
};

/** News in the words of a household: what belongs together in one line, sizes in human units. */
export function notificationView({ grabbed, problems, unmatched }: News): NotificationView {
  const same = (...parts: readonly unknown[]): string => JSON.stringify(parts);
  const grabs = groupsOf(grabbed, ({ series, season, viewers }) => same(series, season, viewers));
  const lines = [...grabs.values()].map(grabbedLine);
  const alike = groupsOf(problems, ({ series, season, text }) => same(series, season, text));
  return {
    grabbed: lines,
    problems: [...alike.values()].map(problemLine),
    unmatched: unmatched.map(unmatchedLine),
    has: { grabbed: grabbed.length > 0, problems: problems.length > 0, unmatched: unmatched.length > 0 },
    episodes: grabbed.reduce((count, { episodes }) => count + episodes.length, 0),
    total: lines.length > 1 ? sizeText(sizeOf(grabbed)) : '',
  };
}
