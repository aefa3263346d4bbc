import { HOUR } from '../../src/core/time.js';
import type { LibraryEpisode, LibrarySeries } from '../sandbox/world/library.js';
import type { SoakEvent } from './events.js';
import type { Life } from './life.js';

type Of<K extends SoakEvent['do']> = Extract<SoakEvent, { do: K }>;

/** Does to the world what an event says; runs and restarts are the caller's. */
export class Actions {
  readonly #life: Life;
  readonly #sessions = new Map<string, number>();

  constructor(life: Life) {
    this.#life = life;
  }

  apply(event: Exclude<SoakEvent, { do: 'run' | 'restart' }>): Promise<void> | void {
    const { world, red, time } = this.#life;
    switch (event.do) {
      case 'wait':
        return this.#life.wait(event.minutes);
      case 'play':
        return this.#play(event);
      case 'stop':
        return this.#stopAll();
      case 'delete-file':
        return this.#at(event, (series, { season, number }) => world.deleteFile(series.key, season, number));
      case 'add-file':
        return this.#at(event, (series, { season, number }) => world.addFile(series.key, season, number));
      case 'releases':
        return this.#at(event, (series, { season, number }) =>
          world.releaseAppears(series.key, season, number, event.what),
        );
      case 'redate':
        return this.#at(event, (series, { season, number }) =>
          world.airs(series.key, season, number, event.hours === null ? null : this.#life.now + event.hours * HOUR),
        );
      case 'sonarr-series':
        return this.#series(event);
      case 'job':
        return this.#job(event);
      case 'foreign-job':
        world.sabnzbd.seed({ name: 'Someone.Elses.Film', category: 'movies', priority: event.priority, size: 5e9 });
        return;
      case 'sabnzbd':
        return {
          pause: () => world.sabnzbd.pauseAll(),
          resume: () => world.sabnzbd.resumeAll(),
          restart: () => world.sabnzbd.restart(),
        }[event.act]();
      case 'fault':
        return this.#fault(event);
      case 'clear-faults':
        return this.mend();
      case 'indexer':
        if (event.fails !== null) this.#life.faulty = true;
        world.indexerFails(event.fails);
        return;
      case 'store':
        red.store.broken = event.broken;
        return;
      case 'clock':
        time.ahead = event.ahead * 60_000;
    }
  }

  /** Servers and indexer are well again. */
  mend(): void {
    const { sandbox, world } = this.#life;
    for (const server of sandbox.servers.all) server.clearFaults();
    world.indexerFails(null);
    this.#life.faulty = false;
    this.#life.mayHang = false;
  }

  #fault({ server, kind, ...more }: Of<'fault'>): void {
    const { sandbox } = this.#life;
    this.#life.faulty = true;
    this.#life.mayHang ||= ['hang', 'hang-after', 'slow'].includes(kind);
    // Below the time limit, and long enough for queue and history to be read again.
    const fault = { ...more, kind, ...(kind === 'slow' ? { seconds: 22 } : {}) };
    for (const standIn of server === 'sonarr' ? sandbox.servers.sonarrs : [sandbox.servers[server]])
      standIn.addFault(fault);
  }

  #seriesNo(n: number): LibrarySeries {
    const all = this.#life.world.library.series;
    const found = all[n % all.length];
    if (found === undefined) throw new RangeError('a world without series');
    return found;
  }

  #viewerNo(n: number): string {
    const viewers = this.#life.world.library.file.households.flatMap((household) => household.viewers);
    return viewers[n % viewers.length]?.name ?? '';
  }

  /** The episode so many on from the furthest that anybody (or only this viewer) has seen; specials have no part in it. */
  #episode(series: LibrarySeries, step: number, viewer?: string): LibraryEpisode | undefined {
    const regular = this.#life.world.library.episodes(series).filter(({ season }) => season > 0);
    const { tautulli } = this.#life.world;
    const seen = [...tautulli.rows, ...tautulli.sessions].filter(
      ({ play }) =>
        play.show?.ratingKey === 1_000_000 + series.id &&
        (viewer === undefined || tautulli.storedName(play) === viewer.toLowerCase()),
    );
    const places = seen.map(({ play }) =>
      regular.findIndex((e) => e.season === play.season && e.number === play.episode),
    );
    const from = viewer === undefined ? Math.max(-1, ...places) : (places.at(-1) ?? -1);
    return regular[Math.max(0, from + step)];
  }

  #at(
    { series, step }: { readonly series: number; readonly step: number },
    act: (series: LibrarySeries, episode: LibraryEpisode) => void,
  ): void {
    const found = this.#seriesNo(series);
    const episode = this.#episode(found, step);
    if (episode !== undefined && this.#life.world.sonarrs.every(({ store }) => store.find(found.id) !== undefined))
      act(found, episode);
  }

  #play({ viewer: who, series: which, step, how }: Of<'play'>): void {
    const { world } = this.#life;
    const [viewer, series] = [this.#viewerNo(who), this.#seriesNo(which)];
    const episode = this.#episode(series, step, viewer);
    if (episode === undefined || (episode.airs ?? 0) > this.#life.now) return;
    this.#stop(viewer);
    const { season, number } = episode;
    if (how === 'running')
      this.#sessions.set(viewer, world.watch(viewer, series.key, season, number, { playing: true }));
    else world.watch(viewer, series.key, season, number, how === 'ended' ? {} : { progress: 30 });
  }

  #stop(viewer: string): void {
    const session = this.#sessions.get(viewer);
    if (session === undefined) return;
    this.#sessions.delete(viewer);
    this.#life.world.tautulli.stop(session, 95);
  }

  #stopAll(): void {
    for (const viewer of [...this.#sessions.keys()]) this.#stop(viewer);
  }

  #series({ series, act }: Of<'sonarr-series'>): void {
    const { world } = this.#life;
    const { key, title } = this.#seriesNo(series);
    if (act === 'retitle') world.retitle(key, title.endsWith(' Anew') ? title : `${title} Anew`);
    else world.setInSonarr(key, act === 'add');
  }

  #job({ job, act }: Of<'job'>): void {
    const { sabnzbd } = this.#life.world;
    const jobs = sabnzbd.jobsInOrder();
    const id = jobs[job % Math.max(1, jobs.length)]?.id;
    if (id === undefined) return;
    switch (act) {
      case 'pause':
        return sabnzbd.pauseJob(id);
      case 'resume':
        return sabnzbd.resumeJob(id);
      case 'delete':
        return void sabnzbd.deleteJob(id);
      case 'set-aside':
        sabnzbd.setPriority([id], -1);
        return sabnzbd.pauseJob(id);
      case 'top':
        return void sabnzbd.switchTo(id, '0');
      case 'bottom':
        return void sabnzbd.switchTo(id, String(jobs.length - 1));
      case 'force':
      case 'normal':
      case 'low':
        return void sabnzbd.setPriority([id], { force: 2, normal: 0, low: -1 }[act]);
    }
  }
}
