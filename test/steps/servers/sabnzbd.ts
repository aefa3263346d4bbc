import type { FailureCode } from '../../../src/clients/http/failures.js';
import { ServiceError } from '../../../src/clients/http/service-error.js';
import type { SabnzbdClient } from '../../../src/clients/sabnzbd/types.js';
import { SabModel } from '../../core/queue-order/sab-model.js';

const sabFailure = (code: FailureCode): ServiceError =>
  new ServiceError(code, {
    service: 'sabnzbd',
    server: 'SABnzbd at http://nas:8080',
    operation: 'read the queue',
    status: null,
    detail: '',
  });

const VALUES = { Force: 2, High: 1, Normal: 0 } as const;

/** A SABnzbd whose queue behaves as recorded; ids are given short: `a` is `SABnzbd_nzo_a`. */
export class FakeSabnzbd implements SabnzbdClient {
  readonly model: SabModel;
  readonly requests: string[] = [];
  readonly finished = new Set<string>();
  failure: FailureCode | null = null;
  sabVersion = '5.0.1';
  /** Of the next call that changes something. */
  callFailure: FailureCode | null = null;
  /** Priority that Sonarr's jobs come with. */
  arrival = 0;
  /** After each call: somebody else is at work. */
  afterCall: () => void = () => undefined;

  constructor(queue = '') {
    this.model = queue === '' ? new SabModel([]) : SabModel.of(queue);
    for (const job of this.model.jobs) job.id = nzo(job.id);
  }

  /** `a/H b/N`. */
  get order(): string {
    return this.model.toString().replaceAll('SABnzbd_nzo_', '');
  }

  sent(kind: string): string[] {
    return this.requests.filter((request) => request.split(' ')[0] === kind);
  }

  add(id: string, priority = this.arrival): void {
    this.model.add({ id: nzo(id), priority, paused: false });
  }

  finish(id: string): void {
    this.model.jobs = this.model.jobs.filter((job) => job.id !== nzo(id));
    this.finished.add(nzo(id));
  }

  async #ask(request: string): Promise<void> {
    this.requests.push(request.replaceAll('SABnzbd_nzo_', ''));
    await Promise.resolve();
    if (this.failure !== null) throw sabFailure(this.failure);
    if (this.callFailure !== null && /^(priority|switch) /.test(request)) {
      const code = this.callFailure;
      this.callFailure = null;
      throw sabFailure(code);
    }
  }

  async version() {
    await this.#ask('version');
    return '5.0.1';
  }
  keyKind() {
    return Promise.resolve('full' as const);
  }

  async queue() {
    await this.#ask('queue');
    return { jobs: this.model.read(), paused: this.model.paused, version: this.sabVersion };
  }

  async knownToHistory(ids: readonly string[]) {
    await this.#ask(`history ${ids.join(',')}`);
    return ids.filter((id) => this.finished.has(id));
  }

  async setPriority(ids: readonly string[], priority: 'Force' | 'High' | 'Normal') {
    await this.#ask(`priority ${ids.join(',')} ${priority}`);
    const position = this.model.setPriority(ids, VALUES[priority]);
    this.afterCall();
    return position;
  }

  async switchTo(id: string, target: string | number) {
    await this.#ask(`switch ${id} ${target}`);
    const position = this.model.switchTo(id, target);
    this.afterCall();
    return position;
  }
}

const nzo = (id: string): string => (id.startsWith('SABnzbd_nzo_') ? id : `SABnzbd_nzo_${id}`);
