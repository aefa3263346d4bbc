import type { Row } from '../sandbox/tautulli/rows.js';
import type { TautulliContents } from '../sandbox/tautulli/model.js';
import type { StandInPlay, StandInShow, StandInUser, StoredPlay } from '../sandbox/tautulli/types.js';

/** Milliseconds; the rows do not tell it. */
const LENGTH = 3_000_000;

/** Recorded rows of `get_history` as the plays that must have made them, in the order of their ids; running ones last. */
export const playsFrom = (rows: readonly Row[], watchedPercent: number, sectionId: number): readonly StandInPlay[] =>
  rows
    .toSorted((a, b) => Number(a.id ?? Infinity) - Number(b.id ?? Infinity))
    .map((row) => playFrom(row, watchedPercent, sectionId));

/** The finished ones with their recorded ids and groups. */
export const storedFrom = (rows: readonly Row[], watchedPercent: number, sectionId: number): readonly StoredPlay[] =>
  rows
    .filter((row) => row.id !== null)
    .toSorted((a, b) => Number(a.id) - Number(b.id))
    .flatMap((row) => membersOf(row, playFrom(row, watchedPercent, sectionId)));

/** A recorded group tells when its oldest and its newest row began, and the best of them: each of ours has the best. */
const membersOf = (row: Row, play: StandInPlay): readonly StoredPlay[] =>
  String(row.group_ids)
    .split(',')
    .map((id, i) => ({
      id: Number(id),
      reference: Number(row.reference_id),
      play: i === 0 ? play : { ...play, startedAt: Number(row.date) * 1000 },
      stoppedAt: Number(row.stopped) * 1000,
    }));

const playFrom = (row: Row, watchedPercent: number, sectionId: number): StandInPlay => {
  const percent = Number(row.percent_complete);
  const byCredits = row.watched_status === 1 && percent < watchedPercent;
  return {
    userId: Number(row.user_id),
    username: String(row.user),
    mediaType: row.media_type as 'episode' | 'movie' | 'track',
    live: row.live === 1,
    ratingKey: Number(row.rating_key),
    ...(isNumber(row.parent_rating_key) ? { seasonKey: Number(row.parent_rating_key) } : {}),
    ...(isNumber(row.grandparent_rating_key)
      ? { show: showFrom(row, sectionId) }
      : { sectionId, showTitle: String(row.grandparent_title) }),
    title: String(row.title),
    season: numberOr(row.parent_media_index),
    episode: numberOr(row.media_index),
    year: numberOr(row.year),
    airDate: row.originally_available_at === null ? null : String(row.originally_available_at),
    guid: String(row.guid ?? ''),
    length: LENGTH,
    progress: percent,
    ...(byCredits ? { creditsAt: (LENGTH * percent) / 100 } : {}),
    startedAt: Number(row.started) * 1000,
    stoppedAt: row.id === null ? null : Number(row.stopped) * 1000,
    state: (row.state ?? 'playing') as 'playing' | 'paused',
    paused: row.id === null ? 0 : Number(row.stopped) - Number(row.started) - Number(row.duration),
  };
};

const isNumber = (value: Row[string] | undefined): boolean => typeof value === 'number';
const numberOr = (value: Row[string] | undefined): number | null => (typeof value === 'number' ? value : null);

const showFrom = (row: Row, sectionId: number): StandInShow => ({
  ratingKey: Number(row.grandparent_rating_key),
  title: String(row.grandparent_title),
  year: null,
  guid: '',
  guids: [],
  sectionId,
});

/** Whoever the users' table knows; a null friendly name means that it does not. */
export const usersFrom = (rows: readonly Row[]): readonly StandInUser[] =>
  rows
    .filter((row) => row.friendly_name !== null)
    .map((row) => ({ id: Number(row.user_id), username: String(row.user), friendlyName: String(row.friendly_name) }))
    .filter((user, i, all) => all.findIndex(({ id }) => id === user.id) === i);

interface RecordedMetadata {
  readonly [field: string]: unknown;
  readonly media_type: 'show' | 'episode';
}

/** What Plex must hold to answer a recorded `get_metadata`. */
export const contentsFrom = (recorded: RecordedMetadata): TautulliContents => {
  const text = (field: string): string => String(recorded[field]);
  const number = (field: string): number | null => (recorded[field] === '' ? null : Number(recorded[field]));
  const isShow = recorded.media_type === 'show';
  const show: StandInShow = {
    ratingKey: Number(text(isShow ? 'rating_key' : 'grandparent_rating_key')),
    title: text(isShow ? 'title' : 'grandparent_title'),
    year: number(isShow ? 'year' : 'grandparent_year'),
    guid: text(isShow ? 'guid' : 'grandparent_guid'),
    guids: recorded[isShow ? 'guids' : 'grandparent_guids'] as readonly string[],
    sectionId: Number(text('section_id')),
  };
  const libraries = [{ id: show.sectionId, name: text('library_name'), type: 'show' as const }];
  if (isShow) return { libraries, shows: [show] };
  const play: StandInPlay = {
    userId: 1,
    ratingKey: Number(text('rating_key')),
    seasonKey: Number(text('parent_rating_key')),
    show,
    title: text('title'),
    season: number('parent_media_index'),
    episode: number('media_index'),
    year: number('year'),
    airDate: text('originally_available_at'),
    guid: text('guid'),
    length: Number(text('duration')),
    progress: 100,
    startedAt: 0,
    stoppedAt: 1,
  };
  return { libraries, plays: [play] };
};
