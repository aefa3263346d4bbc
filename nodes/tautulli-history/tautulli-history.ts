import { type Call, type Result, registerFlowNode } from '../../src/runtime/flow-node.js';
import type { JitMessage, NodeAPI, NodeDef } from '../../src/runtime/node-types.js';
import { playsStatus } from '../../src/runtime/plan-status.js';
import { latestOnly } from '../../src/runtime/queue.js';
import { newRun } from '../../src/runtime/run.js';
import { findTautulli } from '../../src/runtime/servers/tautulli.js';
import { carried, formSettings, settingsFor } from '../../src/runtime/settings/read.js';
import { HISTORY } from '../../src/runtime/settings/tables.js';
import { readHistory } from '../../src/steps/history/index.js';

interface HistoryDef extends NodeDef {
  server: string;
}

/** Any message → what was played. Begins a run. */
export default (RED: NodeAPI): void =>
  registerFlowNode<HistoryDef>(RED, {
    type: 'plex-jit-tautulli-history',
    replaces: latestOnly,
    prepare: (config) => ({
      doing: 'reading plays',
      check: () => {
        void findTautulli(RED, config.server).connection;
        formSettings(HISTORY, config);
      },
      work: (msg, call) => work(RED, config, msg, call),
    }),
  });

const work = async (RED: NodeAPI, config: HistoryDef, msg: JitMessage, call: Call): Promise<Result> => {
  const settings = settingsFor(formSettings(HISTORY, config), msg);
  const server = findTautulli(RED, config.server);
  const run = newRun(msg, call.now);
  const { plays, ...told } = await readHistory(settings, {
    ...call,
    client: server.client(call.requestsOf(run)),
    state: await server.state(),
    server: server.ref,
  });
  msg.payload = plays;
  msg.plexJit = { ...carried(msg), run, ...told };
  return { outputs: [msg], run, status: playsStatus(plays) };
};
