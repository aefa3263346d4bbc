import { type OpenConnection, openConnection } from '../../src/clients/http/connection.js';
import { PRODUCTS } from '../../src/clients/http/failures.js';
import type { CallScope, RequestTrace } from '../../src/clients/http/types.js';
import { sabnzbdClient } from '../../src/clients/sabnzbd/client.js';
import { sonarrClient } from '../../src/clients/sonarr/client.js';
import { tautulliClient } from '../../src/clients/tautulli/client.js';
import type { Lookup, Plan, PlanItem, RunInfo, ServerRef, ServiceName } from '../../src/core/contracts/index.js';
import { episodeLabel } from '../../src/core/labels.js';
import { planInSteps } from '../../src/core/planning/index.js';
import { toInstant } from '../../src/core/time.js';
import { formSettings } from '../../src/runtime/settings/read.js';
import { HISTORY, LOOKUP, NOTIFY, PLANNING, PRIORITY, SEARCH, SONARR } from '../../src/runtime/settings/tables.js';
import { openSabnzbdState } from '../../src/state/sabnzbd.js';
import { openSonarrShared } from '../../src/state/sonarr-shared.js';
import { openSonarrState, wantKey } from '../../src/state/sonarr.js';
import { runInSlices } from '../../src/state/slices.js';
import { openTautulliState } from '../../src/state/tautulli.js';
import { readHistory } from '../../src/steps/history/index.js';
import { lookUp } from '../../src/steps/lookup/index.js';
import { announce } from '../../src/steps/notify/index.js';
import { prioritise } from '../../src/steps/prioritise/index.js';
import type { StepScope } from '../../src/steps/scope.js';
import { searchAndGrab } from '../../src/steps/search/index.js';
import { type Sandbox, type SandboxOptions, startSandbox, type WorldFile } from '../sandbox/index.js';
import { FakeLog, FakeStore } from '../state/fake-store.js';

/** As the planning cases are noted: three episodes ahead, no overflow; everything else is as the nodes have it by default. */
const SETTINGS = {
  ...formSettings({ ...HISTORY, ...LOOKUP, ...SONARR, ...SEARCH, ...PRIORITY, ...NOTIFY, ...PLANNING }, {}),
  episodesToCheck: 3,
  checkOverflow: 0,
  notifier: 1,
  /** Milliseconds that a server may take for an ordinary answer. */
  timeout: 10_000,
};
export type PipelineSettings = typeof SETTINGS;

/** What one run came to. */
export interface PipelineRun {
  readonly lookup: Lookup;
  /** After the last step. */
  readonly plan: Plan;
  /** A message was sent. */
  readonly told: boolean;
  /** Requests sent, in the order of their ends. */
  readonly traces: readonly RequestTrace[];
  /** Milliseconds of every pause that was made. */
  readonly slept: readonly number[];
  readonly log: FakeLog;
}

const SERVICES = ['tautulli', 'sonarr', 'sabnzbd'] as const;

