import type { Parameters } from '../http/form.js';
import type { TautulliModel } from './model.js';
import type { StandInPlay } from './types.js';

type Test = (play: StandInPlay) => boolean;

interface Candidate {
  readonly play: StandInPlay;
  /** Null for a running one. */
  readonly reference: number | null;
}

/** All filters of `get_history` but `search`: they see single plays, before any grouping. */
export const historyFilter = (model: TautulliModel, parameters: Parameters): ((candidate: Candidate) => boolean) => {
  const tests = [
    listed(parameters, userFilter(parameters), (play, value) => userValue(model, parameters, play) === value),
    listed(parameters, 'rating_key', (play, value) => String(play.ratingKey) === value),
    listed(parameters, 'parent_rating_key', (play, value) => String(play.seasonKey ?? '') === value),
    listed(parameters, 'grandparent_rating_key', (play, value) => String(play.show?.ratingKey ?? '') === value),
    listed(parameters, 'section_id', (play, value) => String(sectionOf(play) ?? '') === value),
    listed(parameters, 'transcode_decision', (_, value) => value === 'direct play'),
    listed(parameters, 'guid', (play, value) => like(`${value.split('?')[0] ?? ''}%`, play.guid)),
    listed(parameters, 'start_date', (play, value) => dayOf(model, play) === value),
    listed(parameters, 'after', (play, value) => dayOf(model, play) >= value),
    listed(parameters, 'before', (play, value) => dayOf(model, play) <= value),
    mediaFilter(parameters),
  ];
  const references = parameters.list('reference_id');
  return ({ play, reference }) =>
    (references.length === 0 || references.includes(String(reference))) && tests.every((test) => test(play));
};

/** An absent or empty parameter filters nothing, a comma list is an "or", a repeated parameter matches nothing. */
const listed = (parameters: Parameters, name: string, matches: (play: StandInPlay, value: string) => boolean): Test => {
  if (parameters.repeated(name)) return () => false;
  const values = parameters.list(name);
  return values.length === 0 ? () => true : (play) => values.some((value) => matches(play, value));
};

/** `user_id` wins over `user`. */
const userFilter = (parameters: Parameters): string => (parameters.list('user_id').length > 0 ? 'user_id' : 'user');

const userValue = (model: TautulliModel, parameters: Parameters, play: StandInPlay): string =>
  userFilter(parameters) === 'user_id' ? String(play.userId) : model.storedName(play);

export const sectionOf = (play: StandInPlay): number | undefined => play.show?.sectionId ?? play.sectionId;

/** The calendar day of the start in the time zone of the Tautulli process; compared as a string, unvalidated. */
const dayOf = (model: TautulliModel, play: StandInPlay): string =>
  new Date(Math.floor(play.startedAt / 1000) * 1000 + model.utcOffset * 3_600_000).toISOString().slice(0, 10);

/** `episode` leaves live TV out, although its rows say episode. */
const mediaFilter = (parameters: Parameters): Test => {
  const types = parameters.list('media_type');
  if (types.length === 0 || types.includes('all')) return () => true;
  return (play) => types.includes(play.live === true ? 'live' : (play.mediaType ?? 'episode'));
};

/** SQLite's LIKE: `%` and `_` are wildcards, only ASCII letters ignore their case. */
export const like = (pattern: string, text: string): boolean => {
  const source = pattern
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '[^]*')
    .replaceAll('_', '[^]');
  return new RegExp(`^${asciiLower(source)}$`, 'u').test(asciiLower(text));
};

const asciiLower = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
