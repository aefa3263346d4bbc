import type { SabnzbdClient } from '../../../src/clients/sabnzbd/types.js';
import type { SabJob } from '../../../src/core/contracts/index.js';

/** A SABnzbd that answers reading requests from memory, and keeps what it was asked. */
export class FakeSabnzbd {
  jobs: string[] = [];
  ended: string[] = [];
  failure: Error | null = null;
  readonly asked: string[] = [];

  readonly client: SabnzbdClient = {
    version: () => Promise.resolve('5.0.0'),
    keyKind: () => Promise.resolve('full'),
    queue: async () => {
      this.asked.push('queue');
      if (this.failure !== null) throw this.failure;
      return { jobs: this.jobs.map((id) => ({ id }) as SabJob), paused: false, version: '5.0.0' };
    },
    knownToHistory: async (ids) => {
      this.asked.push(`history of ${ids.join()}`);
      return this.ended;
    },
    setPriority: () => Promise.reject(new Error('a look-up changes nothing')),
    switchTo: () => Promise.reject(new Error('a look-up changes nothing')),
  };
}
