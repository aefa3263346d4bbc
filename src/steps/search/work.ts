import type { Plan, RunError, SearchSettings, Series } from '../../core/contracts/index.js';
import { toMs } from '../../core/time.js';
import type { GrabIntent } from '../../state/entries.js';
import type { SonarrState } from '../../state/sonarr.js';
import type { SonarrShared } from '../../state/sonarr-shared.js';
import type { SonarrDeps } from '../scope.js';
import { memoryFailed, serverLabel } from '../failures.js';
import { Ledger } from './ledger.js';

/** What this step needs of what is remembered about one Sonarr (a config node's own memory). */
export interface SearchMemory extends Pick<SonarrState, 'attempts' | 'searches' | 'monitored' | 'earlier' | 'session'> {
  /** For the folders of the series. */
  readonly index: { readonly current: { readonly byId: ReadonlyMap<number, Pick<Series, 'path'>> } | null };
}

export interface SearchDeps extends SonarrDeps {
  readonly state: SearchMemory;
  readonly shared: SonarrShared;
  /** Whose run it is: the node's id. */
  readonly owner: string;
  /** Given a copy of the plan so far after each grab. */
  readonly onPartial: (plan: Plan) => void;
}

/** One run of the step: what its parts hand to each other. */
export class Work {
  readonly ledger: Ledger;
  readonly settings: SearchSettings;
  readonly deps: SearchDeps;
  /** Why nothing more is searched or grabbed in this run. */
  stopped: string | null = null;
  /** When the plan's facts were read, in milliseconds; not before: the look-up comes before the plan, and may take long. */
  readonly planned: number;
  /** When queue and history were read last, in milliseconds: by the look-up, or again since. */
  readAt: number;
  /** Of the grabs that were made in this run. */
  readonly grabbed: GrabIntent[] = [];

  constructor(plan: Plan, settings: SearchSettings, deps: SearchDeps) {
    this.ledger = new Ledger(plan);
    this.settings = settings;
    this.deps = deps;
    this.planned = Math.min(toMs(plan.at), toMs(plan.run.startedAt) || Infinity);
    this.readAt = this.planned;
  }

  get dryRun(): boolean {
    return this.settings.dryRun || this.ledger.plan.run.dryRun;
  }

  /** A failure that is not one of a request. */
  runError(code: string, operation: string, message: string): RunError {
    const { server } = this.deps;
    return {
      code,
      server: serverLabel(server, 'sonarr'),
      service: 'sonarr',
      operation,
      status: null,
      retryable: true,
      message,
    };
  }

  /** Remembers something that the run can do without; a store that fails costs nothing else. */
  async remember(what: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.ledger.error(this.runError('memory-failed', `remember ${what}`, memoryFailed(what, error)));
    }
  }
}
