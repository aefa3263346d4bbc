import type { ResultCode } from '../../../src/core/contracts/index.js';
import { HOUR, MINUTE, SECOND } from '../../../src/core/time.js';
import type { EpisodeRow } from '../../sandbox/sonarr/store.js';
import type { Life } from '../life.js';
import type { RunRecord } from '../record.js';
import type { Truth } from '../truth.js';

interface CoolDown {
  readonly since: number;
  readonly until: number;
  readonly cause: string;
}

const ANSWERED: ReadonlySet<ResultCode> = new Set(['nothing-found', 'nothing-acceptable', 'command-sent']);

/** The least that rule 9 asks for, worked out anew from what each run said of its searches. */
export class CoolDowns {
  readonly #life: Life;
  readonly #truth: Truth;
  readonly #until = new Map<string, CoolDown>();

  constructor(life: Life, truth: Truth) {
    this.#life = life;
    this.#truth = truth;
  }

  /** The flows may have forgotten them, or count by another clock. */
  forget(): void {
    this.#until.clear();
  }

  /** What has a file by now, or was grabbed since, is as if it had never been searched. */
  forgetDone(): void {
    for (const [key, { since }] of this.#until) {
      const [no = 0, id = 0] = key.split(' ').map(Number);
      const { store, grabber } = this.#truth.sonarr(no);
      const row = store.episode(id);
      const isGrabbed = grabber.grabs.some(({ at, rows }) => at >= since && rows.some(({ base }) => base.id === id));
      if (row === undefined || row.fileId > 0 || isGrabbed) this.#until.delete(key);
    }
  }

  /** What a whole run found out; one that was cut off has told nothing. */
  learn(run: RunRecord): void {
    if (run.dry || run.cut) return;
    for (const { flow, plan } of run.plans('search')) {
      if (plan.partial) continue;
      for (const { episodeId, result } of plan.items) {
        const key = `${flow} ${episodeId}`;
        const row = this.#truth.sonarr(flow).store.episode(episodeId);
        if (result === null || row === undefined) continue;
        if (ANSWERED.has(result.code)) {
          const age = run.began - (row.base.airs ?? -Infinity);
          const lasts = Math.max(10 * MINUTE, Math.min(this.#longest, age));
          this.#until.set(key, {
            since: run.began,
            until: run.began + lasts,
            cause: `${result.code} in run ${run.number}`,
          });
        }
        if (result.code === 'failed')
          this.#until.set(key, {
            since: run.began,
            until: run.began + 15 * MINUTE,
            cause: `failed in run ${run.number}`,
          });
        if (result.code === 'grabbed') this.#until.delete(key);
      }
    }
  }

  holds(no: number, row: EpisodeRow): boolean {
    const found = this.#until.get(`${no} ${row.base.id}`);
    return found !== undefined && this.#life.now < found.until - SECOND;
  }

  tell(no: number, rows: readonly EpisodeRow[]): string {
    return rows
      .flatMap((row) => this.#until.get(`${no} ${row.base.id}`) ?? [])
      .map(({ until, cause }) => `until ${new Date(until).toISOString()} (${cause})`)
      .join('; ');
  }

  get #longest(): number {
    return Number(this.#life.household.settings.searchCache) * HOUR;
  }
}
