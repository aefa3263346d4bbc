import { errorText, isJson } from '../http/answers.js';
import type { Verdict } from '../http/failures.js';
import type { Answer } from '../http/transport.js';

/** An unknown or doubled id in a list of ids fails the whole request (recording `episodes_ids_unknown`); one alone is a 404. */
const UNKNOWN_EPISODE = /^(Expected query to return \d+ rows? but returned \d+|Episode with ID \d+ does not exist)/i;

/** Sonarr refuses a key without a word (recordings `auth_*`), older ones in JSON; a page, another place to go to, or JSON that says nothing (oauth2-proxy) is a proxy's. */
const refusesKey = (answer: Answer): boolean => {
  if (answer.status !== 401 || answer.asksForLogin || answer.location !== '') return false;
  return isJson(answer) ? errorText(answer) !== '' : answer.body.length === 0;
};

/** How Sonarr words a refusal on every route; null for what needs no knowledge of Sonarr. */
export const judgeSonarr = (answer: Answer): Verdict | null => {
  if (refusesKey(answer)) return { code: 'key-refused' };
  if (answer.status < 400) return null;
  return UNKNOWN_EPISODE.test(errorText(answer)) ? { code: 'unknown-episode' } : null;
};

/** `POST /release`; recordings `grab_*`. What a proxy answers in its place is not judged here. */
export const judgeGrab = (answer: Answer): Verdict | null => {
  const detail = errorText(answer);
  if (detail === '') return judgeSonarr(answer);
  if (answer.status === 404) return { code: 'release-gone', detail };
  if (answer.status === 409) return { code: 'release-refused', detail };
  if (answer.status === 500) return { code: 'download-client-failed', detail };
  return judgeSonarr(answer);
};
