import type { HistoryRow, ShowMetadata } from '../../../src/clients/tautulli/types.js';
import type { HistorySettings } from '../../../src/core/contracts/index.js';
import { HOUR, MINUTE, toInstant } from '../../../src/core/time.js';
import { openTautulliState } from '../../../src/state/tautulli.js';
import { readHistory } from '../../../src/steps/history/index.js';
import { FakeLog, FakeStore, server } from '../../state/fake-store.js';
import { TestClock } from '../scope.js';
import { FakeTautulli } from './fake-tautulli.js';

const DEFAULTS: HistorySettings = {
  daysToCheck: 2,
  rememberedDays: 30,
  includePlaying: true,
  minimumProgress: 0,
  watchedOnly: false,
  viewersAllowed: [],
  viewersDenied: [],
  librariesAllowed: [],
  librariesDenied: [],
};

type RowFacts = Partial<HistoryRow> & { readonly ago?: number };

/** A Tautulli that has show 100, its memory and a run of the step. */
export class Household {
  readonly clock = new TestClock('2026-11-22T20:00:00Z');
  readonly store = new FakeStore();
  readonly log = new FakeLog();
  readonly tautulli = new FakeTautulli();
  state = this.open();
  #rows = 0;

  constructor() {
    this.tautulli.shows.set('100', show('100'));
  }

  /** The memory as a Node-RED that was started anew opens it. */
  open() {
    return openTautulliState({
      store: this.store,
      server: server('Tautulli'),
      log: this.log,
      now: () => this.clock.now,
    });
  }

  read(settings: Partial<HistorySettings> = {}) {
    return readHistory(
      { ...DEFAULTS, ...settings },
      { ...this.clock.scope(this.log), client: this.tautulli, server: server('Tautulli'), state: this.state },
    );
  }

  /** A play of Harbour Lights S01E01 by Ann, `ago` milliseconds old. */
  row({ ago = HOUR, ...rest }: RowFacts = {}): HistoryRow {
    this.#rows += 1;
    return {
      id: this.#rows,
      startedAt: toInstant(this.clock.now - ago),
      stoppedAt: toInstant(this.clock.now - ago + 40 * MINUTE),
      userId: '7',
      userName: 'Ann',
      live: false,
      ratingKey: '101',
      showKey: '100',
      showTitle: 'Harbour Lights (row)',
      title: 'Pilot',
      season: 1,
      episode: 1,
      airDate: '2020-01-01',
      guid: 'plex://episode/5d9c08254eefaa001f5d6dcb',
      progress: 100,
      watched: true,
      state: null,
      ...rest,
    };
  }

  /** A play that began ten minutes ago and goes on. */
  running(facts: RowFacts = {}): HistoryRow {
    const now = { id: null, state: 'playing', progress: 20, watched: false } as const;
    return this.row({ ago: 10 * MINUTE, ...now, ...facts });
  }
}

export const show = (key: string, libraryName = 'TV'): ShowMetadata => ({
  key,
  title: 'Harbour Lights',
  year: 2019,
  ids: { tvdb: 371980, tmdb: null, imdb: 'tt11280740' },
  libraryId: '2',
  libraryName,
});
