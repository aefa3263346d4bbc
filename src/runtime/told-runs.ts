import { shared } from './registry.js';

/** A node whose status tells what it did in a run. */
export interface Teller {
  readonly id: string;
  /** The run that the status tells of is past: another has begun where it began. Does nothing while the node works. */
  past(): void;
}

/**
 * Which run each node's status tells of. When the node that began a run begins the next, the statuses of the nodes behind it tell
 * the past: they would stand there for good if the new run fails before it comes to them.
 */
class ToldRuns {
  readonly #nodes = new Map<string, Teller>();
  /** By node id; outlives a deploy that makes the node anew. */
  readonly #runs = new Map<string, string>();

  opened(node: Teller): void {
    this.#nodes.set(node.id, node);
  }

  /** @param removed it was deleted, and is not made anew */
  closed(node: Teller, removed: boolean): void {
    if (this.#nodes.get(node.id) === node) this.#nodes.delete(node.id);
    if (removed) this.#runs.delete(node.id);
  }

  /** The node begins a run: what it began before is past, wherever else it is told. */
  begins(node: Teller): void {
    const before = this.#runs.get(node.id);
    this.#runs.delete(node.id);
    if (before === undefined) return;
    for (const other of this.#nodes.values()) if (this.#runs.get(other.id) === before) other.past();
  }

  /** The node works in that run from now on. */
  tells(node: Teller, run: string): void {
    this.#runs.set(node.id, run);
  }
}

/** Those of this Node-RED. */
export const toldRuns = (): ToldRuns => shared('told-runs', () => new ToldRuns());
