import type { Wired, Workspace } from './upstream.js';

/** A node of a flow, as the editor holds it. */
export interface FlowNode extends Wired {
  readonly server?: string;
  readonly repeat?: string;
  readonly crontab?: string;
  /** Disabled. */
  readonly d?: boolean;
}

/** A server's config node, as the editor holds it. */
export interface ServerNode {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly url?: string;
  readonly timeout?: string;
  readonly tls?: string;
  readonly proxy?: string;
  /** What was typed, once its form was open; a stored one is only known to be there. */
  readonly credentials?: Readonly<Record<string, unknown>>;
}

interface Nodes {
  node(id: string): FlowNode | null;
  eachConfig(visit: (node: ServerNode) => boolean | undefined): void;
  filterLinks(filter: { target: unknown }): readonly { readonly source: FlowNode }[];
}

const nodes = (): Nodes => (globalThis as unknown as { readonly RED: { readonly nodes: Nodes } }).RED.nodes;

/** What is wired in the editor, deployed or not. */
export const workspace: Workspace = {
  // Links are found by the node itself, not by what is like it.
  sourcesOf: ({ id }) =>
    nodes()
      .filterLinks({ target: nodes().node(id) })
      .map(({ source }) => source),
  nodeOf: (id) => nodes().node(id),
};

export const serversOf = (type: string): readonly ServerNode[] => {
  const found: ServerNode[] = [];
  nodes().eachConfig((node) => {
    if (node.type === type) found.push(node);
    return undefined;
  });
  return found;
};
