import type { ServerName, StandIn } from './http/types.js';
import { Indexer } from './indexer/model.js';
import { writeExchanges } from './log.js';
import { SabnzbdModel } from './sabnzbd/model.js';
import { SABNZBD_KEY, SABNZBD_NZB_KEY, startSabnzbd } from './sabnzbd/start.js';
import { SonarrModel, type SonarrOptions } from './sonarr/model.js';
import { startSonarr } from './sonarr/start.js';
import { TautulliModel } from './tautulli/model.js';
import { startTautulli, TAUTULLI_KEY } from './tautulli/start.js';
import { Timeline } from './world/clock.js';
import type { WorldFile } from './world/format.js';
import { Library } from './world/library.js';
import { LiveWorld } from './world/live.js';
import { loadWorld } from './world/load.js';
import { PlexSide } from './world/plays.js';
import { seedDownloads } from './world/seeds.js';

export { LiveWorld } from './world/live.js';
export { WorldError } from './world/load.js';
export type { WorldFile } from './world/format.js';

export const SONARR_KEY = 'sandboxsonarrapikey0000000000001';

export interface SandboxOptions {
  /** @default any free ones */
  readonly ports?: { readonly tautulli?: number; readonly sonarr?: number; readonly sabnzbd?: number };
  /** Requests and answers are appended here. */
  readonly logFile?: string;
  /** Sandbox seconds per real second. @default the world's, else 1 */
  readonly speed?: number;
  /** The world's first moment, milliseconds since 1970. @default now */
  readonly start?: number;
  /** Sonarrs on the one SABnzbd; the first uses category `tv`, the others `tv2`, `tv3` … @default 1 */
  readonly sonarrs?: number;
  readonly sonarr?: Pick<SonarrOptions, 'authentication' | 'ui'>;
}

export interface Sandbox extends AsyncDisposable {
  readonly urls: {
    readonly tautulli: string;
    /** The first one. */
    readonly sonarr: string;
    readonly sonarrs: readonly string[];
    readonly sabnzbd: string;
  };
  readonly keys: {
    readonly tautulli: string;
    readonly sonarr: string;
    readonly sabnzbd: string;
    readonly nzb: string;
    readonly indexer: string;
  };
  readonly servers: {
    readonly tautulli: StandIn;
    readonly sonarr: StandIn;
    readonly sonarrs: readonly StandIn[];
    readonly sabnzbd: StandIn;
    readonly all: readonly StandIn[];
  };
  readonly world: LiveWorld;
  close(): Promise<void>;
}

/**
 * Starts the three servers on loopback around one world: a file's path, or what would be in it.
 * Throws `WorldError` when the world cannot be used.
 */
export const startSandbox = async (source: WorldFile | string, options: SandboxOptions = {}): Promise<Sandbox> => {
  const file = await loadWorld(source);
  const timeline = new Timeline(options.start ?? Date.now(), options.speed ?? file.clock?.speed ?? 1);
  const world = buildWorld(file, timeline, options);
  warm(world);
  const servers = await startServers(world, options);
  const log = options.logFile === undefined ? null : writeExchanges(options.logFile);
  if (log !== null) for (const server of servers.all) server.onExchange = (exchange) => log.write(exchange);
  const close = async (): Promise<void> => {
    timeline.close();
    await Promise.all(servers.all.map((s) => s.close()));
    await log?.close();
  };
  return {
    urls: {
      tautulli: servers.tautulli.url,
      sonarr: servers.sonarr.url,
      sonarrs: servers.sonarrs.map((s) => s.url),
      sabnzbd: servers.sabnzbd.url,
    },
    keys: {
      tautulli: file.tautulli?.apiKey ?? TAUTULLI_KEY,
      sonarr: world.sonarr.options.apiKey,
      sabnzbd: file.sabnzbd?.apiKey ?? SABNZBD_KEY,
      nzb: file.sabnzbd?.nzbKey ?? SABNZBD_NZB_KEY,
      indexer: world.indexer.key,
    },
    servers,
    world,
    close,
    [Symbol.asyncDispose]: close,
  };
};

const buildWorld = (file: WorldFile, timeline: Timeline, options: SandboxOptions): LiveWorld => {
  const library = new Library(file, timeline.start);
  const plex = new PlexSide(library);
  const tautulli = new TautulliModel(file.tautulli, timeline, plex.contents());
  const sabnzbd = new SabnzbdModel(file.sabnzbd, timeline);
  const sonarrs = Array.from(
    { length: options.sonarrs ?? 1 },
    (_, i) =>
      new SonarrModel({
        ...options.sonarr,
        library,
        timeline,
        client: sabnzbd,
        indexer: new Indexer(file.indexer, timeline),
        category: i === 0 ? 'tv' : `tv${i + 1}`,
        apiKey: file.sonarr?.apiKey ?? SONARR_KEY,
      }),
  );
  const world = new LiveWorld({ library, timeline, plex, tautulli, sonarrs, sabnzbd });
  seedDownloads(file.downloads ?? [], world.sonarr, sabnzbd);
  return world;
};

const LARGE = 500;

/** A large library is worked out before the first request, which would else be charged with it. */
const warm = (world: LiveWorld): void => {
  for (const { store, seriesList } of world.sonarrs) if (store.series.length > LARGE) seriesList.all();
};

const startServers = async (world: LiveWorld, { ports = {} }: SandboxOptions): Promise<Sandbox['servers']> => {
  const { faults = [] } = world.library.file;
  const of = (server: ServerName, port?: number) => ({
    faults: faults.filter((f) => f.server === server),
    ...(port === undefined ? {} : { port }),
  });
  const all: StandIn[] = [];
  const started = async (starting: Promise<StandIn>): Promise<StandIn> => {
    const server = await starting;
    all.push(server);
    return server;
  };
  try {
    const tautulli = await started(startTautulli(world.tautulli, of('tautulli', ports.tautulli)));
    const sonarr = await started(startSonarr(world.sonarr, of('sonarr', ports.sonarr)));
    const sonarrs = [sonarr];
    for (const model of world.sonarrs.slice(1)) sonarrs.push(await started(startSonarr(model, of('sonarr'))));
    const sabnzbd = await started(startSabnzbd(world.sabnzbd, of('sabnzbd', ports.sabnzbd)));
    return { tautulli, sonarr, sonarrs, sabnzbd, all };
  } catch (error) {
    // a port is taken: those that listen already would keep the process alive
    world.timeline.close();
    await Promise.all(all.map((server) => server.close()));
    throw error;
  }
};
