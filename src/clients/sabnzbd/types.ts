import type { SabQueue } from '../../core/contracts/index.js';

export interface SabnzbdClient {
  /** Needs no key: proves reachability only. */
  version(): Promise<string>;
  /** What the configured key is. */
  keyKind(): Promise<'full' | 'nzb-only' | 'wrong'>;
  /** The whole queue, unfiltered, so that positions are true. */
  queue(): Promise<SabQueue>;
  /** Those of the jobs that have ended, or are being unpacked. */
  knownToHistory(ids: readonly string[]): Promise<readonly string[]>;
  /** One call, executed in the order of `ids`; answers the position of the last id, -1 when it is not in the queue. Never -4. */
  setPriority(ids: readonly string[], priority: 'Force' | 'High' | 'Normal'): Promise<number>;
  /** Moves one job to the place of another job (its priority is adopted) or to an index. -1: nothing moved. */
  switchTo(id: string, target: string | number): Promise<number>;
}
