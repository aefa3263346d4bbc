/** Everything that Node-RED's context holds: texts by node id and key, as files on a disk would. */
export type Snapshot = ReadonlyMap<string, string>;

/** Node-RED's context in a store that outlives a restart, or does not. */
export class ContextStore {
  readonly #values: Map<string, string>;
  #attached = true;
  /** Writes fail: the disk is full, or was taken away. */
  broken = false;

  constructor(
    private readonly used: () => void,
    from: Snapshot = new Map(),
  ) {
    this.#values = new Map(from);
  }

  get(node: string, key: string, callback: (error: unknown, value?: unknown) => void): void {
    this.used();
    const text = this.#values.get(`${node} ${key}`);
    setImmediate(() => callback(null, text === undefined ? undefined : JSON.parse(text)));
  }

  set(node: string, key: string, value: unknown, callback: (error?: unknown) => void): void {
    this.used();
    const text = JSON.stringify(value) as string | undefined;
    setImmediate(() => {
      if (this.broken) return callback(new Error('ENOSPC: no space left on device'));
      if (this.#attached) {
        if (text === undefined) this.#values.delete(`${node} ${key}`);
        else this.#values.set(`${node} ${key}`, text);
      }
      callback();
    });
  }

  /** What is written from now on is lost. */
  detach(): void {
    this.#attached = false;
  }

  snapshot(): Snapshot {
    return new Map(this.#values);
  }

  /** Entries under all keys that end so. */
  entries(key: string): readonly Record<string, unknown>[] {
    return [...this.#values]
      .filter(([name]) => name.includes(key.replace(/\W/g, '_')))
      .flatMap(([, text]) => (JSON.parse(text) as { entries?: Record<string, unknown>[] }).entries ?? []);
  }

  /** Characters of all that is kept. */
  get size(): number {
    return [...this.#values.values()].reduce((sum, text) => sum + text.length, 0);
  }
}
