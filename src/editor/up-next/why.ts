import type { EpisodeView } from '../../core/up-next/index.js';
import { isEnglish, say } from './words.js';

/** Their English sentence has particulars that the catalogue's has not: a limit, a rule, a server's words. */
const TELLING: ReadonlySet<string> = new Set([
  'excluded',
  'budget',
  'disk-full',
  'result-nothing-acceptable',
  'result-failed',
  'result-skipped',
]);

/** Why an episode is where it is. */
export interface Why {
  /** In the editor's language. */
  readonly words: string;
  /** What only the English sentence tells, for an editor in another language; null when there is no more to tell. */
  readonly quote: string | null;
}

export function whyOf({ code, text }: Pick<EpisodeView, 'code' | 'text'>): Why {
  const words = say(`why.${code}`, {}, text);
  if (!TELLING.has(code)) return { words, quote: null };
  if (isEnglish()) return { words: stopped(text), quote: null };
  // A budget's limit is the user's own setting: not worth a second language.
  return { words, quote: code === 'budget' ? null : stopped(text) };
}

/** The runtime ends some sentences without a full stop. */
const stopped = (words: string): string => (/[.!?…]$/.test(words.trim()) ? words : `${words.trim()}.`);
