/** Names as SABnzbd's queue shows them; anything else (a number) is Normal. */
export type SabPriority = 'Repair' | 'Force' | 'High' | 'Normal' | 'Low';

export interface SabJob {
  readonly id: string;
  readonly name: string;
  readonly priority: SabPriority;
  /** `Paused` means that its owner paused this job. `Downloading` is not proof of traffic. */
  readonly status: string;
  readonly category: string;
  /** Bytes. */
  readonly size: number;
  readonly sizeLeft: number;
}

export interface SabQueue {
  /** In queue order: a job's index is its position. */
  readonly jobs: readonly SabJob[];
  /** The whole queue is paused. */
  readonly paused: boolean;
  readonly version: string;
}

export interface SabHistoryEntry {
  readonly id: string;
  /** `Completed`, `Failed`, or a post-processing step. */
  readonly status: string;
  readonly failMessage: string;
}

export interface SabnzbdClient {
  /** Needs no key: proves reachability only. */
  version(): Promise<string>;
  /** What the configured key is. */
  keyKind(): Promise<'full' | 'nzb-only' | 'wrong'>;
  /** The whole queue, unfiltered, so that positions are true. */
  queue(): Promise<SabQueue>;
  historyOf(ids: readonly string[]): Promise<readonly SabHistoryEntry[]>;
  /** One call, executed in the order of `ids`; answers the position of the last id, -1 when it is not in the queue. Never -4. */
  setPriority(ids: readonly string[], priority: 'Force' | 'High' | 'Normal'): Promise<number>;
  /** Moves one job to the place of another job (its priority is adopted) or to an index. -1: nothing moved. */
  switchTo(id: string, target: string | number): Promise<number>;
}
