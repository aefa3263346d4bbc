import type { NodeAPI } from '../../runtime/node-types.js';
import { Unanswerable } from '../routes.js';
import { deployedFlows, deployedNodes } from './deployed.js';
import { triggersOf } from './triggers.js';

/** What was pressed, as the sidebar sends it. */
export interface RunRequest {
  readonly flow: string;
  readonly dryRun: boolean;
}

/**
 * Starts a run of a flow: its own inject, or for a dry run the nodes that read plays.
 * @throws Unanswerable 404 for a flow that is not there, 409 for one that has nothing to start
 */
export const startRun = (RED: NodeAPI, { flow: id, dryRun }: RunRequest): void => {
  const all = deployedNodes(RED);
  const flow = deployedFlows(all).find((one) => one.id === id);
  if (flow === undefined) throw new Unanswerable(404, 'This flow is not deployed, or has none of these nodes.');
  const { inject, histories } = triggersOf(flow, all);
  if (!dryRun && inject === null)
    throw new Unanswerable(409, 'No inject node leads into this flow: wire one to its first node.');
  if (dryRun && histories.length === 0)
    throw new Unanswerable(
      409,
      'This flow has no tautulli history node to begin a dry run with: send a message with msg.plexJit.dryRun = true to its first node.',
    );
  const starts = (dryRun || inject === null ? histories : [inject]).flatMap((node) => RED.nodes.getNode(node.id) ?? []);
  if (starts.length === 0)
    throw new Unanswerable(
      409,
      "The flow is deployed but not running: see Node-RED's log for the cause, or deploy it again.",
    );
  for (const node of starts) node.receive(dryRun ? { plexJit: { dryRun: true } } : {});
};
