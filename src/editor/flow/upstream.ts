/** Where the way begins. */
export type Start = Pick<Wired, 'id' | 'type'>;

/** A node as far as the way to it is asked. */
export interface Wired {
  readonly id: string;
  readonly type: string;
  /** Of a link node: the ids of its other ends. */
  readonly links?: readonly string[];
}

export interface Workspace {
  /** The nodes whose outputs are wired to this one. */
  sourcesOf(node: Wired): readonly Wired[];
  nodeOf(id: string): Wired | null;
}

/** All nodes that lead to a node, the nearest first, through link nodes too. */
export const upstreamOf = ({ id, type }: Start, workspace: Workspace): readonly Wired[] => {
  const seen = new Map<string, Wired>([[id, { id, type }]]);
  // A map goes on over what is added while it is gone through.
  for (const one of seen.values()) {
    const linked = one.type === 'link in' ? (one.links ?? []).flatMap((id) => workspace.nodeOf(id) ?? []) : [];
    for (const source of [...workspace.sourcesOf(one), ...linked]) {
      if (!seen.has(source.id)) seen.set(source.id, source);
    }
  }
  return [...seen.values()].slice(1);
};
