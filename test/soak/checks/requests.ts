import { MINUTE } from '../../../src/core/time.js';
import type { EpisodeRow } from '../../sandbox/sonarr/store.js';
import { must } from '../broken.js';
import type { Life } from '../life.js';
import type { Heard, RunRecord } from '../record.js';
import type { CoolDowns } from './cool-downs.js';
import type { Truth } from '../truth.js';

/** Judges each request to a Sonarr by what is so at that moment. */
export class RequestChecks {
  readonly #life: Life;
  readonly #truth: Truth;
  readonly #coolDowns: CoolDowns;
  /** Grabs that were looked at, per Sonarr. */
  readonly #seen: number[] = [];

  constructor(life: Life, truth: Truth, coolDowns: CoolDowns) {
    this.#life = life;
    this.#truth = truth;
    this.#coolDowns = coolDowns;
  }

  check(heard: Heard, run: RunRecord): void {
    must(!heard.responseBody.startsWith('stand-in failed'), 'the sandbox works', () => heard.responseBody);
    if (heard.server !== 'sonarr') return;
    this.#grabs(heard.sonarr, run);
    if (heard.fault !== null && !DONE.has(heard.fault)) return;
    for (const rows of searchedBy(heard)(this.#truth, heard.sonarr)) this.#searched(heard.sonarr, rows, run);
  }

  #grabs(no: number, run: RunRecord): void {
    const { grabs } = this.#truth.sonarr(no).grabber;
    for (const grab of grabs.slice(this.#seen[no] ?? 0)) {
      if (!this.#truth.isOurs(no, grab.downloadId)) continue;
      const name = grab.release.title;
      must(!run.dry, 'a dry run grabs nothing', () => name);
      for (const row of grab.rows) {
        const others = this.#truth.onItsWay(no, row, run.began).filter((id) => id !== grab.downloadId);
        must(others.length === 0, 'no second grab of what is on its way', () => `${name}, beside ${others.join()}`);
      }
      const ours = this.#truth.sonarr(no).grabber.grabs.filter(({ at }) => at >= run.began);
      const twice = ours.filter(
        ({ downloadId, rows }) =>
          downloadId !== grab.downloadId &&
          this.#truth.isOurs(no, downloadId) &&
          rows.some((row) => grab.rows.includes(row)),
      );
      must(twice.length === 0, 'no second grab in one run', () => `${name}, beside ${twice[0]?.release.title}`);
      must(
        grab.rows.length === 0 || grab.rows.some((row) => row.fileId === 0),
        'nothing is grabbed that is on disk',
        () => name,
      );
    }
    this.#seen[no] = grabs.length;
  }

  /** @param rows the episode, or those of the season, that were searched at once */
  #searched(no: number, rows: readonly EpisodeRow[], run: RunRecord): void {
    const truth = this.#truth;
    const { now } = this.#life;
    const names = (): string => rows.map((row) => truth.label(row)).join(', ');
    must(!run.dry, 'a dry run searches nothing', names);
    const missing = rows.filter((row) => row.fileId === 0);
    must(missing.length > 0, 'nothing on disk is searched', names);
    const clock = now + Math.max(0, this.#life.time.ahead) + MINUTE;
    const aired = missing.filter((row) => truth.hasAired(no, row, clock));
    must(aired.length > 0, 'nothing is searched that has not aired', names);
    const open = aired.filter((row) => truth.onItsWay(no, row, run.began).length === 0);
    must(open.length > 0, 'nothing on its way is searched', names);
    const needed = open.filter((row) => truth.isNeeded(no, row, this.#most, (viewer) => isLeftOut(viewer, run)));
    must(needed.length > 0, 'nothing is searched that nobody needs', names);
    const cold = needed.filter((row) => !this.#coolDowns.holds(no, row));
    must(
      cold.length > 0,
      'nothing is searched in its cool-down',
      () => `${names()}: ${this.#coolDowns.tell(no, rows)}`,
    );
  }

  /** Most units of a window: a want that some run opened stays. */
  get #most(): number {
    const { episodesToCheck, checkOverflow } = this.#life.household.settings;
    const over = this.#life.runs.map((run) => Number(run.over.episodesToCheck ?? 0));
    return Math.max(Number(episodesToCheck), ...over) + Number(checkOverflow);
  }
}

/** The work was done, whatever came of the answer. */
const DONE: ReadonlySet<string> = new Set(['reset-after', 'hang-after', 'slow', 'truncated']);

const isLeftOut = (viewer: string, { over }: RunRecord): boolean => {
  const denied = (over.viewersDenied ?? []) as readonly string[];
  const rules = (over.rules ?? []) as readonly { readonly name: string }[];
  return [...denied, ...rules.map(({ name }) => name)].some((name) => name.toLowerCase() === viewer);
};

type Rows = (truth: Truth, no: number) => readonly (readonly EpisodeRow[])[];

/** Which episodes a request searches; each list is one search. */
const searchedBy = ({ method, path, search, requestBody }: Heard): Rows => {
  const one =
    (ids: readonly number[]): Rows =>
    (truth, no) =>
      ids.flatMap((id) => {
        const row = truth.sonarr(no).store.episode(id);
        return row === undefined ? [] : [[row]];
      });
  if (method === 'POST' && path.endsWith('/command'))
    return one((JSON.parse(requestBody) as { episodeIds?: number[] }).episodeIds ?? []);
  if (method !== 'GET' || !path.endsWith('/release')) return () => [];
  const query = new URLSearchParams(search);
  if (query.has('episodeId')) return one([Number(query.get('episodeId'))]);
  const [seriesId, season] = [Number(query.get('seriesId')), Number(query.get('seasonNumber'))];
  return (truth, no) => [
    truth
      .sonarr(no)
      .store.episodes(seriesId)
      .filter(({ base }) => base.season === season),
  ];
};
