import { arch, platform, release } from 'node:os';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../package-root.js';
import { journal } from '../../runtime/journal/journal.js';
import type { NodeAPI } from '../../runtime/node-types.js';
import { type DeployedFlow, deployedFlows, deployedNodes } from '../up-next/deployed.js';
import { triggersOf } from '../up-next/triggers.js';
import { nodeReport } from './nodes.js';
import { runsReport } from './runs.js';
import { secretsOf, without } from './secrets.js';
import { type ServerConfig, isServer, serverReport } from './servers.js';

async function packageVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string };
  return version;
}

const versions = async (RED: NodeAPI): Promise<object> => ({
  package: await packageVersion(),
  nodeRed: RED.version(),
  node: process.version,
  system: `${platform()} ${release()} ${arch()}`,
  contextStores: Object.keys((RED.settings.contextStorage as object | undefined) ?? { memory: {} }).length,
  megabytes: Math.round(process.memoryUsage().rss / 1e6),
  upForMinutes: Math.round(process.uptime() / 60),
});

function flowReport(flow: DeployedFlow, all: Parameters<typeof triggersOf>[1], names: boolean): object {
  const record = journal().flows.find(({ id }) => id === flow.id);
  const { inject } = triggersOf(flow, all);
  return {
    ...(names ? { label: flow.label } : {}),
    hasTimer: Boolean(inject?.repeat) || Boolean(inject?.crontab),
    nodes: flow.nodes.map((node) => nodeReport(node, names)),
    ...(record === undefined ? { runs: [], plans: [] } : runsReport(record, names)),
  };
}

/**
 * What a bug report needs: versions, settings, the last runs and the sizes of what is remembered. Never a key.
 * @param names with host names, users and titles, which are left out otherwise
 */
export async function diagnosticsReport(RED: NodeAPI, names: boolean): Promise<object> {
  const all = deployedNodes(RED);
  const servers = [...all.values()].filter(isServer);
  const report = {
    takenAt: new Date().toISOString(),
    withNames: names,
    versions: await versions(RED),
    servers: await Promise.all(servers.map((node) => serverReport(RED, node as unknown as ServerConfig, names))),
    flows: deployedFlows(all).map((flow) => flowReport(flow, all, names)),
  };
  return without(
    report,
    secretsOf(
      RED,
      servers.flatMap(({ id, alias = id }) => [id, alias]),
    ),
  );
}
