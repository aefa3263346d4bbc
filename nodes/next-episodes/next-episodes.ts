import type { Lookup, OpenWant, Plan } from '../../src/core/contracts/index.js';
import { planInSteps } from '../../src/core/planning/index.js';
import { planSummary, planTable } from '../../src/core/words/index.js';
import { type Call, type Result, registerFlowNode } from '../../src/runtime/flow-node.js';
import { readLookup } from '../../src/runtime/messages/pipeline.js';
import type { JitMessage, NodeAPI, NodeDef } from '../../src/runtime/node-types.js';
import { planStatus } from '../../src/runtime/plan-status.js';
import { everyMessage } from '../../src/runtime/queue.js';
import { continued } from '../../src/runtime/run.js';
import { findSonarr } from '../../src/runtime/servers/sonarr.js';
import { formSettings, settingsFor } from '../../src/runtime/settings/read.js';
import { PLANNING } from '../../src/runtime/settings/tables.js';
import { runInSlices } from '../../src/state/slices.js';
import { wantKey } from '../../src/state/sonarr.js';

/** `Lookup` → `Plan`. Asks no server; remembers open wants with the Sonarr that was looked up. */
export default (RED: NodeAPI): void =>
  registerFlowNode<NodeDef>(RED, {
    type: 'plex-jit-next-episodes',
    replaces: everyMessage,
    prepare: (config) => ({
      doing: 'planning',
      check: () => void formSettings(PLANNING, config),
      work: (msg, call) => work(RED, config, msg, call),
    }),
  });

const work = async (RED: NodeAPI, config: NodeDef, msg: JitMessage, call: Call): Promise<Result> => {
  const { log, ...settings } = settingsFor(formSettings(PLANNING, config), msg);
  const sent = readLookup(msg.payload);
  const lookup: Lookup = { ...sent, run: continued(sent.run, msg) };
  const { plan, wants } = await runInSlices(planInSteps(lookup, settings, call.now()));
  // A dry run leaves nothing behind.
  if (!lookup.run.dryRun) await rememberWants(RED, lookup, wants);
  if (log !== 'off') call.log.info(log === 'summary' ? planSummary(plan) : `${planSummary(plan)}\n${planTable(plan)}`);
  msg.payload = plan satisfies Plan;
  return { outputs: [msg], run: plan.run, status: planStatus(plan) };
};

/** Writes only what this plan changed: another flow may have opened wants since the look-up. */
const rememberWants = async (RED: NodeAPI, lookup: Lookup, after: readonly OpenWant[]): Promise<void> => {
  const { wants } = await findSonarr(RED, lookup.sonarr.id).state();
  const kept = new Set(after.map(wantKey));
  const gone = lookup.remembered.wants.map(wantKey).filter((key) => !kept.has(key));
  const changed = after.filter((want) => wants.get(wantKey(want))?.playedAt !== want.playedAt);
  await wants.remove(...gone);
  await wants.put(...changed);
};
