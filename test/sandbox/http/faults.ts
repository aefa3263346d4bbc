import type { WorldFault } from '../world/format.js';

export type Fault = Omit<WorldFault, 'server'>;

interface Armed {
  readonly fault: Fault;
  passed: number;
  struck: number;
}

/** The faults that lie in wait for one stand-in, with their counts. */
export class Faults {
  private armed: Armed[] = [];

  add(fault: Fault): void {
    this.armed.push({ fault, passed: 0, struck: 0 });
  }

  clear(): void {
    this.armed = [];
  }

  /** The fault that strikes a request of this route; counts the request for every fault that waits for `after`. */
  strike(route: string): Fault | null {
    for (const armed of this.armed) {
      if (!matches(armed.fault, route) || spent(armed)) continue;
      if (armed.passed < (armed.fault.after ?? 0)) {
        armed.passed += 1;
        continue;
      }
      armed.struck += 1;
      return armed.fault;
    }
    return null;
  }

  /** An outage that needs no request to begin: of the whole server, and due. */
  outage(): Fault | null {
    const due = this.armed.find(
      (a) => a.fault.kind === 'refused' && a.fault.route === undefined && !spent(a) && a.passed >= (a.fault.after ?? 0),
    );
    if (due === undefined) return null;
    due.struck += 1;
    return due.fault;
  }
}

const spent = ({ fault, struck }: Armed): boolean => fault.times !== undefined && struck >= fault.times;

/** All words of the fault's route occur in the request's: `POST /release` names `POST /api/v3/release`. */
const matches = (fault: Fault, route: string): boolean =>
  (fault.route ?? '')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => route.toLowerCase().includes(word));
