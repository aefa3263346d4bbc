import { ServiceError } from '../../clients/http/service-error.js';
import type { ShowMetadata } from '../../clients/tautulli/types.js';
import { cleanTitles } from '../../core/matching/index.js';
import { DAY, toInstant, toMs } from '../../core/time.js';
import type { KnownShow } from '../../state/entries.js';
import { serverLabel } from '../failures.js';
import type { HistoryWork } from './work.js';

/** A show's title, library and ids change rarely: they are read again after this. */
const REFRESH = 7 * DAY;
/** Questions at a time: Tautulli is one process, and asks Plex for each. */
const AT_ONCE = 4;
/** After so many failures the rest is left to the next run. */
const FAILURES = 3;

/** What history says of a rating key. */
export interface SeenShow {
  /** Anything of it is active. */
  readonly active: boolean;
  /** In its newest row. */
  readonly title: string;
}

/**
 * Whether a row with that title is of another show than the known one: after Plex was rebuilt, or Tautulli sent to
 * another Plex, a rating key means another show. Rows are compared with rows: Plex's own title may differ.
 */
export const isOtherShow = ({ rowTitle, formerTitles = [] }: KnownShow, title: string): boolean => {
  if (rowTitle === undefined || rowTitle === title || title === '') return false;
  const forms = [rowTitle, ...formerTitles].flatMap((known) => cleanTitles(known));
  return !cleanTitles(title).some((form) => forms.includes(form));
};

/** Whether a show has to be asked for: it is not known, or another one by now, or it is active and was read long ago. */
const isUnknown = ({ deps: { state }, now }: HistoryWork, key: string, { active, title }: SeenShow): boolean => {
  if (state.absent.get(key) !== undefined) return false;
  const known = state.shows.get(key);
  if (known === undefined || isOtherShow(known, title)) return true;
  return active && Math.abs(now - toMs(known.readAt)) > REFRESH;
};

/** The questions of one run. */
class Questions {
  readonly found: KnownShow[] = [];
  readonly empty: string[] = [];
  readonly #work: HistoryWork;
  readonly #keys: string[];
  #failures = 0;
  #connected: Promise<boolean | null> | undefined;

  constructor(work: HistoryWork, keys: readonly string[]) {
    this.#work = work;
    this.#keys = [...keys];
  }

  async ask(): Promise<void> {
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.#askNext()));
  }

  async #askNext(): Promise<void> {
    for (let key = this.#keys.shift(); key !== undefined; key = this.#keys.shift()) {
      const show = await this.#metadata(key);
      if (show === undefined) continue;
      if (show !== null) this.found.push({ ...show, key, readAt: toInstant(this.#work.now) });
      else if (await this.#plexAnswers()) this.empty.push(key);
      else this.#keys.length = 0;
    }
  }

  /** Undefined when the question failed. */
  async #metadata(key: string): Promise<ShowMetadata | null | undefined> {
    try {
      return await this.#work.deps.client.showMetadata(key);
    } catch (error) {
      this.#work.failed(error);
      this.#failures += 1;
      if (this.#failures >= FAILURES) this.#keys.length = 0;
      return undefined;
    }
  }

  /** Tautulli answers alike for a show that is not there and for a Plex that is down: it is asked which, once. */
  async #plexAnswers(): Promise<boolean> {
    this.#connected ??= this.#askPlex();
    return (await this.#connected) === true;
  }

  async #askPlex(): Promise<boolean | null> {
    const { deps } = this.#work;
    try {
      const connected = await deps.client.plexConnected();
      if (connected === false) this.#work.errors.push(plexDown(this.#work));
      return connected;
    } catch (error) {
      this.#work.failed(error);
      return null;
    }
  }
}

const plexDown = ({ deps: { server } }: HistoryWork) =>
  new ServiceError('plex-unreachable', {
    service: 'tautulli',
    server: serverLabel(server, 'tautulli'),
    operation: 'read the metadata of shows',
    status: null,
    detail: '',
  }).toRunError();

/** One id in common: the key means the same show as before, which may have another title now. */
const isSameShow = (before: KnownShow, { ids }: KnownShow): boolean =>
  (['tvdb', 'tmdb', 'imdb'] as const).some((kind) => ids[kind] !== null && ids[kind] === before.ids[kind]);

/** Renamed so often that nobody knows it by its first title. */
const FORMER_TITLES = 5;

/** With the titles that its rows had before; none when the key means another show now. */
const withFormerTitles = ({ deps: { state } }: HistoryWork, show: KnownShow): KnownShow => {
  const before = state.shows.get(show.key);
  if (before?.rowTitle === undefined || !isSameShow(before, show)) return show;
  const former = new Set([...(before.formerTitles ?? []), before.rowTitle]);
  former.delete(show.rowTitle ?? before.rowTitle);
  return former.size === 0 ? show : { ...show, formerTitles: [...former].slice(-FORMER_TITLES) };
};

const withRowTitle = (show: KnownShow, shows: ReadonlyMap<string, SeenShow>): KnownShow => {
  const title = shows.get(show.key)?.title ?? '';
  return title === '' ? show : { ...show, rowTitle: title };
};

/** Known from before the title of the row was remembered: the first that is seen counts. */
const untitled = ({ deps: { state } }: HistoryWork, shows: ReadonlyMap<string, SeenShow>): readonly KnownShow[] =>
  state.shows.all().filter(({ key, rowTitle }) => rowTitle === undefined && (shows.get(key)?.title ?? '') !== '');

/**
 * What Plex says of the shows, by key: from memory where it is known, so that an idle run asks nothing.
 * A show that Plex does not have (any more) is left out and asked for again hours later; that Plex is down is recorded.
 * @param shows by their keys
 */
export const readShows = async (
  work: HistoryWork,
  shows: ReadonlyMap<string, SeenShow>,
): Promise<ReadonlyMap<string, KnownShow>> => {
  const { state } = work.deps;
  const questions = new Questions(
    work,
    [...shows].flatMap(([key, seen]) => (isUnknown(work, key, seen) ? [key] : [])),
  );
  await questions.ask();
  const { found, empty } = questions;
  await work.remember('what Plex says about shows', async () => {
    await state.shows.put(...found.map((show) => withFormerTitles(work, withRowTitle(show, shows))));
    await state.shows.put(...untitled(work, shows).map((show) => withRowTitle(show, shows)));
    await state.shows.remove(...empty);
    await state.absent.put(...empty.map((key) => ({ key, at: toInstant(work.now) })));
  });
  return new Map(state.shows.all().flatMap((show) => (shows.has(show.key) ? [[show.key, show]] : [])));
};
