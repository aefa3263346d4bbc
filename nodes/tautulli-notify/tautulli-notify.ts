import { type Call, type Result, registerFlowNode } from '../../src/runtime/flow-node.js';
import { readPlan } from '../../src/runtime/messages/pipeline.js';
import type { JitMessage, NodeAPI, NodeDef } from '../../src/runtime/node-types.js';
import { everyMessage } from '../../src/runtime/queue.js';
import { continued } from '../../src/runtime/run.js';
import { findTautulli } from '../../src/runtime/servers/tautulli.js';
import { formSettings, settingsFor } from '../../src/runtime/settings/read.js';
import { NOTIFY } from '../../src/runtime/settings/tables.js';
import { ok } from '../../src/runtime/status.js';
import { announce } from '../../src/steps/notify/index.js';

interface NotifyDef extends NodeDef {
  server: string;
}

/** `Plan` → the same, told once. */
export default (RED: NodeAPI): void =>
  registerFlowNode<NotifyDef>(RED, {
    type: 'plex-jit-tautulli-notify',
    replaces: everyMessage,
    prepare: (config) => ({
      doing: 'telling',
      check: () => {
        void findTautulli(RED, config.server).connection;
        formSettings(NOTIFY, config);
      },
      work: (msg, call) => work(RED, config, msg, call),
    }),
  });

const work = async (RED: NodeAPI, config: NotifyDef, msg: JitMessage, call: Call): Promise<Result> => {
  const server = findTautulli(RED, config.server);
  const settings = settingsFor(formSettings(NOTIFY, config), msg);
  const sent = readPlan(msg.payload, 'tautulli notify');
  const plan = { ...sent, run: continued(sent.run, msg) };
  const told = await announce(plan, settings, {
    ...call,
    client: server.client(call.requestsOf(plan.run)),
    state: await server.state(),
    server: server.ref,
  });
  msg.payload = told.plan;
  return { outputs: [msg], run: told.plan.run, status: ok('told') };
};
