import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { MODULES } from '../nodes/modules.js';
import { type Sandbox, startSandbox } from '../sandbox/index.js';
import { annAtFirst } from './worlds.js';

interface Helper {
  init(runtime: string): void;
  load(nodes: readonly unknown[], flow: readonly object[], credentials: object): Promise<void>;
  unload(): Promise<void>;
  getNode(id: string): { readonly type: string; receive(msg: object): void } | null;
}

const load = createRequire(__filename);
const helper = load('node-red-node-test-helper') as Helper;
helper.init(load.resolve('node-red'));

const CORE = [
  'common/20-inject',
  'common/21-debug',
  'common/25-catch',
  'common/90-comment',
  'function/10-switch',
  'function/15-change',
  'function/80-template',
  'network/21-httprequest',
].map((name) => load(`@node-red/nodes/core/${name}.js`) as unknown);

interface FlowNode {
  readonly id: string;
  readonly type: string;
}

const EXAMPLE = join(__dirname, '../../examples/01 - Plex Just-In-Time.json');
const example = (): FlowNode[] => JSON.parse(readFileSync(EXAMPLE, 'utf8')) as FlowNode[];

const loadExample = async ({ urls, keys }: Sandbox): Promise<void> => {
  const services = ['tautulli', 'sonarr', 'sabnzbd'] as const;
  const url = new Map<string, string>(services.map((service) => [`jit-${service}`, urls[service]]));
  const flow = example().map((node) => ({ ...node, ...(url.has(node.id) && { url: url.get(node.id) }) }));
  const credentials = Object.fromEntries(services.map((service) => [`jit-${service}`, { apiKey: keys[service] }]));
  await helper.load([...MODULES, ...CORE], flow, credentials);
};

/** Counts what knocks at its door. */
const startUptime = async () => {
  let pings = 0;
  const server = createServer((_, response) => {
    pings += 1;
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/ping`,
    pings: () => pings,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};

const until = async (holds: () => boolean, what: string): Promise<void> => {
  const deadline = Date.now() + 8000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited for ${what}`);
    await wait(5);
  }
};

describe('faults of the reference: the flow as it is shipped', () => {
  const { UPTIME_URL } = process.env;
  afterEach(async () => {
    await helper.unload();
    if (UPTIME_URL === undefined) delete process.env.UPTIME_URL;
    else process.env.UPTIME_URL = UPTIME_URL;
  });

  it('B4 the shipped example is valid JSON, and every node of it loads', async () => {
    await using sandbox = await startSandbox(annAtFirst(2));
    await loadExample(sandbox);
    const nodes = example().filter(({ type }) => !['tab', 'group'].includes(type));
    expect(nodes.length).toBeGreaterThan(9);
    expect(nodes.filter(({ id, type }) => helper.getNode(id)?.type !== type)).toEqual([]);
  });

  it('B6 a run with nothing to do reaches the uptime ping, each time', async () => {
    await using sandbox = await startSandbox(annAtFirst(2, { households: [] }));
    await using uptime = await startUptime();
    process.env.UPTIME_URL = uptime.url;
    await loadExample(sandbox);
    for (const run of [1, 2]) {
      helper.getNode('jit-inject')?.receive({});
      await until(() => uptime.pings() === run, `ping ${run}`);
    }
    expect(sandbox.world.grabs()).toEqual([]);
    expect(sandbox.servers.tautulli.exchanges.length).toBeGreaterThanOrEqual(2);
  });
});
