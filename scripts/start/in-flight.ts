/** The part of Node-RED's hooks that is used here. */
export interface Hooks {
  add(id: string, callback: (event: HookEvent) => void): void;
  remove(id: string): void;
}

export interface HookEvent {
  readonly msg?: { readonly _msgid?: string };
  readonly node?: { readonly id: string };
  /** `_expectedDoneCount`: how many of its input handlers take a `done`; a core node such as switch has none. */
  readonly destination?: { readonly id: string; readonly node?: { readonly _expectedDoneCount?: number } };
}

/**
 * Knows when a flow has finished: every message that a node was given has been completed by it.
 * Nodes that never complete are not counted, and Node-RED delivers between the hooks (`setImmediate`):
 * the count must stay at zero for a moment.
 */
export class InFlight {
  readonly #open = new Map<string, number>();
  #idleSince = performance.now();

  constructor(hooks: Hooks) {
    hooks.add('onReceive.plex-jit-start', (event) => {
      if (event.destination?.node?._expectedDoneCount === 0) return;
      this.#count(`${event.destination?.id}:${event.msg?._msgid}`, 1);
    });
    hooks.add('onComplete.plex-jit-start', (event) => {
      this.#count(`${event.node?.id}:${event.msg?._msgid}`, -1);
    });
  }

  #count(key: string, step: 1 | -1): void {
    const count = (this.#open.get(key) ?? 0) + step;
    // A node may complete a message that it never received (an inject's own): that closes nothing.
    if (count > 0) this.#open.set(key, count);
    else this.#open.delete(key);
    this.#idleSince = performance.now();
  }

  /** Resolves when nothing has been in flight for `quiet` milliseconds, to the moment (as of `performance.now()`) since when. */
  async finished(quiet = 100): Promise<number> {
    while (this.#open.size > 0 || performance.now() - this.#idleSince < quiet)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return this.#idleSince;
  }
}
