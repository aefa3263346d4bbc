import type {
  Instant,
  QueuePlace,
  ReasonCode,
  RequestCounts,
  ResultCode,
  ServiceName,
  ThreadState,
  UnmatchedCode,
} from '../contracts/index.js';

/** What an episode is at: what came of its search where one was made, else why the plan does what it does. */
export type EpisodeCode = ReasonCode | `result-${ResultCode}` | 'searching';

export interface EpisodeView {
  /** Sonarr's id. */
  readonly id: number;
  /** `S02E06`. */
  readonly label: string;
  readonly title: string;
  /** Of its series, for lists that are not grouped by it. */
  readonly series: string;
  readonly code: EpisodeCode;
  /** The English sentence. */
  readonly text: string;
  /** What the server said, or which release was chosen; empty when the sentence says all. */
  readonly details: readonly string[];
  /** When the code changes by itself: end of the cool-down, air time. */
  readonly until: Instant | null;
  /** When somebody needs it first; null for no known time. */
  readonly neededBy: Instant | null;
  /** Names of all who need it. */
  readonly viewers: readonly string[];
  /** Percent of its download, at the time of the plan (`PlanView.at`). */
  readonly progress: number | null;
  /** When its download will be through, as Sonarr estimated it. */
  readonly readyAt: Instant | null;
  readonly queue: Pick<QueuePlace, 'position' | 'priority'> | null;
}

/** How far one viewer has come in one series, and what comes next. */
export interface ThreadView {
  readonly series: string;
  /** In the address of its page in Sonarr. */
  readonly slug: string;
  /** `S02E05`: the last episode played. */
  readonly position: string;
  readonly playing: boolean;
  readonly playedAt: Instant;
  readonly state: ThreadState;
  /** The English sentence. */
  readonly text: string;
  /** In order; each is in the plan's `episodes`. */
  readonly next: readonly number[];
}

export interface ViewerView {
  readonly id: string;
  readonly name: string;
  readonly threads: readonly ThreadView[];
}

/** A show that was played and could not be placed, once for all its plays. */
export interface UnmatchedView {
  readonly title: string;
  readonly code: UnmatchedCode;
  /** The English sentence. */
  readonly text: string;
  readonly viewers: readonly string[];
  readonly plays: number;
  /** As a list of shows to ignore knows it: `tvdb:123`; empty when it has no such id. */
  readonly ignoreId: string;
}

/** One plan, as small as the sidebar needs it. */
export interface PlanView {
  readonly runId: string;
  readonly at: Instant;
  readonly dryRun: boolean;
  /** The run goes on: results are still coming in. */
  readonly partial: boolean;
  /** `url`: in the journal where Node-RED reaches it, in the answer of the route where links lead. */
  readonly sonarr: { readonly id: string; readonly name: string; readonly url: string };
  readonly episodes: readonly EpisodeView[];
  readonly viewers: readonly ViewerView[];
  /** Viewings and episodes that only the bound of this view leaves out. */
  readonly leftOut: number;
  /** Episodes that are still wanted although no viewing leads to them any more. */
  readonly openWants: readonly number[];
  readonly unmatched: readonly UnmatchedView[];
  readonly notes: readonly string[];
  readonly counts: PlanCounts;
}

export interface PlanCounts {
  readonly shows: number;
  readonly episodes: number;
  /** Episodes that are planned to be searched. */
  readonly toSearch: number;
  /** Of these, what nothing was grabbed for and no answer says that there is nothing. */
  readonly stillToSearch: number;
  /** How many searches that takes: one serves all episodes of a season. */
  readonly searches: number;
  readonly grabbed: number;
  readonly notFound: number;
  readonly onTheWay: number;
  /** Plays that could not be placed. */
  readonly unmatched: number;
  readonly errors: number;
}

/** `waiting`: its message is in the node's queue. */
export type StepState = 'waiting' | 'working' | 'ok' | 'failed' | 'stopped';

/** What one node did in a run. */
export interface StepView {
  readonly node: string;
  /** Without the package's prefix, e.g. `sonarr-search`. */
  readonly type: string;
  readonly name: string;
  readonly state: StepState;
  /** The node's status, in English. */
  readonly text: string;
  readonly ms: number;
}

export interface ErrorView {
  readonly code: string;
  readonly service: ServiceName | null;
  readonly retryable: boolean;
  /** The English sentence. */
  readonly message: string;
}

export interface RunView {
  /** Of each run that is told as one: every branch of a flow has its own. In the order in which they began. */
  readonly ids: readonly string[];
  readonly startedAt: Instant;
  /** From the beginning to the end of the latest step. */
  readonly ms: number;
  readonly running: boolean;
  readonly dryRun: boolean;
  readonly requests: Readonly<RequestCounts>;
  readonly steps: readonly StepView[];
  readonly errors: readonly ErrorView[];
}

/** Why a button has nothing to press; null when it has. */
export type Missing = 'no-inject' | 'no-history' | null;

/** Whether it is of before Node-RED was started: kept in the context store, and told as such. */
export interface Recalled {
  readonly recalled: boolean;
}

export interface FlowView {
  /** The tab, or the instance of a subflow. */
  readonly id: string;
  /** Where its nodes stand in the editor: the tab, or the subflow. */
  readonly home: string;
  readonly label: string;
  readonly run: { readonly missing: Missing };
  readonly planOnly: { readonly missing: Missing };
  /** The latest, of all branches together; null when none is known. */
  readonly lastRun: (RunView & Recalled) | null;
  /** A dry run that began while the one that is shown was at work, and is not shown; null when there is none. */
  readonly hiddenLook: Pick<RunView, 'startedAt'> | null;
  /** The latest of each Sonarr. */
  readonly plans: readonly (PlanView & Recalled)[];
  /** What is shown is lost with a restart: a Sonarr of this flow keeps what it remembers in memory only. */
  readonly forgets: boolean;
}

/** The answer of `GET plex-jit/up-next`. */
export interface UpNextView {
  /** Grows with each change. */
  readonly revision: number;
  /** Milliseconds since 1970 at the server, for browsers whose clock is wrong. */
  readonly now: number;
  readonly flows: readonly FlowView[];
}
