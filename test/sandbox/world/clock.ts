import type { SandboxClock } from './types.js';

interface Appointment {
  readonly at: number;
  readonly work: () => void;
}

/**
 * The sandbox's time line: real time × `speed`, plus what `advance` jumped. Appointments run in the order of their times, each seeing
 * its own time as `now`, whether time flew or jumped; so a jump of an hour does what an hour would have done.
 */
export class Timeline implements SandboxClock {
  private appointments: Appointment[] = [];
  private timer: NodeJS.Timeout | undefined;
  private frozen: number | null = null;
  private jumped = 0;
  private closed = false;
  private readonly realStart = performance.now();

  constructor(
    readonly start: number,
    private readonly speed = 1,
  ) {}

  now(): number {
    return this.frozen ?? this.flown();
  }

  advance(ms: number): void {
    this.runUntil(this.flown() + ms);
    this.jumped += ms;
    this.arm();
  }

  sleep(ms: number): Promise<void> {
    return ms <= 0 ? Promise.resolve() : new Promise((resolve) => this.at(this.now() + ms, resolve));
  }

  /** Does the work at that time. */
  at(time: number, work: () => void): void {
    const later = this.appointments.findIndex((other) => other.at > time);
    this.appointments.splice(later < 0 ? this.appointments.length : later, 0, { at: time, work });
    if (this.frozen === null) this.arm();
  }

  /** Again and again; ends with `close`. */
  every(ms: number, work: () => void): void {
    this.at(this.now() + ms, () => {
      this.every(ms, work);
      work();
    });
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.appointments = [];
  }

  private flown(): number {
    return this.start + (performance.now() - this.realStart) * this.speed + this.jumped;
  }

  private arm(): void {
    clearTimeout(this.timer);
    const next = this.appointments[0];
    if (next === undefined || this.closed) return;
    const wait = Math.max(0, (next.at - this.flown()) / this.speed);
    this.timer = setTimeout(() => this.flow(), Math.min(wait, 2 ** 30)).unref();
  }

  private flow(): void {
    this.runUntil(this.flown());
    this.arm();
  }

  private runUntil(time: number): void {
    if (this.frozen !== null) return;
    for (let next = this.appointments[0]; next !== undefined && next.at <= time; next = this.appointments[0]) {
      this.appointments.shift();
      this.frozen = next.at;
      try {
        next.work();
      } finally {
        this.frozen = null;
      }
    }
  }
}
