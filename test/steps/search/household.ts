import type { Choice, Plan, PlanItem, SearchSettings } from '../../../src/core/contracts/index.js';
import { openSonarrShared, type SonarrShared } from '../../../src/state/sonarr-shared.js';
import { openSonarrState, type SonarrState } from '../../../src/state/sonarr.js';
import { searchAndGrab, type SearchDeps, type SearchOutcome } from '../../../src/steps/search/index.js';
import { FakeLog, FakeStore } from '../../state/fake-store.js';
import { item, planOf, release, SABNZBD, SONARR } from '../servers/plans.js';
import { FakeSabnzbd } from '../servers/sabnzbd.js';
import { scopeOf, TestClock, type TestScope } from '../servers/scope.js';
import { FakeSonarr } from '../servers/sonarr.js';

export const SETTINGS: SearchSettings = {
  choose: 'pick',
  protocol: 'any',
  monitor: 'until-file',
  keepFree: 0,
  seasonPacks: 0,
  dryRun: false,
};

/** A Sonarr, its memory and a run of the step. */
export class Household {
  readonly clock = new TestClock();
  readonly sonarr = new FakeSonarr(this.clock);
  readonly sab = new FakeSabnzbd();
  readonly store = new FakeStore();
  readonly partials: Plan[] = [];
  state: SonarrState;
  shared: SonarrShared;
  scope: TestScope;
  knowsSab = true;
  /** Which of Sonarr's download clients is ours; empty: any is. */
  downloadClient: Choice = '';
  /** Of the flow: the id of its node. */
  owner = 'search 1';

  constructor() {
    this.scope = scopeOf(this.clock);
    this.state = this.openState();
    this.shared = this.openShared();
    this.sonarr.onJob = (id) => this.sab.add(id);
  }

  openState(): SonarrState {
    return openSonarrState({ store: this.store, server: SONARR, log: new FakeLog(), now: this.clock.now });
  }

  openShared(): SonarrShared {
    return openSonarrShared({ url: SONARR.url, stores: [this.store], log: new FakeLog(), now: this.clock.now });
  }

  /** Node-RED is started anew: only the store is left. */
  restart(): void {
    this.state = this.openState();
    this.shared = this.openShared();
    this.scope = scopeOf(this.clock);
  }

  deps(): SearchDeps {
    return {
      ...this.scope,
      client: this.sonarr,
      server: SONARR,
      state: this.state,
      shared: this.shared,
      owner: this.owner,
      sabnzbd: this.knowsSab ? { client: this.sab, server: SABNZBD } : null,
      downloadClient: this.downloadClient,
      onPartial: (plan) => this.partials.push(plan),
    };
  }

  /** Sonarr knows the episodes that are planned. */
  knows(items: readonly PlanItem[]): void {
    for (const { episodeId: id, series, season, episode, monitored, reason } of items) {
      const hasFile = reason.code === 'on-disk';
      this.sonarr.episodes.set(id, { id, seriesId: series.sonarrId, season, episode, monitored, hasFile });
    }
  }

  async run(plan: Plan | readonly PlanItem[], settings: Partial<SearchSettings> = {}): Promise<SearchOutcome> {
    const whole = 'items' in plan ? plan : planOf(plan, { at: this.clock.instant() });
    this.knows(whole.items);
    await this.state.load();
    return searchAndGrab(whole, { ...SETTINGS, ...settings }, this.deps());
  }
}

/** Series 1, S01E02 and S01E03. */
export const E2 = 10102;
export const E3 = 10103;

/** Sonarr would find two releases of E2, and one of E3. */
export const withReleases = (): Household => {
  const home = new Household();
  home.sonarr.releases = [release('a', [E2]), release('b', [E2]), release('c', [E3])];
  return home;
};

/** So many episodes of a season to search. */
export const season = (first: number, count: number): PlanItem[] =>
  Array.from({ length: count }, (_, i) => item(first + i));
