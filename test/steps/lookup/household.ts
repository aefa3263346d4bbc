import type { Choice, Lookup, LookupSettings, Play, PlayFilters, Series } from '../../../src/core/contracts/index.js';
import { toInstant } from '../../../src/core/time.js';
import type { GrabIntent } from '../../../src/state/entries.js';
import { openSonarrState } from '../../../src/state/sonarr.js';
import { lookUp } from '../../../src/steps/lookup/index.js';
import { FakeLog, FakeStore, server } from '../../state/fake-store.js';
import { TestClock } from '../scope.js';
import type { FakeSabnzbd } from './fake-sabnzbd.js';
import { FakeSonarr } from './fake-sonarr.js';
import { episode, series } from './rows.js';

const DEFAULTS: LookupSettings = { excludeTags: [], ignoreShows: [], unitsRead: 24, cacheTime: 6, searchCache: 48 };

/** A Sonarr, its memory and a run of the step. */
export class Household {
  readonly clock = new TestClock('2026-11-22T20:00:00Z');
  readonly store = new FakeStore();
  readonly log = new FakeLog();
  readonly sonarr = new FakeSonarr();
  sabnzbd: FakeSabnzbd | null = null;
  /** Which of Sonarr's download clients is ours; empty: any is. */
  downloadClient: Choice = '';
  intents: GrabIntent[] = [];
  state = this.open();

  /** The memory as a Node-RED that was started anew opens it. */
  open(url = server('Sonarr').url) {
    return openSonarrState({
      store: this.store,
      server: { ...server('Sonarr'), url },
      log: this.log,
      now: () => this.clock.now,
    });
  }

  look(
    plays: readonly Play[],
    settings: Partial<LookupSettings> = {},
    filters: PlayFilters | null = null,
  ): Promise<Lookup> {
    return lookUp(
      {
        run: {
          id: 'r',
          startedAt: toInstant(this.clock.now),
          dryRun: false,
          requests: { tautulli: 0, sonarr: 0, sabnzbd: 0 },
        },
        plays,
        filtered: { viewers: 1, libraries: 2, progress: 3 },
        ...(filters === null ? {} : { filters }),
        notes: ['a note of the history'],
        errors: [],
      },
      { ...DEFAULTS, ...settings },
      {
        ...this.clock.scope(this.log),
        client: this.sonarr,
        server: server('Sonarr'),
        state: this.state,
        sabnzbd: this.sabnzbd === null ? null : { client: this.sabnzbd.client, server: server('SABnzbd') },
        downloadClient: this.downloadClient,
        shared: { intents: { all: () => this.intents } },
      },
    );
  }

  /** Sonarr has the series, with so many episodes. */
  has(id: number, episodes: number, facts: Partial<Series> = {}): void {
    this.sonarr.library.set(id, series(id, facts));
    for (let number = 1; number <= episodes; number += 1) {
      const one = episode(id, number);
      this.sonarr.episodes.set(one.id, one);
    }
  }

  /** What Sonarr was asked since the last time, sorted. */
  asked(): readonly string[] {
    const lines = this.sonarr.asked.map((line) => (line.startsWith('history') ? 'history' : line)).toSorted();
    this.sonarr.asked = [];
    return lines;
  }
}

/** What a look-up says about an episode. */
export const facts = (lookup: Lookup, episodeId: number) =>
  lookup.series.flatMap(({ episodes }) => episodes).find(({ id }) => id === episodeId);
