import type { NotifySettings, Plan, PlanItem } from '../../../src/core/contracts/index.js';
import { toInstant } from '../../../src/core/time.js';
import { openTautulliState } from '../../../src/state/tautulli.js';
import { announce } from '../../../src/steps/notify/index.js';
import { FakeLog, FakeStore, server } from '../../state/fake-store.js';
import { FakeTautulli } from '../history/fake-tautulli.js';
import { TestClock } from '../scope.js';
import { planOf } from '../servers/plans.js';

const DEFAULTS: NotifySettings = { notifier: 2, subject: '', body: '', tell: ['grabbed', 'problems'], dryRun: false };

/** A Tautulli with a webhook (1) and a Discord (2), its memory and a run of the step. */
export class Household {
  readonly clock = new TestClock('2026-11-22T20:00:00Z');
  readonly store = new FakeStore();
  readonly log = new FakeLog();
  readonly tautulli = new FakeTautulli();
  state = this.open();

  constructor() {
    this.tautulli.agents = [
      { id: 1, agent: 'webhook', label: 'Webhook' },
      { id: 2, agent: 'discord', label: 'Discord' },
    ];
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

  tell(plan: Plan, settings: Partial<NotifySettings> = {}) {
    return announce(
      plan,
      { ...DEFAULTS, ...settings },
      { ...this.clock.scope(this.log), client: this.tautulli, server: server('Tautulli'), state: this.state },
    );
  }

  plan(items: readonly PlanItem[], facts: Partial<Plan> = {}): Plan {
    return planOf(items, { at: toInstant(this.clock.now), sonarr: server('Sonarr'), sabnzbd: null, ...facts });
  }
}

export const item = (episode: number, facts: Partial<PlanItem> = {}): PlanItem => ({
  series: { title: 'Harbour Lights', tvdbId: 1, sonarrId: 1, type: 'standard', titleSlug: 'harbour-lights' },
  season: 2,
  episode,
  title: '',
  episodeId: 200 + episode,
  airDateUtc: null,
  runtime: 45,
  monitored: true,
  action: 'search',
  reason: { code: 'search', text: 'Missing', until: null },
  viewers: [{ id: '7', name: 'Ann' }],
  neededBy: null,
  playedAt: toInstant(0),
  download: null,
  result: null,
  release: null,
  downloadId: null,
  queue: null,
  error: null,
  ...facts,
});

/** An episode that was grabbed in this run. */
export const grabbed = (episode: number, size = 1e9, facts: Partial<PlanItem> = {}): PlanItem =>
  item(episode, {
    result: { code: 'grabbed', text: 'Grabbed' },
    release: { title: `r${episode}`, size, indexer: 'I', protocol: 'usenet', episodeIds: [200 + episode] },
    downloadId: `nzo_${episode}`,
    ...facts,
  });

export const blocked = (episode: number): PlanItem =>
  item(episode, {
    action: 'none',
    reason: { code: 'blocked', text: 'Sonarr cannot import it: "Not an upgrade"', until: null },
  });
