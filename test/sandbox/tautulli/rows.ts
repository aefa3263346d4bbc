import type { TautulliModel } from './model.js';
import type { Session, StandInPlay, StoredPlay } from './types.js';
import { percentComplete, watchedStatus } from './watched.js';

/** A row of `get_history`, 44 fields as recorded on v2.17.2. */
export type Row = Record<string, string | number | null>;

/** A row with what ordering needs beside it. */
export interface Line {
  readonly row: Row;
  /** Of the media: what `order_column=duration` means. */
  readonly length: number;
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** The rows of one group, oldest first, as one row (ungrouped: of one row). */
export const groupLine = (model: TautulliModel, members: readonly StoredPlay[]): Line | null => {
  const newest = members.at(-1);
  if (newest === undefined) return null;
  const starts = members.map((m) => seconds(m.play.startedAt));
  const played = members.reduce((sum, m) => sum + secondsPlayed(m.play, m.stoppedAt), 0);
  const row: Row = {
    reference_id: newest.reference,
    row_id: newest.id,
    id: newest.id,
    date: Math.max(...starts),
    started: Math.min(...starts),
    stopped: Math.max(...members.map((m) => seconds(m.stoppedAt))),
    duration: played,
    play_duration: played,
    paused_counter: members.reduce((sum, m) => sum + (m.play.paused ?? 0), 0),
    ...describe(model, newest.play),
    percent_complete: Math.max(...members.map((m) => percentComplete(m.play))),
    watched_status: Math.max(...members.map((m) => watchedStatus(m.play, model.watchedPercent))),
    group_count: members.length,
    group_ids: members.map((m) => m.id).join(','),
    state: null,
    session_key: null,
  };
  return { row, length: newest.play.length };
};

/** A running play: no id, no group; it "stopped" now. */
export const sessionLine = (model: TautulliModel, { key, play }: Session): Line => {
  const now = model.clock.now();
  const row: Row = {
    reference_id: null,
    row_id: null,
    id: null,
    date: seconds(play.startedAt),
    started: seconds(play.startedAt),
    stopped: seconds(now),
    duration: secondsPlayed(play, now),
    play_duration: secondsPlayed(play, now),
    paused_counter: play.paused ?? 0,
    ...describe(model, play),
    percent_complete: percentComplete(play),
    watched_status: watchedStatus(play, model.watchedPercent),
    group_count: null,
    group_ids: null,
    state: play.state ?? 'playing',
    session_key: key,
  };
  return { row, length: play.length };
};

/** Without pauses. */
export const secondsPlayed = (play: StandInPlay, until: number): number =>
  Math.max(0, seconds(until) - seconds(play.startedAt) - (play.paused ?? 0));

const describe = (model: TautulliModel, play: StandInPlay): Row => {
  const user = model.users.find(({ id }) => id === play.userId);
  const show = play.show;
  return {
    user_id: play.userId,
    user: model.storedName(play),
    friendly_name: user?.friendlyName ?? null,
    user_thumb: `https://plex.tv/users/${play.userId.toString(16)}/avatar?c=1700000000`,
    platform: 'Chrome',
    product: 'Plex Web',
    player: 'Chrome',
    ip_address: '192.168.1.21',
    live: play.live === true ? 1 : 0,
    machine_id: 'sandboxmachine0',
    location: 'lan',
    secure: 1,
    relayed: 0,
    media_type: play.mediaType ?? 'episode',
    rating_key: play.ratingKey,
    parent_rating_key: play.seasonKey ?? '',
    grandparent_rating_key: show?.ratingKey ?? '',
    full_title: fullTitle(play),
    title: play.title,
    parent_title: show === undefined ? '' : seasonTitle(play.season),
    grandparent_title: show?.title ?? play.showTitle ?? '',
    original_title: '',
    year: play.year ?? '',
    media_index: play.episode ?? '',
    parent_media_index: play.season ?? '',
    thumb: `/library/metadata/${play.seasonKey ?? play.ratingKey}/thumb/1690060420`,
    originally_available_at: play.airDate ?? '',
    guid: play.guid,
    transcode_decision: 'direct play',
  };
};

/** `Show - Episode`, `Track - Artist`, and the title alone for movies and live TV. */
const fullTitle = ({ show, title, mediaType }: StandInPlay): string => {
  if (show === undefined) return title;
  return mediaType === 'track' ? `${title} - ${show.title}` : `${show.title} - ${title}`;
};

/** What Plex calls a season. */
export const seasonTitle = (season: number | null): string => (season === 0 ? 'Specials' : `Season ${season ?? ''}`);
