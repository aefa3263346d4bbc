import { sectionOf } from './filters.js';
import type { TautulliModel } from './model.js';
import { seasonTitle } from './rows.js';
import type { Session, StandInPlay, StandInShow } from './types.js';
import { percentComplete, viewOffset } from './watched.js';

/** `get_metadata`: `{}` for an unknown key, a deleted item and Plex being down alike. All scalars are strings. */
export const metadataAnswer = (model: TautulliModel, ratingKey: string | undefined): Record<string, unknown> => {
  const found = model.metadataOf(Number(ratingKey ?? NaN));
  if (found === null) return {};
  const library = { section_id: String(found.show.sectionId), library_name: model.libraryName(found.show.sectionId) };
  return found.play === null ? showMetadata(found.show, library) : episodeMetadata(found.show, found.play, library);
};

const EMPTY = {
  original_title: '',
  sort_title: '',
  edition_title: '',
  slug: '',
  parent_slug: '',
  grandparent_slug: '',
  studio: '',
  content_rating: '',
  summary: '',
  tagline: '',
  rating: '',
  rating_image: '',
  audience_rating: '',
  audience_rating_image: '',
  user_rating: '',
  parent_thumb: '',
  grandparent_thumb: '',
  art: '',
  banner: '',
  last_viewed_at: '',
  added_at: '1690060420',
  updated_at: '1690064020',
  directors: [],
  writers: [],
  actors: [],
  genres: [],
  labels: [],
  collections: [],
  markers: [],
  live: 0,
  media_info: [],
};

const thumb = (key: number): string => `/library/metadata/${key}/thumb/1690060420`;

const showMetadata = (show: StandInShow, library: Record<string, string>): Record<string, unknown> => ({
  media_type: 'show',
  ...library,
  rating_key: String(show.ratingKey),
  parent_rating_key: '',
  grandparent_rating_key: '',
  title: show.title,
  parent_title: '',
  grandparent_title: '',
  ...EMPTY,
  media_index: '1',
  parent_media_index: '',
  duration: '2700000',
  year: show.year === null ? '' : String(show.year),
  parent_year: '',
  grandparent_year: '',
  thumb: thumb(show.ratingKey),
  originally_available_at: show.year === null ? '' : `${show.year}-01-01`,
  guid: show.guid,
  parent_guid: '',
  grandparent_guid: '',
  guids: show.guids,
  parent_guids: [],
  grandparent_guids: [],
  full_title: show.title,
  children_count: show.children ?? 1,
});

const episodeMetadata = (
  show: StandInShow,
  play: StandInPlay,
  library: Record<string, string>,
): Record<string, unknown> => ({
  media_type: 'episode',
  ...library,
  rating_key: String(play.ratingKey),
  parent_rating_key: String(play.seasonKey ?? ''),
  grandparent_rating_key: String(show.ratingKey),
  title: play.title,
  parent_title: seasonTitle(play.season),
  grandparent_title: show.title,
  ...EMPTY,
  media_index: play.episode === null ? '' : String(play.episode),
  parent_media_index: play.season === null ? '' : String(play.season),
  duration: String(play.length),
  year: String(play.year ?? ''),
  parent_year: String(play.year ?? ''),
  grandparent_year: show.year === null ? '' : String(show.year),
  thumb: thumb(play.ratingKey),
  originally_available_at: play.airDate ?? '',
  guid: play.guid,
  parent_guid: '',
  grandparent_guid: show.guid,
  guids: [],
  parent_guids: [],
  grandparent_guids: show.guids,
  full_title: `${show.title} - ${play.title}`,
  children_count: 0,
});

/** `get_activity`: `{}` while Plex is down; `stream_count` is a string. */
export const activityAnswer = (model: TautulliModel): Record<string, unknown> => {
  if (model.plexDown) return {};
  return {
    stream_count: String(model.sessions.length),
    sessions: model.sessions.map((session) => sessionOf(model, session)),
    stream_count_direct_play: model.sessions.length,
    stream_count_direct_stream: 0,
    stream_count_transcode: 0,
    total_bandwidth: 5120 * model.sessions.length,
    lan_bandwidth: 5120 * model.sessions.length,
    wan_bandwidth: 0,
  };
};

/** The part of the 247 fields that says who watches what. */
const sessionOf = (model: TautulliModel, { key, play }: Session): Record<string, unknown> => {
  const found = play.show === undefined ? {} : metadataAnswer(model, String(play.ratingKey));
  return {
    ...Object.fromEntries(Object.entries(found).filter(([name]) => name !== 'media_info')),
    session_key: String(key),
    section_id: String(sectionOf(play) ?? ''),
    view_offset: String(viewOffset(play)),
    progress_percent: String(percentComplete(play)),
    user: model.storedName(play),
    user_id: play.userId,
    username: model.storedName(play),
    friendly_name: model.users.find(({ id }) => id === play.userId)?.friendlyName ?? '',
    state: play.state ?? 'playing',
    live: play.live === true ? 1 : 0,
  };
};
