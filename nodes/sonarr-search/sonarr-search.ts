import type { Plan } from '../../src/core/contracts/index.js';
import { withText } from '../../src/core/words/index.js';
import { type Call, type Result, registerFlowNode } from '../../src/runtime/flow-node.js';
import { readPlan } from '../../src/runtime/messages/pipeline.js';
import { wrongInput } from '../../src/runtime/node-error.js';
import type { JitMessage, NodeAPI, NodeDef } from '../../src/runtime/node-types.js';
import { searchStatus } from '../../src/runtime/plan-status.js';
import { everyMessage } from '../../src/runtime/queue.js';
import { somethingDone } from '../../src/runtime/plan-done.js';
import { continued, tally } from '../../src/runtime/run.js';
import { type SonarrServer, findSonarr } from '../../src/runtime/servers/sonarr.js';
import { formSettings, settingsFor } from '../../src/runtime/settings/read.js';
import { SEARCH } from '../../src/runtime/settings/tables.js';
import { searchAndGrab } from '../../src/steps/search/index.js';

interface SearchDef extends NodeDef {
  server: string;
}

/** `Plan` → 1: the plan with what came of it; 2: after each grab the plan so far. */
export default (RED: NodeAPI): void =>
  registerFlowNode<SearchDef>(RED, {
    type: 'plex-jit-sonarr-search',
    replaces: everyMessage,
    prepare: (config) => ({
      doing: 'searching',
      check: () => {
        const server = findSonarr(RED, config.server);
        void server.connection;
        void server.downloadClient;
        formSettings(SEARCH, config);
      },
      work: (msg, call) => work(RED, config, msg, call),
    }),
  });

const planFor = (server: SonarrServer, msg: JitMessage): Plan => {
  const plan = readPlan(msg.payload, 'sonarr search');
  if (plan.partial)
    throw wrongInput('sonarr search expects a complete plan, got a partial one (output 2 of a sonarr search node)');
  if (plan.sonarr.url !== server.ref.url) {
    throw wrongInput(
      `This plan is for ${plan.sonarr.name} at ${plan.sonarr.url}, but this sonarr search node uses ${server.ref.name} at ${server.ref.url}. Choose the same server in both nodes.`,
    );
  }
  return { ...plan, run: continued(plan.run, msg) };
};

const work = async (RED: NodeAPI, config: SearchDef, msg: JitMessage, call: Call): Promise<Result> => {
  const server = findSonarr(RED, config.server);
  const settings = settingsFor(formSettings(SEARCH, config), msg);
  const plan = planFor(server, msg);
  const requests = call.requestsOf(plan.run);
  const { sabnzbd } = server;
  const { plan: done, fatal } = await searchAndGrab(plan, settings, {
    ...call,
    client: server.client(requests),
    server: server.ref,
    state: await server.state(),
    shared: await server.shared(),
    owner: call.node.id,
    sabnzbd: sabnzbd === null ? null : { client: sabnzbd.client(requests), server: sabnzbd.ref },
    downloadClient: server.downloadClient,
    onPartial: (soFar) => {
      tally(soFar.run);
      call.emit([null, { ...RED.util.cloneMessage({ ...msg, payload: null }), payload: withText(soFar) }]);
    },
  });
  msg.payload = withText(done);
  // Nothing was done before the server was lost: only the error goes out.
  const outputs = fatal !== null && !somethingDone(done) ? [] : [msg, null];
  return { outputs, fatal, run: done.run, status: searchStatus(done) };
};
