import { shared } from './registry.js';

/** A node whose status tells what it did in a run. */
export interface Teller {
  readonly id: string;
  /** The run that the status tells of is past: another has begun in front. Does nothing while the node works. */
  past(): void;
}

/** Runs whose way is known; a message can be held up on its way for a while. */
const RUNS = 100;

/**
 * Which run each node's status tells of. When a node begins a run, the statuses of the nodes to which earlier runs came after
 * it tell the past: they would stand there for good if the new run fails before it comes to them.
 */
class ToldRuns {
  readonly #nodes = new Map<string, Teller>();
  /** Of the nodes that are open, by id. */
  readonly #runs = new Map<string, string>();
  /** The ids of the nodes that each run came to, in that order; outlives a deploy that makes them anew. */
  readonly #ways = new Map<string, string[]>();

  opened(node: Teller): void {
    this.#nodes.set(node.id, node);
  }

  closed(node: Teller): void {
    if (this.#nodes.get(node.id) !== node) return;
    this.#nodes.delete(node.id);
    this.#runs.delete(node.id);
  }

  /** The node begins a run: what is told behind it of earlier ones is past, whichever of them it was. */
  begins(node: Teller): void {
    this.#runs.delete(node.id);
    for (const [id, run] of this.#runs) if (this.#isBehind(id, node.id, run)) this.#nodes.get(id)?.past();
  }

  /** The node works in that run from now on. */
  tells(node: Teller, run: string): void {
    if (this.#nodes.get(node.id) !== node) return;
    this.#runs.set(node.id, run);
    const way = this.#ways.get(run) ?? [];
    if (!way.includes(node.id)) way.push(node.id);
    this.#ways.delete(run);
    this.#ways.set(run, way);
    for (const oldest of this.#ways.keys()) {
      if (this.#ways.size <= RUNS) break;
      this.#ways.delete(oldest);
    }
  }

  /** Whether the run has come to the node. */
  hasCome(run: string, { id }: Teller): boolean {
    return this.#ways.get(run)?.includes(id) ?? false;
  }

  #isBehind(id: string, first: string, run: string): boolean {
    const way = this.#ways.get(run) ?? [];
    return way.includes(first) && way.indexOf(first) < way.indexOf(id);
  }
}

/** Those of this Node-RED. */
export const toldRuns = (): ToldRuns => shared('told-runs', () => new ToldRuns());
