import type { Plan } from '../../src/core/contracts/index.js';
import { withText } from '../../src/core/words/index.js';
import { type Call, type Result, registerFlowNode } from '../../src/runtime/flow-node.js';
import { readPlan } from '../../src/runtime/messages/pipeline.js';
import type { JitMessage, NodeAPI, NodeDef } from '../../src/runtime/node-types.js';
import { queueStatus } from '../../src/runtime/plan-status.js';
import type { Replaces } from '../../src/runtime/queue.js';
import { somethingDone } from '../../src/runtime/plan-done.js';
import { continued } from '../../src/runtime/run.js';
import { findSabnzbd } from '../../src/runtime/servers/sabnzbd.js';
import { formSettings, settingsFor } from '../../src/runtime/settings/read.js';
import { PRIORITY } from '../../src/runtime/settings/tables.js';
import { prioritise } from '../../src/steps/prioritise/index.js';

interface PriorityDef extends NodeDef {
  server: string;
}

const planIn = (msg: JitMessage): Partial<Plan> => msg.payload ?? {};

/** A newer plan of the same run holds all that a waiting partial one does, and more. */
const newerOfSameRun: Replaces = (incoming, waiting) =>
  planIn(waiting).partial === true &&
  planIn(waiting).run?.id !== undefined &&
  planIn(waiting).run?.id === planIn(incoming).run?.id;

/** `Plan` → the same with queue positions; a partial one is acted on and ends here. */
export default (RED: NodeAPI): void =>
  registerFlowNode<PriorityDef>(RED, {
    type: 'plex-jit-sabnzbd-priority',
    replaces: newerOfSameRun,
    prepare: (config) => ({
      doing: 'ordering the queue',
      check: () => {
        void findSabnzbd(RED, config.server).connection;
        formSettings(PRIORITY, config);
      },
      work: (msg, call) => work(RED, config, msg, call),
      // A partial plan says it in the status alone: the whole one tells.
      whenUnusable: (msg, error) => {
        const plan = readPlan(msg.payload, 'sabnzbd priority');
        if (plan.partial) return { outputs: [] };
        return { outputs: somethingDone(plan) ? [msg] : [], fatal: error };
      },
    }),
  });

const work = async (RED: NodeAPI, config: PriorityDef, msg: JitMessage, call: Call): Promise<Result> => {
  const server = findSabnzbd(RED, config.server);
  const settings = settingsFor(formSettings(PRIORITY, config), msg);
  const sent = readPlan(msg.payload, 'sabnzbd priority');
  const plan = { ...sent, run: continued(sent.run, msg) };
  const { plan: done, fatal } = await prioritise(plan, settings, {
    ...call,
    client: server.client(call.requestsOf(plan.run)),
    server: server.ref,
    state: await server.state(),
    owner: call.node.id,
    // Waiting for a job must not hold up a plan that says more.
    newerWaits: () => call.waiting() > 0,
  });
  msg.payload = withText(done);
  const goesOn = !plan.partial && (fatal === null || somethingDone(done));
  return { outputs: goesOn ? [msg] : [], fatal, run: done.run, status: queueStatus(done) };
};
