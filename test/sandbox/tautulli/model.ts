import type { WorldTautulli } from '../world/format.js';
import type { SandboxClock } from '../world/types.js';
import type {
  Notification,
  Session,
  StandInLibrary,
  StandInPlay,
  StandInShow,
  StandInUser,
  StoredPlay,
} from './types.js';
import { viewOffset, WATCHED_PERCENT, watchedStatus } from './watched.js';

const DAY = 86_400_000;

/** What Tautulli knows at the beginning. */
export interface TautulliContents {
  readonly users?: readonly StandInUser[];
  readonly libraries?: readonly StandInLibrary[];
  /** Shows that nobody has played are known to Plex too. */
  readonly shows?: readonly StandInShow[];
  /** Finished and running plays, in any order. */
  readonly plays?: readonly StandInPlay[];
}

/** Tautulli's tables, the Plex server behind it, and what its notifiers sent. */
export class TautulliModel {
  readonly settings: WorldTautulli;
  readonly users: StandInUser[];
  readonly libraries: StandInLibrary[];
  /** In the order of their ids, which is the order in which playback stopped. */
  readonly rows: StoredPlay[] = [];
  sessions: readonly Session[] = [];
  notifications: readonly Notification[] = [];
  /** Plex cannot be reached: no metadata, no activity. */
  plexDown: boolean;
  /** TV_WATCHED_PERCENT; changes what old rows say at once. */
  watchedPercent = WATCHED_PERCENT;
  private readonly shows = new Map<number, StandInShow>();
  private readonly latest = new Map<string, StoredPlay>();
  private nextSession = 31;

  constructor(
    world: WorldTautulli | undefined,
    readonly clock: SandboxClock,
    contents: TautulliContents = {},
  ) {
    this.settings = world ?? {};
    this.plexDown = world?.plexDown ?? false;
    this.users = [...(contents.users ?? [])];
    this.libraries = [...(contents.libraries ?? [])];
    for (const show of contents.shows ?? []) this.addShow(show);
    const plays = (contents.plays ?? []).toSorted((a, b) => (a.stoppedAt ?? Infinity) - (b.stoppedAt ?? Infinity));
    for (const play of plays) this.play(play);
  }

  /** Hours east of UTC of the Tautulli process. */
  get utcOffset(): number {
    return this.settings.utcOffset ?? 0;
  }

  /** Adds or replaces a show of Plex (`gone`: its metadata disappears). */
  addShow(show: StandInShow): void {
    this.shows.set(show.ratingKey, show);
  }

  /** A play that is over gets a row (its id is returned), one that is running a session (its key is returned). */
  play(play: StandInPlay): number {
    if (play.show !== undefined && !this.shows.has(play.show.ratingKey)) this.addShow(play.show);
    if (play.stoppedAt !== null) return this.store(play, play.stoppedAt);
    const key = this.nextSession++;
    this.sessions = [...this.sessions, { key, play }];
    return key;
  }

  /** Ends a running play now, having come to `progress` percent; the id of its row. */
  stop(sessionKey: number, progress?: number): number {
    const session = this.sessions.find(({ key }) => key === sessionKey);
    if (session === undefined) throw new Error(`no session ${sessionKey} is playing`);
    this.sessions = this.sessions.filter((other) => other !== session);
    const stoppedAt = this.clock.now();
    return this.store({ ...session.play, stoppedAt, progress: progress ?? session.play.progress }, stoppedAt);
  }

  notified(notification: Omit<Notification, 'id' | 'at'>): number {
    const id = this.notifications.length + 1;
    this.notifications = [...this.notifications, { ...notification, id, at: this.clock.now() }];
    return id;
  }

  /** As stored with the play; a later rename does not change it. */
  storedName(play: StandInPlay): string {
    return play.username ?? this.users.find(({ id }) => id === play.userId)?.username ?? `user${play.userId}`;
  }

  libraryName(id: number): string {
    return this.libraries.find((library) => library.id === id)?.name ?? '';
  }

  /** What Plex has under a rating key now; null when it is gone, unknown, or Plex is down. */
  metadataOf(ratingKey: number): { readonly show: StandInShow; readonly play: StandInPlay | null } | null {
    if (this.plexDown) return null;
    const show = this.shows.get(ratingKey);
    if (show !== undefined) return show.gone === true ? null : { show, play: null };
    const play = [...this.rows, ...this.sessions].find((row) => row.play.ratingKey === ratingKey)?.play;
    const parent = play?.show === undefined ? undefined : this.shows.get(play.show.ratingKey);
    return play === undefined || parent === undefined || parent.gone === true ? null : { show: parent, play };
  }

  private store(play: StandInPlay, stoppedAt: number): number {
    const id = this.rows.length + 1;
    const row = { id, reference: this.groupOf(play) ?? id, play, stoppedAt };
    this.rows.push(row);
    this.latest.set(this.pairOf(play), row);
    return id;
  }

  /** Goes on with the user's last row of that item when it was left unwatched at or before this point; live TV within a day. */
  private groupOf(play: StandInPlay): number | undefined {
    const before = this.latest.get(this.pairOf(play));
    if (before === undefined) return undefined;
    if (play.live === true) return play.startedAt - before.play.startedAt < DAY ? before.reference : undefined;
    const watched = watchedStatus(before.play, this.watchedPercent) === 1;
    return !watched && viewOffset(before.play) <= viewOffset(play) ? before.reference : undefined;
  }

  private pairOf({ userId, ratingKey, live, guid }: StandInPlay): string {
    return `${userId} ${live === true ? guid : ratingKey}`;
  }
}
