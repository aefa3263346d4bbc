import { z } from 'zod';
import { dayOrNull, keyOrNull, listOf, oneOf, positiveNumber, someNumber, text, textOrNull } from '../http/fields.js';
import { rowReader } from '../http/rows.js';
import { idsFromGuid, idsFromGuids, mergeIds } from './guids.js';
import type { HistoryRow, Notifier, ShowMetadata, TautulliLibrary, TautulliUser } from './types.js';

/** The last second of the year 9999: a moment after it is none that others can read. */
const LAST = 253_402_300_799;
/** Seconds since 1970 as a moment. */
const epoch = z.number().positive().max(LAST);
const toInstant = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** Numbers come as numbers, "" or null; what has no number must not become number 0, which is the specials. */
const wholeNumber = someNumber.transform((value) =>
  value !== null && Number.isSafeInteger(value) && value >= 0 ? value : null,
);

/** More than 100 and absurd values occur (a row without a media length). */
const percent = someNumber.transform((value) => Math.min(100, Math.max(0, value ?? 0)));

export const readHistoryRow = rowReader<HistoryRow>(
  z
    .object({
      id: wholeNumber,
      started: epoch,
      stopped: someNumber,
      user_id: z.number(),
      user: text,
      friendly_name: text,
      live: someNumber,
      rating_key: keyOrNull,
      grandparent_rating_key: keyOrNull,
      grandparent_title: text,
      title: text,
      parent_media_index: wholeNumber,
      media_index: wholeNumber,
      originally_available_at: dayOrNull,
      guid: text,
      percent_complete: percent,
      watched_status: someNumber,
      state: textOrNull,
    })
    .transform((row) => ({
      id: row.id,
      startedAt: toInstant(row.started),
      stoppedAt: toInstant(
        row.stopped !== null && row.stopped >= row.started ? Math.min(row.stopped, LAST) : row.started,
      ),
      userId: String(row.user_id),
      userName: row.friendly_name || row.user,
      live: row.live === 1,
      ratingKey: row.rating_key,
      showKey: row.grandparent_rating_key,
      showTitle: row.grandparent_title,
      title: row.title,
      season: row.parent_media_index,
      episode: row.media_index,
      airDate: row.originally_available_at,
      guid: row.guid,
      progress: row.percent_complete,
      watched: row.watched_status === 1,
      state: row.state,
    })),
);

/** What stands around the rows of a history. */
export const historyHeader = z.object({
  response: z.object({ data: z.object({ recordsFiltered: z.number(), draw: z.number().catch(1) }) }),
});

/** `get_metadata` writes its scalars as text. */
export const showSchema = z
  .object({
    rating_key: keyOrNull.pipe(z.string()),
    title: z.string(),
    year: positiveNumber,
    guid: text,
    guids: listOf(z.string()),
    section_id: keyOrNull,
    library_name: textOrNull,
  })
  .transform((data): ShowMetadata => ({
    key: data.rating_key,
    title: data.title,
    year: data.year,
    ids: mergeIds(idsFromGuids(data.guids), idsFromGuid(data.guid)),
    libraryId: data.section_id,
    libraryName: data.library_name,
  }));

export const readNotifier = rowReader<Notifier>(
  z
    .object({ id: z.number().int().positive(), agent_name: text, agent_label: text, friendly_name: text })
    .transform((row) => ({ id: row.id, agent: row.agent_name, label: row.friendly_name || row.agent_label })),
);

const id = keyOrNull.pipe(z.string());

export const readUser = rowReader<TautulliUser>(
  z
    .object({ user_id: id, username: text, friendly_name: text })
    .transform((row) => ({ id: row.user_id, name: row.friendly_name || row.username, username: row.username })),
);

export const readLibrary = rowReader<TautulliLibrary>(
  z
    .object({
      section_id: id,
      section_name: z.string(),
      section_type: oneOf(['show', 'movie', 'artist', 'photo', 'live'], 'other'),
    })
    .transform((row) => ({ id: row.section_id, name: row.section_name, type: row.section_type })),
);
