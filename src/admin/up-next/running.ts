import type { Deployed } from './deployed.js';

const named = (instance: string, id: string): string => `${instance}-${id}`;

/** The subflow that a node is an instance of; undefined for any other node. */
export const subflowOf = (
  { type }: Pick<Deployed, 'type'>,
  all: ReadonlyMap<string, Deployed>,
): Deployed | undefined => (type.startsWith('subflow:') ? all.get(type.slice('subflow:'.length)) : undefined);

/** Where an instance sends what leaves its subflow from a node's output. */
const leaving = (instance: Deployed, subflow: Deployed, from: { id: string; port: number | null }): readonly string[] =>
  (subflow.out ?? []).flatMap(({ wires }, output) =>
    wires.some(({ id, port = 0 }) => id === from.id && (from.port === null || port === from.port))
      ? (instance.wires?.[output] ?? [])
      : [],
  );

interface Instance {
  readonly instance: Deployed;
  readonly subflow: Deployed;
  readonly all: ReadonlyMap<string, Deployed>;
}

/** A node of a subflow as it runs in an instance. */
function inside({ instance, subflow, all }: Instance, node: Deployed): Deployed {
  const name = (id: string): string => (all.get(id)?.z === subflow.id ? named(instance.id, id) : id);
  const ports = Math.max(1, node.wires?.length ?? 0);
  return {
    ...node,
    id: named(instance.id, node.id),
    alias: node.id,
    z: instance.id,
    home: subflow.id,
    wires: Array.from({ length: ports }, (_, port) => [
      ...(node.wires?.[port] ?? []).map(name),
      ...leaving(instance, subflow, { id: node.id, port }),
    ]),
    ...(node.server === undefined ? {} : { server: name(node.server) }),
    ...(node.links === undefined ? {} : { links: node.links.map(name) }),
  };
}

/** An instance of a subflow, wired to what it lets in, and all that runs in it. */
function expanded(instance: Deployed, all: ReadonlyMap<string, Deployed>): readonly Deployed[] {
  const subflow = subflowOf(instance, all);
  if (subflow === undefined || instance.d === true) return [instance];
  const entries = (subflow.in ?? []).flatMap(({ wires }) => wires.map(({ id }) => named(instance.id, id)));
  const through = leaving(instance, subflow, { id: subflow.id, port: null });
  return [
    { ...instance, wires: [[...entries, ...through]] },
    ...[...all.values()]
      .filter(({ z }) => z === subflow.id)
      .flatMap((node) => expanded(inside({ instance, subflow, all }, node), all)),
  ];
}

/**
 * All nodes as they run: those of a subflow once for each of its instances, by the ids that Node-RED gives them there
 * (`<instance>-<node>` in Node-RED 4.1 and 5.0), and not as they stand in the subflow.
 */
export function runningNodes(all: ReadonlyMap<string, Deployed>): ReadonlyMap<string, Deployed> {
  const isDrawn = ({ z }: Deployed): boolean => z === undefined || all.get(z)?.type !== 'subflow';
  const isOff = ({ z }: Deployed): boolean => z !== undefined && all.get(z)?.disabled === true;
  const running = [...all.values()].filter(isDrawn).flatMap((node) => (isOff(node) ? [node] : expanded(node, all)));
  return new Map(running.map((node) => [node.id, node]));
}
