import type { NodeAPI } from '../../runtime/node-types.js';

/** What is deployed of a node, as far as it is looked at here. */
export interface Deployed {
  readonly id: string;
  readonly type: string;
  readonly z?: string;
  readonly name?: string;
  readonly label?: string;
  readonly info?: string;
  /** Disabled: a node, or (as `disabled`) a tab. */
  readonly d?: boolean;
  readonly disabled?: boolean;
  readonly wires?: readonly (readonly string[])[];
  /** Of link nodes. */
  readonly links?: readonly string[];
  /** Of inject nodes: seconds, or times of day. */
  readonly repeat?: string;
  readonly crontab?: string;
}

const PREFIX = 'plex-jit-';
const SERVERS = new Set(['plex-jit-tautulli', 'plex-jit-sonarr', 'plex-jit-sabnzbd']);
export const HISTORY = 'plex-jit-tautulli-history';

/** One of this package's nodes that stand in a flow. */
export const isFlowNode = ({ type }: Pick<Deployed, 'type'>): boolean => type.startsWith(PREFIX) && !SERVERS.has(type);

/** `sonarr-search` of `plex-jit-sonarr-search`. */
export const shortType = (type: string): string => (type.startsWith(PREFIX) ? type.slice(PREFIX.length) : type);

/** All that is deployed, by id. */
export const deployedNodes = (RED: NodeAPI): ReadonlyMap<string, Deployed> => {
  const all = new Map<string, Deployed>();
  RED.nodes.eachNode((node) => all.set(node.id, node));
  return all;
};

export interface DeployedFlow {
  /** What nodes have as `z` while they run: the tab, or the instance of the subflow. */
  readonly id: string;
  readonly label: string;
  /** Nodes of this package in it, as deployed. */
  readonly nodes: readonly Deployed[];
}

const isOn = (all: ReadonlyMap<string, Deployed>, { d, z }: Deployed): boolean =>
  d !== true && z !== undefined && all.get(z)?.disabled !== true;

const nameOf = ({ label, name, id }: Deployed): string => [label, name].find((text) => text?.trim()) ?? id;

/** The flows that hold nodes of this package, in the order of the editor's tabs. A subflow counts once for each instance. */
export const deployedFlows = (all: ReadonlyMap<string, Deployed>): readonly DeployedFlow[] => {
  const ours = [...all.values()].filter((node) => isFlowNode(node) && isOn(all, node));
  const homes = [...all.values()].filter(({ id }) => ours.some(({ z }) => z === id));
  return homes.flatMap((home) => {
    const nodes = ours.filter(({ z }) => z === home.id);
    if (home.type !== 'subflow') return [{ id: home.id, label: nameOf(home), nodes }];
    return [...all.values()]
      .filter((node) => node.type === `subflow:${home.id}` && isOn(all, node))
      .map((instance) => ({
        id: instance.id,
        label: instance.name?.trim() ? instance.name : nameOf(home),
        nodes,
      }));
  });
};
