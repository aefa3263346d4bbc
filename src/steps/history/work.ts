import type { HistorySettings, PlayFilters } from '../../core/contracts/index.js';
import { Report } from '../report.js';
import type { TautulliDeps } from '../scope.js';

/** One reading of the history: what its parts hand to each other. */
export class HistoryWork extends Report {
  readonly settings: HistorySettings;
  readonly filters: PlayFilters;
  readonly deps: TautulliDeps;
  /** The clock of this reading. */
  readonly now: number;

  constructor(settings: HistorySettings, deps: TautulliDeps) {
    super(deps, { notes: [], errors: [] }, null);
    this.settings = settings;
    this.filters = {
      viewers: { allowed: settings.viewersAllowed, denied: settings.viewersDenied },
      libraries: { allowed: settings.librariesAllowed, denied: settings.librariesDenied },
    };
    this.deps = deps;
    this.now = deps.now();
  }
}
