/**
 * How SABnzbd 5.0.1 orders its queue, after experiments on it; `sab-model.test.ts` holds it against recordings.
 * Shares nothing with the code under test.
 */
export interface ModelJob {
  id: string;
  /** As SABnzbd keeps it: 3 Repair, 2 Force, 1 High, 0 Normal, -1 Low; -2 and -100 are stored unresolved. */
  priority: number;
  paused: boolean;
}

const NAMES: Record<number, string> = { 3: 'Repair', 2: 'Force', 1: 'High', 0: 'Normal', [-1]: 'Low' };
const STORED = new Set([3, 2, 1, 0, -1, -2, -100]);

export class SabModel {
  constructor(
    public jobs: ModelJob[],
    readonly paused = false,
  ) {}

  static of(queue: string): SabModel {
    const letters: Record<string, number> = { R: 3, F: 2, H: 1, N: 0, L: -1 };
    return new SabModel(
      queue.split(' ').map((word) => {
        const [id = '', flags = 'N'] = word.split('/');
        return { id, priority: letters[flags.charAt(0)] ?? 0, paused: flags.endsWith('p') };
      }),
    );
  }

  /** `A/H B/Np`, as `of` reads it. */
  toString(): string {
    return this.jobs.map((j) => `${j.id}/${this.#name(j).charAt(0)}${j.paused ? 'p' : ''}`).join(' ');
  }

  /** The queue as the client reads it. */
  read() {
    return this.jobs.map((job) => ({
      id: job.id,
      name: job.id,
      priority: this.#name(job) as 'Repair' | 'Force' | 'High' | 'Normal' | 'Low',
      status: job.paused ? 'Paused' : this.paused ? 'Queued' : 'Downloading',
      category: 'tv',
      size: 1,
      sizeLeft: 1,
    }));
  }

  /** `mode=queue&name=priority`; the position of the last id. */
  setPriority(ids: readonly string[], value: number): number {
    return ids.map((id) => this.#setOne(id, value)).at(-1) ?? -1;
  }

  /** `mode=switch`. */
  switchTo(id: string, target: string | number): number {
    const index = typeof target === 'number' && target < 0 ? target + this.jobs.length : target;
    const other = typeof index === 'number' ? this.jobs[index] : this.jobs.find((j) => j.id === index);
    const job = this.jobs.find((j) => j.id === id);
    if (!job || !other || job === other) return -1;
    const place = this.jobs.indexOf(other);
    const below = this.jobs[place + 1];
    const stays = typeof target === 'number' && below?.priority === job.priority && other.priority <= job.priority;
    if (!stays) job.priority = other.priority;
    this.jobs.splice(this.jobs.indexOf(job), 1);
    this.jobs.splice(place, 0, job);
    return place;
  }

  /** A job that is added: Force and Repair on top, others at the end of their group. */
  add(job: ModelJob): void {
    this.#insert(job, job.priority);
  }

  /** A restart turns the Force jobs round. */
  restart(): void {
    const forced = this.jobs.filter((j) => j.priority === 2).reverse();
    this.jobs = this.jobs.map((j) => (j.priority === 2 ? (forced.shift() ?? j) : j));
  }

  #name(job: ModelJob): string {
    return NAMES[job.priority] ?? 'Normal';
  }

  #setOne(id: string, value: number): number {
    const place = this.jobs.findIndex((j) => j.id === id);
    const job = this.jobs[place];
    if (!job) return -1;
    if (job.priority === value) return place;
    this.jobs.splice(place, 1);
    job.priority = STORED.has(value) ? value : 0;
    job.paused = false;
    return this.#insert(job, value);
  }

  #insert(job: ModelJob, value: number): number {
    const lower = value === 2 || value === 3 ? 0 : this.jobs.findIndex((j) => j.priority < value);
    const place = lower === -1 || value === -1 ? this.jobs.length : lower;
    this.jobs.splice(place, 0, job);
    return place;
  }
}
