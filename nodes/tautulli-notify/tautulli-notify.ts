import type { NotifySettings } from '../../src/core/contracts/index.js';
import { type Call, type Result, registerFlowNode } from '../../src/runtime/flow-node.js';
import { readPlan } from '../../src/runtime/messages/pipeline.js';
import type { JitMessage, NodeAPI, NodeDef } from '../../src/runtime/node-types.js';
import { everyMessage } from '../../src/runtime/queue.js';
import { continued } from '../../src/runtime/run.js';
import { findTautulli } from '../../src/runtime/servers/tautulli.js';
import { formSettings, settingsFor } from '../../src/runtime/settings/read.js';
import { NOTIFY_FORM } from '../../src/runtime/settings/tables.js';
import { type Meaning, ok, waiting } from '../../src/runtime/status.js';
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
        formSettings(NOTIFY_FORM, config);
      },
      work: (msg, call) => work(RED, config, msg, call),
    }),
  });

/** The name is that of the form's notifier, and of no other. */
const settingsOf = (config: NotifyDef, msg: JitMessage): NotifySettings => {
  const form = formSettings(NOTIFY_FORM, config);
  const settings = settingsFor(form, msg);
  return settings.notifier === form.notifier ? settings : { ...settings, notifierName: '' };
};

const work = async (RED: NodeAPI, config: NotifyDef, msg: JitMessage, call: Call): Promise<Result> => {
  const server = findTautulli(RED, config.server);
  const settings = settingsOf(config, msg);
  const sent = readPlan(msg.payload, 'tautulli notify');
  const plan = { ...sent, run: continued(sent.run, msg) };
  const {
    plan: told,
    sent: isTold,
    fatal,
  } = await announce(plan, settings, {
    ...call,
    client: server.client(call.requestsOf(plan.run)),
    state: await server.state(),
    server: server.ref,
  });
  msg.payload = told;
  const status = statusOf({ isTold, notifier: settings.notifier, failures: told.errors.length - plan.errors.length });
  return { outputs: [msg], fatal, run: told.run, status };
};

interface Told {
  readonly isTold: boolean;
  readonly notifier: number | null;
  readonly failures: number;
}

const statusOf = ({ isTold, notifier, failures }: Told): Meaning => {
  if (notifier === null) return ok('no notifier');
  if (failures > 0) return waiting('could not notify');
  return ok(isTold ? 'told' : 'nothing new');
};
