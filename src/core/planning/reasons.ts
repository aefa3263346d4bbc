import type { EpisodeDownload, Reason, ReasonCode } from '../contracts/index.js';
import { toInstant } from '../time.js';
import { timeLeftText } from '../words/measures.js';

/** What a sentence needs besides its code; all optional, a sentence without them is still true. */
export interface ReasonFacts {
  /** Milliseconds. */
  readonly until?: number | null;
  readonly download?: EpisodeDownload | null;
  /** What excludes, limits or delays it. */
  readonly by?: string | null;
}

/** `2026-11-22 17:05 UTC`. */
const moment = (ms: number): string => `${toInstant(ms).slice(0, 16).replace('T', ' ')} UTC`;

const at = (word: string, ms: number | null | undefined): string => (ms ? ` ${word} ${moment(ms)}` : '');
const inBrackets = (text: string | null | undefined): string => (text ? ` (${text})` : '');
const because = (text: string | null | undefined): string => (text ? `: ${text}` : '');
const quoted = (download: EpisodeDownload | null | undefined): string =>
  because(download?.messages.map((message) => `"${message}"`).join(', '));
const saysSonarr = (download: EpisodeDownload | null | undefined): string =>
  download?.messages.length ? `, Sonarr says${quoted(download)}` : '';

const SENTENCES: Record<ReasonCode, (facts: ReasonFacts) => string> = {
  'on-disk': () => 'On disk',
  downloading: ({ download }) => `Downloading${timeLeftText(download?.timeLeft)}`,
  queued: ({ download }) => `In the download queue${timeLeftText(download?.timeLeft)}`,
  paused: () => 'Its job was paused manually and is left alone',
  grabbed: () => 'Grabbed, not in the download queue yet',
  'other-client': ({ download }) => `On its way in another download client${inBrackets(download?.client)}`,
  waiting: ({ download }) => `Held back by Sonarr${quoted(download)}`,
  failed: ({ download }) => `Its download failed${saysSonarr(download)}`,
  blocked: ({ download }) => `Its import is blocked${saysSonarr(download)}`,
  'cooling-down': ({ until, by }) => `No new search${at('before', until)}${because(by)}`,
  search: () => 'Aired, but no file yet: will be searched for',
  'not-aired': ({ until }) => `Not aired yet${until ? `: airs ${moment(until)}` : ''}`,
  'no-air-date': () => 'Has no air date',
  watched: () => 'Already watched by everyone who would need it',
  excluded: ({ by }) => `Excluded${by ? ` by ${by}` : ''}`,
  budget: ({ by }) => `Left for a later run${because(by)}`,
  'disk-full': ({ by }) => `Not enough free space${inBrackets(by)}`,
};

/** A reason with its sentence. */
export const reasonFor = (code: ReasonCode, facts: ReasonFacts = {}): Reason => ({
  code,
  text: SENTENCES[code](facts),
  until: typeof facts.until === 'number' ? toInstant(facts.until) : null,
});
