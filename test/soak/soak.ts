import { SECOND } from '../../src/core/time.js';
import { Actions } from './actions.js';
import { Broken, must } from './broken.js';
import { checkAgain } from './checks/again.js';
import { CoolDowns } from './checks/cool-downs.js';
import { checkArrived, checkMonitoring, type KnewOf, SETTLING } from './checks/end.js';
import { checkMemory } from './checks/memory.js';
import { checkMessages } from './checks/messages.js';
import { checkParts } from './checks/parts.js';
import { checkQueue } from './checks/queue.js';
import { RequestChecks } from './checks/requests.js';
import { checkTelling } from './checks/telling.js';
import type { SoakEvent } from './events.js';
import type { Household } from './household.js';
import { Life, type Interruptions, type Kept } from './life.js';
import type { RunRecord } from './record.js';
import { Truth } from './truth.js';

/** Lives through a script, and judges all that can be seen. */
export class Soak {
  readonly #life: Life;
  readonly #truth: Truth;
  readonly #actions: Actions;
  readonly #coolDowns: CoolDowns;
  readonly #requests: RequestChecks;
  /** What a request broke: thrown once its run is over, as nobody listens before. */
  #broken: Broken | null = null;
  /** Jobs that plans called for, of whatever run: the wanted order is over all flows. */
  readonly #wanted = new Set<string>();
  #cut: { readonly after: number; readonly kept: Kept } | null = null;
  /** Node-RED has forgotten something that it knew. */
  #forgot = false;
  /** The newest play of each viewer and series that a plan knew of, since anything was forgotten. */
  readonly #planned = new Map<string, number>();

  private constructor(life: Life) {
    this.#life = life;
    this.#truth = new Truth(life);
    this.#actions = new Actions(life);
    this.#coolDowns = new CoolDowns(life, this.#truth);
    this.#requests = new RequestChecks(life, this.#truth, this.#coolDowns);
    life.onHeard = (heard) => {
      const run = life.runs.at(-1);
      if (run === undefined || this.#broken !== null) return;
      try {
        this.#requests.check(heard, run);
      } catch (error) {
        if (!(error instanceof Broken)) throw error;
        this.#broken = error;
      }
    };
  }

  /** @throws Broken */
  static async live(household: Household, script: readonly SoakEvent[], tell: (line: string) => void): Promise<void> {
    const life = await Life.begin(household);
    const soak = new Soak(life);
    try {
      for (const event of script) await soak.#happen(event, tell);
      await soak.#settle(tell);
    } finally {
      await life.end();
    }
  }

  async #happen(event: SoakEvent, tell: (line: string) => void): Promise<void> {
    const life = this.#life;
    tell(`${new Date(life.now).toISOString()} ${JSON.stringify(event)}`);
    if (event.do === 'run') return this.#runs(event, tell);
    if (event.do === 'restart') return this.#restart(event);
    if (event.do === 'clock' && event.ahead * 60_000 !== life.time.ahead) this.#coolDowns.forget();
    if (event.do === 'redate' || event.do === 'sonarr-series') this.#coolDowns.forget();
    if (event.do === 'delete-file' || event.do === 'sonarr-series')
      this.#truth.takenFrom.add((event.series % life.world.library.series.length) + 1);
    if (event.do === 'redate') this.#truth.redated.add((event.series % life.world.library.series.length) + 1);
    if (event.do === 'store' && event.broken) this.#forget();
    await this.#actions.apply(event);
  }

