import type { EventEmitter } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { mkdir, writeFile, access } from 'node:fs/promises';
import { join } from 'node:path';
import RED from 'node-red';
import { StartError } from './errors.js';
import type { Hooks } from './in-flight.js';
import { credentialSecret } from './secret.js';

/** The parts of Node-RED's runtime that this program uses and its public types leave out. */
interface Runtime {
  readonly hooks: Hooks;
  readonly log: { _(key: string): string };
  readonly events: Pick<EventEmitter, 'on' | 'off' | 'once'>;
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
  readonly logLevel: 'warn' | 'info' | 'debug';
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

/** The URL that it then answers at; nobody but this machine can reach it. Throws a StartError. */
async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new StartError(portProblem(port, error))));
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`;
}

const portProblem = (port: number, { code, message }: NodeJS.ErrnoException): string =>
  code === 'EADDRINUSE'
    ? `Port ${port} is in use by another program. Choose another one: PORT=${port + 1} npm start`
    : `Port ${port} cannot be opened: ${message}`;

/** A flow that its owner has changed stays as it is. */
async function prepareFlow(file: string, exampleFlow: string): Promise<void> {
  if (!(await exists(file))) await writeFile(file, exampleFlow);
}

/** Starts Node-RED in this process with the package of this checkout and, in a new user directory, the example flow. */
export async function startNodeRed(options: EmbeddedOptions): Promise<Embedded> {
  const { root, userDir, port } = options;
  await mkdir(userDir, { recursive: true });
  await prepareFlow(join(userDir, 'flows.json'), options.exampleFlow);
  const server = createServer();
  const runtime = RED as unknown as Runtime;
  const onLog = (line: LogLine): void => {
    // True of each new directory: nothing has been deployed with a key in it.
    if (line.msg !== runtime.log._('nodes.credentials.encryptedNotFound')) options.onLog(line);
  };
  const settings = {
    userDir,
    flowFile: 'flows.json',
    nodesDir: [root],
    httpAdminRoot: port === null ? false : '/',
    httpNodeRoot: false,
    uiHost: '127.0.0.1',
    credentialSecret: await credentialSecret(userDir),
    contextStorage: { default: { module: 'localfilesystem', config: { cache: false } } },
    // Node-RED warns about projects unless they are neither on nor off.
    editorTheme: { tours: false, projects: {} },
    telemetry: { enabled: false, updateNotification: false },
    externalModules: { autoInstall: false, palette: { allowInstall: false } },
    logging: { start: { level: options.logLevel, metrics: false, audit: false, handler: () => onLog } },
  };
  RED.init(server, settings as unknown as Parameters<typeof RED.init>[1]);
  if (port !== null) server.on('request', RED.httpAdmin as unknown as RequestListener);
  const url = port === null ? null : await listen(server, port);
  const started = new Promise<void>((resolve) => {
    runtime.events.once('flows:started', resolve);
  });
  await RED.start();
  await started;
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
