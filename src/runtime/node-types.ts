import type { Node, NodeAPI, NodeDef, NodeMessage, NodeMessageInFlow } from 'node-red';

export type { Node, NodeAPI, NodeDef };

/** A message of a flow; everything of ours outside the payload stands under `plexJit`. */
export type JitMessage = NodeMessageInFlow & { plexJit?: unknown };

/** What goes out per output; null sends nothing there. */
export type Outputs = readonly (NodeMessage | null)[];

export type Send = (msg: NodeMessage | (NodeMessage | NodeMessage[] | null)[]) => void;
export type Done = (error?: Error) => void;
