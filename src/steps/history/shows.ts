import { ServiceError } from '../../clients/http/service-error.js';
import type { ShowMetadata } from '../../clients/tautulli/types.js';
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

/** Whether a show has to be asked for: it is not known, or it is active and was read long ago. */
const isUnknown = ({ deps: { state }, now }: HistoryWork, key: string, isActive: boolean): boolean => {
  if (state.absent.get(key) !== undefined) return false;
  const known = state.shows.get(key);
  return known === undefined || (isActive && Math.abs(now - toMs(known.readAt)) > REFRESH);
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

/**
 * What Plex says of the shows, by key: from memory where it is known, so that an idle run asks nothing.
 * A show that Plex does not have (any more) is left out and asked for again hours later; that Plex is down is recorded.
 * @param shows keys, and whether anything of the show is active
 */
export const readShows = async (
  work: HistoryWork,
  shows: ReadonlyMap<string, boolean>,
): Promise<ReadonlyMap<string, KnownShow>> => {
  const { state } = work.deps;
  const questions = new Questions(
    work,
    [...shows].flatMap(([key, isActive]) => (isUnknown(work, key, isActive) ? [key] : [])),
  );
  await questions.ask();
  const { found, empty } = questions;
  await work.remember('what Plex says of shows', async () => {
    await state.shows.put(...found);
    await state.shows.remove(...empty);
    await state.absent.put(...empty.map((key) => ({ key, at: toInstant(work.now) })));
  });
  return new Map(state.shows.all().flatMap((show) => (shows.has(show.key) ? [[show.key, show]] : [])));
};
