import type { LogCode } from '../../src/core/log-codes.js';
import type { ServerRef } from '../../src/core/contracts/index.js';
import type { Log, Store } from '../../src/state/types.js';

/** A store like Node-RED's file store: what goes in comes out as plain JSON, and other objects. */
export class FakeStore implements Store {
  readonly values = new Map<string, string>();
  writes = 0;
  /** The next calls fail with this. */
  failure: Error | null = null;

  async get(key: string): Promise<unknown> {
    if (this.failure !== null) throw this.failure;
    const text = this.values.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  async set(key: string, value: unknown): Promise<void> {
    await Promise.resolve();
    if (this.failure !== null) throw this.failure;
    this.writes += 1;
    this.values.set(key, JSON.stringify(value));
  }
}

/** Keeps what was logged, a line each: `warn: …`. */
export class FakeLog implements Log {
  readonly lines: string[] = [];

  error(_code: LogCode, message: string): void {
    this.lines.push(`error: ${message}`);
  }
  warn(_code: LogCode, message: string): void {
    this.lines.push(`warn: ${message}`);
  }
  info(_code: LogCode, message: string): void {
    this.lines.push(`info: ${message}`);
  }
  debug(_code: LogCode, message: string): void {
    this.lines.push(`debug: ${message}`);
  }

  of(level: 'error' | 'warn' | 'info' | 'debug'): readonly string[] {
    return this.lines.filter((line) => line.startsWith(`${level}: `));
  }
}

export const server = (name: string): ServerRef => ({
  id: name.toLowerCase(),
  name,
  url: `http://nas/${name.toLowerCase()}`,
});
