/** What the package adds to Node-RED's start: the same Node-RED with and without it, in turn. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EACH_LINE, type Line } from '../../test/e2e/lines.js';
import { installPacked, ROOT } from '../../test/e2e/packed.js';
import { median } from './median.js';

/** One start, as `start-up.mjs` prints it. */
interface Start {
  /** Until the flows were started. */
  readonly ms: number;
  /** Processor time, milliseconds. */
  readonly cpu: number;
  /** Resident memory after garbage collection, bytes. */
  readonly rss: number;
  /** How many of our node types were there. */
  readonly types: number;
}

export interface Loading {
  readonly line: Line['name'];
  /** `loaded`: the nodes are in the palette and no flow uses them; `used`: with the example flow. */
  readonly kind: 'loaded' | 'used';
  readonly without: number;
  readonly with: number;
  /** Added to the start, milliseconds. */
  readonly ms: number;
  readonly cpu: number;
  /** Added memory, MiB. */
  readonly memory: number;
}

/** Starts of each kind, of which the median counts. */
const STARTS = 9;
const MIB = 1024 * 1024;

async function start({ node, red }: Line, userDir: string): Promise<Start> {
  const { stdout } = await promisify(execFile)(node, [
    '--expose-gc',
    join(ROOT, 'scripts/bench/start-up.mjs'),
    red,
    userDir,
  ]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Start;
}

async function measure(line: Line): Promise<readonly Loading[]> {
  const bare = await mkdtemp(join(tmpdir(), 'plex-jit-bench-bare-'));
  const [loaded, used] = [await installPacked(), await installPacked()];
  const example = await readFile(join(ROOT, 'examples/01 - Plex Just-In-Time.json'), 'utf8');
  await writeFile(join(used.userDir, 'flows.json'), example);
  const folders = { bare, loaded: loaded.userDir, used: used.userDir };
  const starts: Record<keyof typeof folders, Start[]> = { bare: [], loaded: [], used: [] };
  // The first start of each warms the file system's cache.
  for (let i = 0; i <= STARTS; i += 1)
    for (const kind of ['bare', 'loaded', 'used'] as const) {
      const one = await start(line, folders[kind]);
      if (one.types !== (kind === 'bare' ? 0 : 9)) throw new Error(`${one.types} of our node types were loaded`);
      if (i > 0) starts[kind].push(one);
    }
  await Promise.all([rm(bare, { recursive: true }), loaded.remove(), used.remove()]);
  const of = (kind: keyof typeof folders, what: keyof Start): number => median(starts[kind].map((one) => one[what]));
  return (['loaded', 'used'] as const).map((kind) => ({
    line: line.name,
    kind,
    without: of('bare', 'ms'),
    with: of(kind, 'ms'),
    ms: of(kind, 'ms') - of('bare', 'ms'),
    cpu: of(kind, 'cpu') - of('bare', 'cpu'),
    memory: (of(kind, 'rss') - of('bare', 'rss')) / MIB,
  }));
}

/** Of each line that is installed. */
export async function measureLoading(progress: (text: string) => void): Promise<readonly Loading[]> {
  const all: Loading[] = [];
  for (const { line, skip } of EACH_LINE) {
    if (skip) continue;
    progress(`${3 * (STARTS + 1)} starts of Node-RED ${line.name}, with and without the package`);
    all.push(...(await measure(line)));
  }
  return all;
}
