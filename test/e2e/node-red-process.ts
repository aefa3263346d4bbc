import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './packed.js';

const requireHere = createRequire(join(ROOT, 'package.json'));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Counts the uptime pings that the example flow sends at the end of each run. */
class EndOfRun {
  readonly #server: Server;
  #count = 0;
  #waiting: (() => void)[] = [];

  constructor() {
    this.#server = createServer((_request, response) => {
      response.end('ok');
      this.#count += 1;
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  get count(): number {
    return this.#count;
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/up`;
  }

  async reach(count: number, within: number): Promise<void> {
    const deadline = Date.now() + within;
    while (this.#count < count) {
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`run ${count} did not end within ${within} ms`);
      await Promise.race([
        new Promise<void>((wake) => this.#waiting.push(wake)),
        new Promise((wake) => setTimeout(wake, left).unref()),
      ]);
    }
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

export interface NodeRedOptions {
  readonly userDir: string;
  /** The flow file's content. */
  readonly flows: readonly object[];
  readonly env: Readonly<Record<string, string>>;
  /** Credentials by node id, as typed into the editor's forms. */
  readonly credentials?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** @default the Node that runs the tests */
  readonly node?: string;
}

/** A real Node-RED in a process of its own. */
export class NodeRedProcess {
  readonly #options: NodeRedOptions;
  readonly #ends = new EndOfRun();
  #uptimeUrl = '';
  #child: ChildProcess | undefined;
  #output = '';
  url = '';

  constructor(options: NodeRedOptions) {
    this.#options = options;
  }

  /** All that it printed, over restarts. */
  get output(): string {
    return this.#output;
  }

  get runsEnded(): number {
    return this.#ends.count;
  }

  async start(): Promise<void> {
    const { userDir, flows, env, credentials } = this.#options;
    if (!this.#uptimeUrl) {
      this.#uptimeUrl = await this.#ends.listen();
      await writeFile(join(userDir, 'flows.json'), JSON.stringify(flows));
      await writeFile(join(userDir, 'settings.js'), SETTINGS);
      if (credentials) await writeFile(join(userDir, 'flows_cred.json'), JSON.stringify(credentials));
    }
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const red = requireHere.resolve('node-red/red.js');
    const child = spawn(this.#options.node ?? process.execPath, [red, '--userDir', userDir, '--port', String(port)], {
      cwd: userDir,
      env: { PATH: process.env.PATH ?? '', HOME: userDir, UPTIME_URL: this.#uptimeUrl, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const started = new Promise<void>((resolve, reject) => {
      let printed = '';
      const read = (chunk: Buffer): void => {
        printed += chunk.toString();
        this.#output += chunk.toString();
        if (printed.includes('Started flows')) resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', (code) => {
        reject(new Error(`Node-RED ended with ${code}:\n${printed.slice(-4000)}`));
      });
    });
    await started;
  }

  /** Fires an inject as its button does. */
  async press(injectId: string): Promise<void> {
    const answer = await fetch(`${this.url}/inject/${injectId}`, { method: 'POST' });
    if (!answer.ok) throw new Error(`inject ${injectId}: ${answer.status}`);
  }

  /** Fires an inject and waits for the end of that run. */
  async run(injectId: string, within = 60_000): Promise<void> {
    const before = this.#ends.count;
    await this.press(injectId);
    await this.#ends.reach(before + 1, within);
  }

  async flows(): Promise<string> {
    return (await fetch(`${this.url}/flows`)).text();
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  async close(): Promise<void> {
    await this.stop('SIGKILL');
    this.#ends.close();
  }
}

/** The file store with `cache: false`: what is awaited is on the disk; log level trace, so that leaks would show. */
const SETTINGS = `module.exports = {
  uiHost: '127.0.0.1',
  flowFile: 'flows.json',
  credentialSecret: false,
  contextStorage: { default: { module: 'localfilesystem', config: { cache: false } } },
  editorTheme: { tours: false },
  externalModules: { autoInstall: false, palette: { allowInstall: false } },
  logging: { console: { level: 'trace', metrics: false, audit: false } },
};
`;
