import type { EarlierItem, Plan, PlanItem, ResultCode, RunError } from '../../core/contracts/index.js';
import { cut, episodeLabel } from '../../core/labels.js';

/** Letters of a title in a status: it stands between the node and the next. */
const TITLE = 24;

/** `Harbour Lights S02E06`. */
export const nameOf = (item: PlanItem): string => `${item.series.title} ${episodeLabel(item.season, item.episode)}`;

/** The same, with a long title cut short. */
export const shortNameOf = (item: PlanItem): string =>
  `${cut(item.series.title, TITLE)} ${episodeLabel(item.season, item.episode)}`;

/** The plan while it is being carried out. */
export class Ledger {
  readonly plan: Plan;
  readonly #items: Map<number, PlanItem>;
  readonly #errors: RunError[];
  readonly #earlier: EarlierItem[];

  constructor(plan: Plan) {
    this.plan = plan;
    this.#items = new Map(plan.items.map((item) => [item.episodeId, item]));
    this.#errors = [...plan.errors];
    this.#earlier = [...(plan.earlier ?? [])];
  }

  /** In the order of need. */
  items(): readonly PlanItem[] {
    return [...this.#items.values()];
  }

  get(episodeId: number): PlanItem | undefined {
    return this.#items.get(episodeId);
  }

  /** Still to be searched, in the order of need. */
  wanted(): readonly PlanItem[] {
    return this.items().filter((item) => item.action === 'search' && item.result === null);
  }

  isWanted(episodeId: number): boolean {
    const item = this.get(episodeId);
    return item?.action === 'search' && item.result === null;
  }

  change(episodeId: number, changes: Partial<PlanItem>): void {
    const item = this.get(episodeId);
    if (item !== undefined) this.#items.set(episodeId, { ...item, ...changes });
  }

  result(episodeId: number, code: ResultCode, text: string): void {
    this.change(episodeId, { result: { code, text } });
  }

  fail(episodeId: number, error: RunError): void {
    this.error(error);
    this.change(episodeId, { error, result: { code: 'failed', text: error.message } });
  }

  /** The failed search of a season is one failure, however many items it is told of. */
  error(error: RunError): void {
    const same = (other: RunError): boolean => other.code === error.code && other.message === error.message;
    if (!this.#errors.some(same)) this.#errors.push(error);
  }

  /** What an earlier run did. */
  carry(item: EarlierItem): void {
    this.#earlier.push(item);
  }

  /** The plan as it stands. */
  filled(): Plan {
    // What this run found to be grabbed is told as its own.
    const earlier = this.#earlier.filter(({ episodeId }) => this.get(episodeId)?.result?.code !== 'grabbed');
    return {
      ...this.plan,
      ...(earlier.length > 0 && { earlier }),
      items: this.items(),
      errors: [...this.#errors],
    };
  }

  /** A copy that nobody else changes any more. */
  partial(): Plan {
    return structuredClone({ ...this.filled(), partial: true });
  }
}
