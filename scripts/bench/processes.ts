/** The processes that a benchmark is made of; each is ended by whoever started it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorldFile } from '../../test/sandbox/world/format.js';
import type { WorldGrab } from '../../test/sandbox/world/live.js';
import type { Exchange } from '../../test/sandbox/http/types.js';
import { type Servers, variablesOf } from '../start/servers.js';
import type { BareFigures } from './bare.js';
import type { Order, RunFigures } from './node-red.js';
import type { NextPlay } from './worlds.js';

export const ROOT = join(__dirname, '../..');
const TSX = ['--import', 'tsx'];

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

const end = async (child: ChildProcess): Promise<void> => {
  if (hasEnded(child)) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
};

/** Rejects when a process ends; to be raced against what is awaited of it. */
const death = (child: ChildProcess, what: string): Promise<never> => {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${what} ended with code ${code}`);
  });
  ended.catch(() => undefined);
  return ended;
};

const firstLine = async (child: ChildProcess & { stdout: Readable }, what: string): Promise<string> => {
  const line = once(createInterface(child.stdout), 'line') as Promise<[string]>;
  const [text] = await Promise.race([line, death(child, what)]);
  return text;
};

export interface Counts {
  readonly tautulli: number;
  readonly sonarr: number;
  readonly sabnzbd: number;
  /** Of all answers, before gzip. */
  readonly bytes: number;
}

/** The three servers around one world. */
export class SandboxProcess implements AsyncDisposable {
  private constructor(
    readonly servers: Servers,
    private readonly control: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(world: WorldFile | string): Promise<SandboxProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'plex-jit-bench-world-'));
    const file = typeof world === 'string' ? world : join(folder, 'world.json');
    if (typeof world !== 'string') await writeFile(file, JSON.stringify(world));
    const child = spawn(process.execPath, [...TSX, join(ROOT, 'test/sandbox/main.ts'), file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const { urls, keys, control } = JSON.parse(await firstLine(child, 'the sandbox')) as Servers & { control: string };
    return new SandboxProcess({ urls, keys }, control, child, folder);
  }

  counts(): Promise<Counts> {
    return this.#ask('GET', '/counts');
  }

  exchanges(): Promise<readonly Exchange[]> {
    return this.#ask('GET', '/exchanges');
  }

  grabs(): Promise<readonly WorldGrab[]> {
    return this.#ask('GET', '/grabs');
  }

  async reset(): Promise<void> {
    await this.#ask('POST', '/reset');
  }

  async watch(play: NextPlay): Promise<void> {
    await this.#ask('POST', '/watch', play);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await end(this.child);
    await rm(this.folder, { recursive: true, force: true });
  }

  async #ask<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(this.control + path, { method, ...(body && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}

/** Node-RED with the package and the example flow, which runs when it is told to. */
export class NodeRed implements AsyncDisposable {
  private constructor(
    private readonly child: ChildProcess,
    private readonly dead: Promise<never>,
  ) {}

  static async start(servers: Servers): Promise<NodeRed> {
    const child = spawn(process.execPath, ['--expose-gc', ...TSX, join(ROOT, 'scripts/bench/node-red.ts')], {
      env: { ...process.env, ...variablesOf(servers) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const dead = death(child, 'Node-RED');
    await Promise.race([once(child, 'message'), dead]);
    return new NodeRed(child, dead);
  }

  /** Triggers the flow and waits until it has finished. */
  async run(): Promise<RunFigures> {
    const answer = once(this.child, 'message') as Promise<[RunFigures]>;
    this.child.send('run' satisfies Order);
    const [figures] = await Promise.race([answer, this.dead]);
    return figures;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (hasEnded(this.child)) return;
    const exited = once(this.child, 'exit');
    this.child.send('stop' satisfies Order);
    await exited;
  }
}

/** Runs the bare sequence to its end. */
export async function runBare(mode: 'idle' | 'grab', servers: Servers): Promise<BareFigures> {
  const child = spawn(process.execPath, [...TSX, join(ROOT, 'scripts/bench/bare.ts'), mode, JSON.stringify(servers)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(await firstLine(child, 'the bare sequence')) as BareFigures;
}
