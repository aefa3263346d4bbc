import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorldFile } from '../sandbox/world/format.js';

const ROOT = join(__dirname, '../..');
const OWN = /^(TAUTULLI|SONARR|SABNZBD)_|^(PORT|UPTIME_URL|PLEX_JIT_HOME)$/;

type Env = Readonly<Record<string, string>>;

/** `npm start` as a process of its own, without what the environment of the tests may set. */
export class Started {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';

  constructor(args: readonly string[], env: Env = {}) {
    const inherited = Object.entries(process.env).filter(([name]) => !OWN.test(name));
    this.child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts/start/main.ts'), ...args], {
      cwd: ROOT,
      env: { ...Object.fromEntries(inherited), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
  }

  /** Resolves to the exit code, when all that was printed has been read. */
  async ended(): Promise<number | null> {
    const [code] = (await once(this.child, 'close')) as [number | null];
    return code;
  }

  /** Resolves when stdout holds the words. */
  async says(words: string): Promise<void> {
    while (!this.stdout.includes(words)) {
      if (this.child.exitCode !== null) throw new Error(`ended before "${words}": ${this.stdout}${this.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** Runs to the end. */
export async function npmStart(
  args: readonly string[],
  env: Env = {},
): Promise<Started & { readonly code: number | null }> {
  const started = new Started(args, env);
  return Object.assign(started, { code: await started.ended() });
}

export interface Folder extends AsyncDisposable {
  readonly path: string;
  /** Writes a world file and answers its path. */
  world(world: unknown): Promise<string>;
}

export async function newFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'plex-jit-test-start-'));
  return {
    path,
    world: async (world) => {
      const file = join(path, 'world.json');
      await writeFile(file, JSON.stringify(world));
      return file;
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** Ann needs E03 to E05, of which the indexer lacks E05; a show that Sonarr lacks; a job of somebody else. */
export const small: WorldFile = {
  series: [
    {
      title: 'Harbour Lights',
      runtime: 45,
      status: 'ended',
      seasons: [{ number: 1, episodes: 5, files: '1-2', releases: '1-4', pack: false }],
    },
    { title: 'Home Films', notInSonarr: true, seasons: [{ number: 1, episodes: 2 }] },
  ],
  households: [
    {
      viewers: [
        {
          name: 'Ann',
          plays: [
            { series: 'Harbour Lights', season: 1, episode: 2, at: '-3h' },
            { series: 'Home Films', season: 1, episode: 1, at: '-4h' },
          ],
        },
      ],
    },
  ],
  downloads: [{ name: 'Another.Film.2023.1080p', category: 'movies', priority: 'Normal', size: 8 }],
  tautulli: { notifiers: [{ id: 3, agent: 'email' }] },
  indexer: { spacing: 0, searchTakes: 0 },
  sabnzbd: { rate: 0.001 },
};
