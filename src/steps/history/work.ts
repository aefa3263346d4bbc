import type { TautulliClient } from '../../clients/tautulli/types.js';
import type { HistorySettings, ServerRef } from '../../core/contracts/index.js';
import type { TautulliState } from '../../state/tautulli.js';
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
  readonly deps: HistoryDeps;
  /** The clock of this reading. */
  readonly now: number;

  constructor(settings: HistorySettings, deps: HistoryDeps) {
    super(deps, { notes: [], errors: [] }, null);
    this.settings = settings;
    this.deps = deps;
    this.now = deps.now();
  }
}
