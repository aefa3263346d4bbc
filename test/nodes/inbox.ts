import { setTimeout as wait } from 'node:timers/promises';

export interface Message {
  [property: string]: unknown;
  payload?: unknown;
  error?: { message: string; code?: string; cause?: unknown; source: { id: string; type?: string } };
  status?: { text?: string; fill?: string; source?: { id: string } };
}

/** What a look finds, as soon as it is there; fails after that many milliseconds, saying what was waited for. */
export const until = async <T>(look: () => T | undefined | false, what: string, ms = 8000): Promise<T> => {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`waited ${ms} ms for ${what}`);
    await wait(5);
  }
};

/** Messages that arrived at one node, in order. */
export class Inbox {
  readonly all: Message[] = [];

  /** The n-th one, counting from 0; waits for it. */
  nth(n: number): Promise<Message> {
    return until(() => this.all[n], `message ${n + 1}`);
  }

  get first(): Promise<Message> {
    return this.nth(0);
  }
}
