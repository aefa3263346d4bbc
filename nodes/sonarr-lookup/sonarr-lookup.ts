import { type Call, type Result, registerFlowNode } from '../../src/runtime/flow-node.js';
import { readPlays } from '../../src/runtime/messages/plays.js';
import { toldBy } from '../../src/runtime/messages/told.js';
import type { JitMessage, NodeAPI, NodeDef } from '../../src/runtime/node-types.js';
import { lookupStatus } from '../../src/runtime/plan-status.js';
import { everyMessage } from '../../src/runtime/queue.js';
import { runOf } from '../../src/runtime/run.js';
import { findSonarr } from '../../src/runtime/servers/sonarr.js';
import { formSettings, settingsFor } from '../../src/runtime/settings/read.js';
import { LOOKUP } from '../../src/runtime/settings/tables.js';
import { lookUp } from '../../src/steps/lookup/index.js';

interface LookupDef extends NodeDef {
  server: string;
}

/** `Play[]` → what Sonarr has of it and of what follows. */
export default (RED: NodeAPI): void =>
  registerFlowNode<LookupDef>(RED, {
    type: 'plex-jit-sonarr-lookup',
    replaces: everyMessage,
    prepare: (config) => ({
      doing: 'looking up',
      check: () => {
        const server = findSonarr(RED, config.server);
        void server.connection;
        void server.settings;
        void server.downloadClient;
        formSettings(LOOKUP, config);
      },
      work: (msg, call) => work(RED, config, msg, call),
    }),
  });

const work = async (RED: NodeAPI, config: LookupDef, msg: JitMessage, call: Call): Promise<Result> => {
  const server = findSonarr(RED, config.server);
  const settings = settingsFor({ ...formSettings(LOOKUP, config), ...server.settings }, msg);
  const plays = readPlays(msg.payload);
  const run = runOf(msg, call.now);
  const requests = call.requestsOf(run);
  const { sabnzbd, lostSabnzbd } = server;
  const told = toldBy(msg);
  const notes = lostSabnzbd === null ? told.notes : [...told.notes, lostSabnzbd];
  const lookup = await lookUp({ plays, run, ...told, notes }, settings, {
    ...call,
    client: server.client(requests),
    server: server.ref,
    state: await server.state(),
    shared: await server.shared(),
    sabnzbd: sabnzbd === null ? null : { client: sabnzbd.client(requests), server: sabnzbd.ref },
    downloadClient: server.downloadClient,
  });
  msg.payload = lookup;
  return { outputs: [msg], run: lookup.run, status: lookupStatus(lookup) };
};
