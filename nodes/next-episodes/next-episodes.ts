import { isDeepStrictEqual } from 'node:util';
import type { Lookup, OpenWant, Plan, RunError, ServerRef } from '../../src/core/contracts/index.js';
import { planInSteps } from '../../src/core/planning/index.js';
import { planSummary, planTable, withText } from '../../src/core/words/index.js';
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
import { memoryFailed, serverLabel } from '../../src/steps/failures.js';

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
  const { plan: made, wants } = await runInSlices(planInSteps(lookup, settings, call.now()));
  // A dry run leaves nothing behind.
  const lost = lookup.run.dryRun ? null : await rememberWants(RED, lookup, wants);
  const plan: Plan = lost === null ? made : withText({ ...made, errors: [...made.errors, lost] });
  if (log !== 'off') {
    call.log.info('plan', log === 'summary' ? planSummary(plan) : `${planSummary(plan)}\n${planTable(plan)}`);
  }
  msg.payload = plan;
  return { outputs: [msg], run: plan.run, status: planStatus(plan) };
};

/**
 * Writes only what this plan changed; what another flow has changed since the look-up stays as it is.
 * Answers that the context store failed: the plan can do without it, and what is open is known until Node-RED stops.
 */
const rememberWants = async (
  RED: NodeAPI,
  { sonarr, remembered }: Lookup,
  after: readonly OpenWant[],
): Promise<RunError | null> => {
  const { wants, url } = await findSonarr(RED, sonarr.id).state();
  // The server node means another Sonarr by now, where these ids are other episodes.
  if (url !== sonarr.url) return null;
  const before = new Map(remembered.wants.map((want) => [wantKey(want), want]));
  const isAsLookedUp = (key: string): boolean => wants.get(key)?.playedAt === before.get(key)?.playedAt;
  const kept = new Map(after.map((want) => [wantKey(want), want]));
  const gone = [...before.keys()].filter((key) => !kept.has(key) && isAsLookedUp(key));
  const changed = [...kept].filter(([key, want]) => isAsLookedUp(key) && !isDeepStrictEqual(wants.get(key), want));
  try {
    await wants.remove(...gone);
    await wants.put(...changed.map(([, want]) => want));
    return null;
  } catch (error) {
    return notRemembered(sonarr, error);
  }
};

const notRemembered = (sonarr: ServerRef, error: unknown): RunError => ({
  code: 'memory-failed',
  server: serverLabel(sonarr, 'sonarr'),
  service: 'sonarr',
  operation: 'remember open wants',
  status: null,
  retryable: true,
  message: memoryFailed('which episodes are still wanted', error),
});
