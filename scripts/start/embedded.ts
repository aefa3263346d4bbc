import { createServer, type RequestListener, type Server } from 'node:http';
import { mkdir, writeFile, access } from 'node:fs/promises';
import { join } from 'node:path';
import RED from 'node-red';
import type { Hooks } from './in-flight.js';

/** The parts of Node-RED's runtime that this program uses and its public types leave out. */
interface Runtime {
  readonly hooks: Hooks;
  readonly events: { once(name: string, listener: () => void): void };
  readonly nodes: {
    getNode(id: string): { receive(msg: object): void } | null;
    eachNode(callback: (node: FlowNode) => void): void;
  };
}

export interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly repeat?: string;
  readonly url?: string;
}

export interface LogLine {
  readonly level: number;
  readonly msg: unknown;
  readonly name?: string;
  readonly type?: string;
  readonly id?: string;
}

export interface EmbeddedOptions {
  readonly root: string;
  readonly userDir: string;
  readonly exampleFlow: string;
  /** Null: no editor, no port. */
  readonly port: number | null;
  readonly logLevel: 'warn' | 'info' | 'trace';
  readonly onLog: (line: LogLine) => void;
}

export interface Embedded {
  readonly runtime: Runtime;
  readonly url: string | null;
  stop(): Promise<void>;
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`;
}

/** Starts Node-RED in this process with the package of this checkout and, in a new user directory, the example flow. */
export async function startNodeRed(options: EmbeddedOptions): Promise<Embedded> {
  const { root, userDir, port } = options;
  await mkdir(userDir, { recursive: true });
  const flowFile = join(userDir, 'flows.json');
  // A flow that its owner has changed stays as it is.
  if (!(await exists(flowFile))) await writeFile(flowFile, options.exampleFlow);
  const server = createServer();
  const settings = {
    userDir,
    flowFile: 'flows.json',
    nodesDir: [root],
    httpAdminRoot: port === null ? false : '/',
    httpNodeRoot: false,
    uiHost: '127.0.0.1',
    credentialSecret: false,
    contextStorage: { default: { module: 'localfilesystem', config: { cache: false } } },
    editorTheme: { tours: false, projects: { enabled: false } },
    telemetry: { enabled: false, updateNotification: false },
    externalModules: { autoInstall: false, palette: { allowInstall: false } },
    logging: { start: { level: options.logLevel, metrics: false, audit: false, handler: () => options.onLog } },
  };
  RED.init(server, settings as unknown as Parameters<typeof RED.init>[1]);
  const runtime = RED as unknown as Runtime;
  if (port !== null) server.on('request', RED.httpAdmin as unknown as RequestListener);
  const started = new Promise<void>((resolve) => {
    runtime.events.once('flows:started', resolve);
  });
  await RED.start();
  await started;
  const url = port === null ? null : await listen(server, port);
  return {
    runtime,
    url,
    stop: async () => {
      await RED.stop();
      server.closeAllConnections();
      server.close();
    },
  };
}
