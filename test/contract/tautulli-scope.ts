import type { Unions } from './shape.js';

/** Commands and states that this project neither uses nor meets, each with the reason why the stand-in leaves them out. */
export const OUT_OF_SCOPE: readonly (readonly [RegExp, string])[] = [
  [/^webhook_/, 'what Tautulli sends by itself; no source of this package yet'],
  [
    /^(add|set)_notifier_|^delete_notifier_|^get_notifier_(config|parameters)|^get_notification_log$/,
    'setting up notifiers',
  ],
  [/^out_type_xml|^callback_/, 'XML and JSONP: JSON is what we ask for'],
  [/^docs_|^sql_|^update_check$|^refresh_|^search_noplex$|^pms_image_/, 'never called'],
  [/^get_(date_formats|home_stats|item_|old_rating_keys|recently_added|server_|user_|user$)/, 'never called'],
  [/^get_(libraries|library$|library_unknown|library_media|users_table|settings|children)/, 'never called'],
  [/^plex_get_(children|libraries|recently_added|server_identity)|notify_recently_added/, 'never called'],
  [/^plex_get_metadata_(movie|season|track)/, 'metadata is asked of shows, and of episodes at most'],
  [/^plex_get_activity_(live_tv|session_key|two_sessions)/, 'get_activity: running plays come with get_history'],
  [/^auth_(basic|form_login)_home$/, 'pages of the web interface'],
  [/^error_unexpected_param$/, 'get_settings: never called'],
  [/^https_plain_http_/, 'no HTTP: the connection is reset (the kit speaks TLS by its option)'],
  [/^history_transcode_decision$/, 'plays of the sandbox are all played directly'],
  [/^transport_gzip$/, 'the recording holds no body; http-kit.test.ts has gzip'],
  [/^transport_uri_too_long$/, 'replayed in tautulli-model.test.ts: the recording cuts its own query'],
];

/** Why a recording is left out; undefined: it is replayed. */
export const reasonOut = (name: string): string | undefined =>
  OUT_OF_SCOPE.find(([pattern]) => pattern.test(name))?.[1];

/** Of these only the shape is compared: their rows do not tell what they depend on. */
export const SHAPE_ONLY = new Map([
  ['history_row_without_media_duration', 'a media length that Plex never sent'],
  ['history_page_2_of_1000', 'the whole table; tautulli-model.test.ts cuts pages'],
  ['history_start_negative', 'the whole table; tautulli-model.test.ts cuts pages'],
  ['history_same_title_two_shows', 'recorded show by show, not in the order of the answer'],
  ['history_order_duration', 'ordered by the media length, which is not in the row'],
]);

const TEXT_OR_NULL = ['string', 'null'];
/** Fields whose type varies in the recordings. */
export const UNIONS: Unions = {
  ...Object.fromEntries(
    ['reference_id', 'row_id', 'id', 'secure', 'relayed', 'live', 'session_key'].map((k) => [k, ['number', 'null']]),
  ),
  ...Object.fromEntries(
    ['group_count', 'group_ids', 'state', 'product', 'location'].map((k) => [k, ['string', 'number', 'null']]),
  ),
  ...Object.fromEntries(['year', 'media_index', 'parent_media_index'].map((k) => [k, ['number', 'string', 'null']])),
  ...Object.fromEntries(['parent_rating_key', 'grandparent_rating_key'].map((k) => [k, ['number', 'string']])),
  ...Object.fromEntries(
    ['friendly_name', 'originally_available_at', 'guid', 'original_title', 'thumb', 'agent'].map((k) => [
      k,
      TEXT_OR_NULL,
    ]),
  ),
  ...Object.fromEntries(['is_home_user', 'is_allow_sync', 'is_restricted'].map((k) => [k, ['number', 'null']])),
  ...Object.fromEntries(
    ['email', 'filter_all', 'filter_movies', 'filter_tv', 'filter_music', 'filter_photos'].map((k) => [
      k,
      TEXT_OR_NULL,
    ]),
  ),
};
