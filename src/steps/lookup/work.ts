import type {
  FilteredPlays,
  LookupSettings,
  Play,
  PlayFilters,
  RunError,
  RunInfo,
} from '../../core/contracts/index.js';
import { HOUR } from '../../core/time.js';
import type { GrabIntent } from '../../state/entries.js';
import type { SonarrState } from '../../state/sonarr.js';
import { SOONEST } from '../renewal.js';
import { Report } from '../report.js';
import type { SonarrDeps } from '../scope.js';

export interface LookupInput {
  readonly run: RunInfo;
  readonly plays: readonly Play[];
  readonly filtered: FilteredPlays;
  readonly filters?: PlayFilters;
  readonly notes: readonly string[];
  readonly errors: readonly RunError[];
}

export interface LookupDeps extends SonarrDeps {
  readonly state: SonarrState;
  /** Grabs that were sent and not yet seen: their episodes count as grabbed until the search may settle them. */
  readonly shared?: { readonly intents: { all(): readonly GrabIntent[] } };
}

/** What was missed is counted for this many things. */
const MISSES_KEPT = 2000;

/** One run of the look-up: what its parts hand to each other. */
export class LookupWork extends Report {
  readonly input: LookupInput;
  readonly settings: LookupSettings;
  readonly deps: LookupDeps;
  /** The clock of this look-up. */
  readonly now: number;
  /** Ids of series whose episodes have other ids than before: Sonarr was rebuilt, or an older backup of it restored. */
  readonly renumbered = new Set<number>();

  constructor(input: LookupInput, settings: LookupSettings, deps: LookupDeps) {
    super(deps, input, 'sonarr');
    this.input = input;
    this.settings = settings;
    this.deps = deps;
    this.now = deps.now();
  }

  /** Whether something that was read then is still within the cache time (also when the clock was set back), or of this run. */
  isCurrent(readAt: number): boolean {
    return Math.abs(this.now - readAt) < this.settings.cacheTime * HOUR || this.isOfThisRun(readAt);
  }

  isOfThisRun(readAt: number): boolean {
    return readAt >= this.now && readAt <= this.deps.now();
  }

  /**
   * Whether something may be read again before its cache time is over, because this was not found in it: 10 min after
   * the last reading at the soonest, and twice as long for each time that reading it again did not help.
   * A show that Sonarr does not have would else cost a reading of the whole library in every run.
   */
  mayRenew(missed: string, readAt: number): boolean {
    const { misses } = this.deps.state.session;
    return Math.abs(this.now - readAt) >= SOONEST * 2 ** (misses.get(missed) ?? 0);
  }

  /** Was not found even after reading again. */
  missedAgain(missed: string): void {
    const { misses } = this.deps.state.session;
    const count = (misses.get(missed) ?? 0) + 1;
    misses.delete(missed);
    misses.set(missed, count);
    for (const oldest of misses.keys()) {
      if (misses.size <= MISSES_KEPT) break;
      misses.delete(oldest);
    }
  }

  found(missed: string): void {
    this.deps.state.session.misses.delete(missed);
  }
}
