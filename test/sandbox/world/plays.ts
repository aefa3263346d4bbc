import type { TautulliContents } from '../tautulli/model.js';
import type { StandInLibrary, StandInPlay, StandInShow, StandInUser } from '../tautulli/types.js';
import type { WorldPlay, WorldViewer } from './format.js';
import type { Library, LibraryEpisode, LibrarySeries } from './library.js';
import { digest } from './names.js';
import { listRanges } from './ranges.js';
import { when } from './when.js';

const DEFAULT_LIBRARY = 'TV Shows';
const FIRST_USER = 1001;
const MINUTE = 60_000;
/** Minutes, where a runtime is missing. */
const SOME_RUNTIME = 30;

/** What of a world Tautulli and the Plex behind it know. */
export class PlexSide {
  readonly libraries: readonly StandInLibrary[];
  readonly users: readonly (StandInUser & { readonly viewer: WorldViewer })[];
  private readonly shows = new Map<string, StandInShow>();

  constructor(private readonly library: Library) {
    const names = [...new Set([DEFAULT_LIBRARY, ...library.file.series.map((s) => s.library ?? DEFAULT_LIBRARY)])];
    this.libraries = names.map((name, i) => ({ id: i + 1, name, type: 'show' }));
    this.users = library.file.households
      .flatMap((h) => h.viewers)
      .map((viewer, i) => ({
        id: viewer.id ?? FIRST_USER + i,
        username: viewer.name.toLowerCase(),
        friendlyName: viewer.name,
        viewer,
      }));
  }

  contents(): TautulliContents {
    const plays = this.users.flatMap(({ id, viewer }) => viewer.plays.flatMap((play) => this.plays(id, play)));
    return {
      users: this.users.map(({ viewer: _, ...user }) => user),
      libraries: this.libraries,
      shows: [...this.shows.values()],
      plays,
    };
  }

  userId(viewer: string): number {
    const user = this.users.find((u) => u.friendlyName === viewer);
    if (user === undefined) throw new RangeError(`nobody is called "${viewer}"`);
    return user.id;
  }

  /** A play of the file; a range of episodes is watched one after the other, the last one at its time. */
  plays(userId: number, play: WorldPlay, now = this.library.start): StandInPlay[] {
    const series = this.library.find(play.series);
    const all = this.library.episodes(series);
    const existing = all.filter((e) => e.season === play.season).map((e) => e.number);
    const numbers = typeof play.episode === 'string' ? listRanges(play.episode, existing) : [play.episode];
    let begins = when(play.at, this.library.start);
    return numbers
      .reverse()
      .map((number, i) => {
        const episode = all.find((e) =>
          number === null ? e.airDate === play.airDate : e.season === play.season && e.number === number,
        );
        if (i > 0) begins -= lengthOf(series, episode);
        const last = i === 0;
        return this.play({ userId, series, episode, number, play, begins, now, last });
      })
      .reverse();
  }

  private play(parts: {
    readonly userId: number;
    readonly series: LibrarySeries;
    readonly episode: LibraryEpisode | undefined;
    readonly number: number | null;
    readonly play: WorldPlay;
    readonly begins: number;
    readonly now: number;
    readonly last: boolean;
  }): StandInPlay {
    const { series, episode, number, play, begins, now, last } = parts;
    const length = lengthOf(series, episode);
    const playing = last && play.playing === true;
    const progress = last ? (play.progress ?? (playing ? Math.min(100, ((now - begins) / length) * 100) : 100)) : 100;
    const airDate = play.airDate ?? episode?.airDate ?? null;
    return {
      userId: parts.userId,
      ...(play.live === true ? { live: true } : {}),
      ratingKey: 5_000_000 + (episode?.id ?? number ?? 0),
      seasonKey: 2_000_000 + series.id * 100 + ((play.season ?? episode?.season ?? 0) % 100),
      show: this.show(series),
      title: episode?.title ?? `Episode ${number ?? airDate ?? ''}`,
      season: number === null ? null : play.season,
      episode: number,
      year: airDate === null ? null : Number(airDate.slice(0, 4)),
      airDate,
      guid: `plex://episode/${digest(`${series.key} ${play.season ?? ''} ${number ?? airDate ?? ''}`).slice(0, 24)}`,
      length,
      progress: Math.max(0, progress),
      startedAt: begins,
      stoppedAt: playing ? null : Math.max(begins, Math.min(begins + (length * progress) / 100, now)),
    };
  }

  /** The show in Plex; its ids are Sonarr's unless the world says that Plex knows none. */
  private show(series: LibrarySeries): StandInShow {
    const known = this.shows.get(series.key);
    if (known !== undefined) return known;
    const { spec } = series;
    const bare = spec.plexIds === 'none';
    const ids = [`imdb://${series.imdbId}`, `tmdb://${series.tmdbId}`, `tvdb://${series.tvdbId}`];
    const show: StandInShow = {
      ratingKey: 1_000_000 + series.id,
      title: spec.plexTitle ?? series.title,
      year: series.year,
      guid: bare ? `local://${1_000_000 + series.id}` : `plex://show/${digest(series.key).slice(0, 24)}`,
      guids: bare ? [] : ids.filter((id) => !/:\/\/0?$/.test(id)),
      sectionId: this.libraries.find((l) => l.name === (spec.library ?? DEFAULT_LIBRARY))?.id ?? 1,
      children: spec.seasons.length,
      ...(spec.goneFromPlex === true ? { gone: true } : {}),
    };
    this.shows.set(series.key, show);
    return show;
  }
}

const lengthOf = (series: LibrarySeries, episode: LibraryEpisode | undefined): number =>
  positive(episode?.runtime ?? series.runtime) * MINUTE;

const positive = (minutes: number): number => (minutes > 0 ? minutes : SOME_RUNTIME);
