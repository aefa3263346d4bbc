import type { TautulliClient } from '../../clients/tautulli/types.js';
import type { HistorySettings, PlayFilters, ServerRef } from '../../core/contracts/index.js';
import type { TautulliState } from '../../state/entries.js';
import { Report } from '../report.js';
import type { StepScope } from '../scope.js';

export interface HistoryDeps extends StepScope {
  readonly client: TautulliClient;
  readonly server: ServerRef;
  readonly state: TautulliState;
}

/** One reading of the history: what its parts hand to each other. */
export class HistoryWork extends Report {
  readonly settings: HistorySettings;
  readonly filters: PlayFilters;
  readonly deps: HistoryDeps;
  /** The clock of this reading. */
  readonly now: number;

  constructor(settings: HistorySettings, deps: HistoryDeps) {
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
