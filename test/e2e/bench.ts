import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { variablesOf } from '../../scripts/start/servers.js';
import { episodeLabel } from '../../src/core/labels.js';
import { startSandbox, type Sandbox, type SandboxOptions, type WorldFile } from '../sandbox/index.js';
import { NodeRedProcess, type NodeRedOptions } from './node-red-process.js';
import { installPacked, ROOT } from './packed.js';

export const INJECT = 'jit-inject';

interface FlowNode {
  readonly id: string;
  readonly type: string;
  [field: string]: unknown;
}

export const exampleFlow = async (): Promise<FlowNode[]> =>
  JSON.parse(await readFile(join(ROOT, 'examples/01 - Plex Just-In-Time.json'), 'utf8')) as FlowNode[];

/** Other settings for some nodes of a flow. */
export const withSettings = (flow: readonly FlowNode[], settings: Readonly<Record<string, object>>): FlowNode[] =>
  flow.map((node) => ({ ...node, ...settings[node.id] }));

/** The same flow as if it had been imported once more: every id is another one. */
export function importedAgain(flow: readonly FlowNode[], suffix: string): FlowNode[] {
  const ids = new Set(flow.map(({ id }) => id));
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string') return ids.has(value) ? `${value}-${suffix}` : value;
    if (Array.isArray(value)) return value.map(renamed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renamed(inner)]));
  };
  return flow.map((node) => renamed(node) as FlowNode);
}

/** Everything a test of a whole household needs: the packed package in a Node-RED process, and the sandbox around it. */
export interface Household extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly red: NodeRedProcess;
  readonly userDir: string;
  /** `Series S01E02` of every grab, in the order of the grabs. */
  grabbed(): string[];
  /** `Series S01E02` (or the job's name) of SABnzbd's queue, in its order. */
  queue(): string[];
  /** Requests that change something, as `METHOD path`, since the sandbox's exchanges were cleared. */
  changes(): string[];
  clear(): void;
}

export interface HouseholdOptions
  extends SandboxOptions, Pick<NodeRedOptions, 'credentials' | 'line' | 'settings' | 'root' | 'headers'> {
  readonly env?: (sandbox: Sandbox) => Readonly<Record<string, string>>;
}

export async function startHousehold(
  world: WorldFile,
  flow: readonly object[],
  options: HouseholdOptions = {},
): Promise<Household> {
  const { env, credentials, line, settings, root, headers, ...sandboxOptions } = options;
  const sandbox = await startSandbox(world, sandboxOptions);
  const { userDir, remove } = await installPacked();
  const red = new NodeRedProcess({
    userDir,
    flows: flow,
    ...(credentials && { credentials }),
    ...(line && { line }),
    ...(settings && { settings }),
    ...(root && { root }),
    ...(headers && { headers }),
    env: { ...variablesOf(sandbox), ...env?.(sandbox) },
  });
  const close = async (): Promise<void> => {
    await red.close();
    await sandbox.close();
    await remove();
  };
  await red.start().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const servers = sandbox.servers.all;
  /** Of all grabs, by download id. */
  const labels = (): Map<string, string> =>
    new Map(
      sandbox.world
        .grabs()
        .map(({ downloadId, series, season, episodes }) => [
          downloadId,
          `${series} ${episodeLabel(season, episodes[0] ?? 0)}`,
        ]),
    );
  return {
    sandbox,
    red,
    userDir,
    grabbed: () => [...labels().values()],
    queue: () => {
      const known = labels();
      return sandbox.world.sabJobs().map(({ id, name }) => known.get(id) ?? name);
    },
    changes: () =>
      servers
        .flatMap(({ exchanges }) => exchanges)
        .filter(({ method, server, requestBody }) =>
          server === 'sonarr' ? method !== 'GET' : /cmd=notify|mode=switch|name=/.test(requestBody),
        )
        .map(({ method, path }) => `${method} ${path}`),
    clear: () => {
      for (const server of servers) server.clearExchanges();
    },
    [Symbol.asyncDispose]: close,
  };
}

/** Everything below a folder that is text, for searching; the package's own files aside. */
export async function textsBelow(folder: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const name of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(name.parentPath, name.name);
    if (name.isFile() && !path.includes('node_modules')) texts.set(path, await readFile(path, 'utf8'));
  }
  return texts;
}