  async #restart({ store, after }: Extract<SoakEvent, { do: 'restart' }>): Promise<void> {
    if (store !== 'kept') this.#forget();
    if (after === undefined) await this.#life.restart(store);
    else this.#cut = { after, kept: store };
  }

  #forget(): void {
    this.#forgot = true;
    this.#planned.clear();
    this.#coolDowns.forget();
  }

  async #runs(
    { over = {}, again, twice }: Extract<SoakEvent, { do: 'run' }>,
    tell: (line: string) => void,
  ): Promise<void> {
    const interruptions: Interruptions = {
      ...(twice === undefined ? {} : { twice }),
      ...(this.#cut === null ? {} : { cut: this.#cut }),
    };
    this.#cut = null;
    const first = await this.#run(over, interruptions, tell);
    if (again === true) checkAgain(this.#life, first, await this.#run(over, {}, tell));
  }

  async #run(
    over: Readonly<Record<string, unknown>>,
    interruptions: Interruptions,
    tell: (line: string) => void,
  ): Promise<RunRecord> {
    const life = this.#life;
    this.#coolDowns.forgetDone();
    const before = life.red.store.snapshot();
    const run = await life.run(over, interruptions);
    tell(`    ${summary(run)}`);
    if (run.cut) this.#coolDowns.forget();
    if (this.#broken !== null) throw this.#broken;
    for (const { plan } of run.plans('search'))
      for (const { downloadId } of plan.items) if (downloadId !== null) this.#wanted.add(downloadId);
    checkMessages(life, run);
    checkQueue(life, run, this.#wanted);
    checkMemory(life, run, before);
    checkParts(life, run);
    if (!this.#forgot) checkTelling(life, this.#truth);
    this.#coolDowns.learn(run);
    if (!run.dry && !run.cut) this.#learnThreads(run);
    return run;
  }

  #learnThreads(run: RunRecord): void {
    for (const { flow, plan } of run.plans('next')) {
      if (run.plan('next', flow) !== plan) continue;
      for (const { viewer, series, playedAt } of plan.threads) {
        const key = `${viewer.name.toLowerCase()} ${series.sonarrId}`;
        this.#planned.set(key, Math.max(this.#planned.get(key) ?? 0, Date.parse(playedAt)));
      }
    }
  }

  /** Everything is mended, time goes by, and nobody does anything any more. */
  async #settle(tell: (line: string) => void): Promise<void> {
    const life = this.#life;
    const { world } = life;
    this.#actions.mend();
    life.red.store.broken = false;
    life.time.ahead = 0;
    this.#coolDowns.forget();
    this.#cut = null;
    world.sabnzbd.resumeAll();
    await this.#actions.apply({ do: 'stop' });
    let last: RunRecord | undefined;
    for (const minutes of SETTLING) {
      tell(`${new Date(life.now).toISOString()} settling, ${minutes} min`);
      await life.wait(minutes);
      last = await this.#run({ searchesPerRun: 100, searchesPerDay: 1000 }, {}, tell);
      must(last.caught.length === 0, 'all is well in the end', () => String(last?.caught[0]?.error.stack));
    }
    const knew: KnewOf = (viewer, seriesId, at) => (this.#planned.get(`${viewer} ${seriesId}`) ?? 0) >= at - SECOND;
    await checkArrived(life, this.#truth, knew);
    if (!this.#forgot) checkMonitoring(life, this.#truth);
  }
}

/** One line for a reader. */
const summary = (run: RunRecord): string => {
  const counts = ['tautulli', 'sonarr', 'sabnzbd'].map((s) => run.heard.filter(({ server }) => server === s).length);
  const plans = [0, 1].flatMap((flow) => run.plan('search', flow) ?? run.plan('next', flow) ?? []);
  const results = plans
    .flatMap(({ items }) => items)
    .filter(({ reason }) => reason.code !== 'on-disk')
    .map((item) => `${item.series.title} ${item.season}x${item.episode} ${item.result?.code ?? item.reason.code}`);
  const caught = run.caught.map(({ step, error }) => `${step}: ${String(error)}`);
  const faults = [...new Set(run.heard.flatMap(({ fault }) => fault ?? []))];
  return [
    `run ${run.number}: ${counts.join('/')} requests${run.cut ? ', cut off' : ''}`,
    ...(faults.length > 0 ? [`faults ${faults.join()}`] : []),
    ...results,
    ...caught,
  ].join('; ');
};