/** The steps one after the other, with the real clients against a sandbox; remembers between its runs what a Node-RED does. */
export class Pipeline implements AsyncDisposable {
  readonly sandbox: Sandbox;
  /** What outlives a restart. */
  readonly stores = { tautulli: new FakeStore(), sonarr: new FakeStore(), sabnzbd: new FakeStore() };
  memory;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
    this.memory = this.#open();
  }

  get world(): Sandbox['world'] {
    return this.sandbox.world;
  }

  /** Only what is in the stores is left. */
  restart(): void {
    this.memory = this.#open();
  }

  /** Episodes that were grabbed, `Show S01E02`, in the order of the grabs. */
  get grabbed(): string[] {
    return this.world
      .grabs()
      .flatMap(({ series, season, episodes }) => episodes.map((n) => `${series} ${episodeLabel(season, n)}`));
  }

  /** SABnzbd's queue in its order: names of the jobs, those of series up to the episode. */
  get queued(): string[] {
    return this.world.sabJobs().map(({ name }) => /^.*?S\d+(E\d+)*/.exec(name)?.[0].replaceAll('.', ' ') ?? name);
  }

  /** Requests to a server so far whose route or body holds all of these words, decoded. */
  asked(server: ServiceName, about = ''): string[] {
    return this.sandbox.servers[server].exchanges
      .map(({ method, path, search, requestBody: body }) =>
        [method, search === '' ? path : `${path}?${search}`, decodeURIComponent(body)].join(' '),
      )
      .filter((text) => about.split(' ').every((word) => text.includes(word)));
  }

  /** Forgets what was asked so far. */
  clear(): void {
    for (const service of SERVICES) this.sandbox.servers[service].clearExchanges();
  }

  /** All requests so far that change something on a server. */
  get changes(): string[] {
    return [
      ...this.asked('sonarr').filter((text) => !text.startsWith('GET ')),
      ...this.asked('sabnzbd').filter((text) => /name=|mode=switch/.test(text)),
      ...this.asked('tautulli', 'cmd=notify'),
    ];
  }

  async run(over: Partial<PipelineSettings> = {}): Promise<PipelineRun> {
    const settings = { ...SETTINGS, ...over };
    const traces: RequestTrace[] = [];
    const scope = this.#scope();
    const calls = { signal: scope.signal, onRequest: (trace: RequestTrace) => void traces.push(trace) };
    const open = Object.fromEntries(
      SERVICES.map((service) => [service, this.#connect(service, settings.timeout)]),
    ) as Record<ServiceName, OpenConnection>;
    try {
      const done = await this.#steps({ settings, scope, calls, open });
      return { ...done, traces, slept: scope.slept, log: scope.log };
    } finally {
      for (const service of SERVICES) open[service].close();
    }
  }

  async #steps({ settings, scope, calls, open }: Parts): Promise<Pick<PipelineRun, 'lookup' | 'plan' | 'told'>> {
    const { tautulli, sonarr, shared, sabnzbd } = this.memory;
    for (const memory of [tautulli, sonarr, shared, sabnzbd]) await memory.load();
    const forTautulli = {
      ...scope,
      client: tautulliClient(open.tautulli, calls),
      server: this.#ref('tautulli'),
      state: tautulli,
    };
    const forSabnzbd = {
      ...scope,
      client: sabnzbdClient(open.sabnzbd, calls),
      server: this.#ref('sabnzbd'),
      state: sabnzbd,
    };
    const forSonarr = {
      ...scope,
      client: sonarrClient(open.sonarr, calls),
      server: this.#ref('sonarr'),
      state: sonarr,
      shared,
      owner: 'pipeline',
      sabnzbd: forSabnzbd,
    };

    const played = await readHistory(settings, forTautulli);
    const lookup = await lookUp({ ...played, run: newRun(scope.now()) }, settings, forSonarr);
    const { plan, wants } = await runInSlices(planInSteps(lookup, settings, scope.now()));
    await sonarr.wants.remove(...lookup.remembered.wants.map(wantKey));
    await sonarr.wants.put(...wants);
    // As in the flow: queue order after each grab, while the search goes on.
    let early: Promise<unknown> = Promise.resolve();
    const onPartial = (partial: Plan): void => {
      early = early.then(() => prioritise(partial, settings, forSabnzbd));
    };
    const searched = await searchAndGrab(plan, settings, { ...forSonarr, onPartial });
    await early;
    const ordered = await prioritise(searched.plan, settings, forSabnzbd);
    const told = await announce(ordered.plan, settings, forTautulli);
    return { lookup, plan: told.plan, told: told.sent };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sandbox.close();
  }

  #ref(service: ServiceName): ServerRef {
    return { id: service, name: PRODUCTS[service], url: this.sandbox.urls[service] };
  }

  #connect(service: ServiceName, timeout: number): OpenConnection {
    const { urls, keys } = this.sandbox;
    return openConnection({ service, name: PRODUCTS[service], url: urls[service], apiKey: keys[service], timeout });
  }

  #open() {
    const { stores } = this;
    const { urls } = this.sandbox;
    const rest = { log: new FakeLog(), now: this.#now };
    return {
      tautulli: openTautulliState({ ...rest, store: stores.tautulli, server: this.#ref('tautulli') }),
      sonarr: openSonarrState({ ...rest, store: stores.sonarr, server: this.#ref('sonarr') }),
      shared: openSonarrShared({ ...rest, stores: [stores.sonarr], url: urls.sonarr }),
      sabnzbd: openSabnzbdState({ ...rest, stores: [stores.sabnzbd], url: urls.sabnzbd }),
    };
  }

  readonly #now = (): number => Math.round(this.world.now());

  /** Pauses pass in the sandbox's time, at once. */
  #scope(): TestScope {
    const slept: number[] = [];
    return {
      slept,
      log: new FakeLog(),
      signal: new AbortController().signal,
      now: this.#now,
      sleep: async (ms) => {
        slept.push(ms);
        await this.world.advance(ms);
      },
    };
  }
}

interface TestScope extends StepScope {
  readonly log: FakeLog;
  readonly slept: number[];
}

interface Parts {
  readonly settings: PipelineSettings;
  readonly scope: TestScope;
  readonly calls: CallScope;
  readonly open: Readonly<Record<ServiceName, OpenConnection>>;
}

let runs = 0;

const newRun = (now: number): RunInfo => ({
  id: `run ${(runs += 1)}`,
  startedAt: toInstant(now),
  dryRun: false,
  requests: { tautulli: 0, sonarr: 0, sabnzbd: 0 },
});

/** A world in which the indexer answers at once, downloads take for ever, and notifier 1 is there. */
export const startPipeline = async (world: WorldFile, options: SandboxOptions = {}): Promise<Pipeline> =>
  new Pipeline(
    await startSandbox(
      {
        ...world,
        indexer: { spacing: 0, searchTakes: 0, ...world.indexer },
        sabnzbd: { rate: 0.000_001, ...world.sabnzbd },
        tautulli: { notifiers: [{ id: 1, agent: 'email' }], ...world.tautulli },
      },
      options,
    ),
  );

/** `E02 search, E03 on-disk`: what a plan says of each episode, in its order. */
export const reasons = (plan: Plan): string[] =>
  plan.items.map(({ episode, reason }) => `${episodeLabel(0, episode).slice(-3)} ${reason.code}`);

/** @throws when the plan does not hold it */
export const itemOf = (plan: Plan, season: number, episode: number): PlanItem => {
  const item = plan.items.find((i) => i.season === season && i.episode === episode);
  if (item === undefined) throw new Error(`the plan has no ${episodeLabel(season, episode)}`);
  return item;
};
