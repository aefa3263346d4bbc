import type { NodeAPI } from '../../runtime/node-types.js';
import { runningNodes, subflowOf } from './running.js';

/** What is wired to an end of a subflow. */
interface SubflowEnd {
  readonly wires: readonly { readonly id: string; readonly port?: number }[];
}

/** What is deployed of a node, as far as it is looked at here. */
export interface Deployed {
  /** As it runs; in an instance of a subflow it is another than in the editor. */
  readonly id: string;
  readonly type: string;
  readonly z?: string;
  /** Of a node in an instance of a subflow: its id in the editor. */
  readonly alias?: string;
  /** Of a node in an instance of a subflow: that subflow. */
  readonly home?: string;
  readonly name?: string;
  readonly label?: string;
  readonly info?: string;
  /** Disabled: a node, or (as `disabled`) a tab. */
  readonly d?: boolean;
  readonly disabled?: boolean;
  readonly wires?: readonly (readonly string[])[];
  /** Of subflows. */
  readonly in?: readonly SubflowEnd[];
  readonly out?: readonly SubflowEnd[];
  /** The config node of a server, of nodes that ask one. */
  readonly server?: string;
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

/** All that is deployed, by the id with which it runs. */
export const deployedNodes = (RED: NodeAPI): ReadonlyMap<string, Deployed> => {
  const all = new Map<string, Deployed>();
  RED.nodes.eachNode((node) => all.set(node.id, node));
  return runningNodes(all);
};

export interface DeployedFlow {
  /** What nodes have as `z` while they run: the tab, or the instance of the subflow. */
  readonly id: string;
  /** Where its nodes stand in the editor: the tab, or the subflow. */
  readonly home: string;
  readonly label: string;
  /** Nodes of this package in it. */
  readonly nodes: readonly Deployed[];
}

const isOn = (all: ReadonlyMap<string, Deployed>, { d, z }: Deployed): boolean =>
  d !== true && z !== undefined && all.get(z)?.disabled !== true;

/** What the editor calls a tab or an instance; an instance without a name is called as its subflow. */
const nameOf = (home: Deployed, all: ReadonlyMap<string, Deployed>): string =>
  [home.label, home.name, subflowOf(home, all)?.name].find((text) => text?.trim()) ?? home.id;

/** The flows that hold nodes of this package, in the order of the editor's tabs. A subflow counts once for each instance. */
export const deployedFlows = (all: ReadonlyMap<string, Deployed>): readonly DeployedFlow[] => {
  const ours = [...all.values()].filter((node) => isFlowNode(node) && isOn(all, node));
  const homes = [...all.values()].filter(({ id }) => ours.some(({ z }) => z === id));
  return homes.map((home) => ({
    id: home.id,
    home: subflowOf(home, all)?.id ?? home.id,
    label: nameOf(home, all),
    nodes: ours.filter(({ z }) => z === home.id),
  }));
};
