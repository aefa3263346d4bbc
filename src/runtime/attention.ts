import { episodeLabel } from '../core/labels.js';
import { coded } from '../core/log-codes.js';
import type { Outputs } from './node-types.js';

type Part = { readonly errors?: unknown; readonly items?: unknown } | null | undefined;

interface Item {
  readonly series: { readonly title: string };
  readonly season: number;
  readonly episode: number;
  readonly reason: { readonly code: string; readonly text: string };
}

/** Somebody has to look at it in Sonarr. */
const STUCK: ReadonlySet<string> = new Set(['failed', 'blocked']);

const listOf = <T>(list: unknown): readonly T[] => (Array.isArray(list) ? (list as T[]) : []);

const errorsIn = (part: Part): readonly string[] =>
  listOf<{ readonly message?: unknown; readonly code?: unknown }>(part?.errors).flatMap(({ message, code }) =>
    typeof message === 'string' ? coded(String(code), message) : [],
  );

const stuckIn = (part: Part): readonly string[] =>
  listOf<Item>(part?.items)
    .filter(({ reason }) => STUCK.has(reason.code))
    .map(({ series, season, episode, reason }) =>
      coded(reason.code, `${series.title} ${episodeLabel(season, episode)}: ${reason.text}`),
    );

/** What a message says that needs the user's attention, a sentence with its code each; nothing of a message of another kind. */
export const attentionIn = (
  msg: { readonly payload?: unknown; readonly plexJit?: unknown } | null,
): readonly string[] => {
  try {
    const payload = msg?.payload as Part;
    return [...errorsIn(payload), ...errorsIn(msg?.plexJit as Part), ...stuckIn(payload)];
  } catch {
    return [];
  }
};

/** What a node has found that needs the user's attention: once for as long as it lasts, as a problem of days is no line in every run. */
export class Attention {
  #last: ReadonlySet<string> = new Set();

  /**
   * What is to be said.
   * @param came what the message said before this node
   * @param outputs what the node sends
   * @param failed what is told as the failure of the whole node, as it stands in the log
   */
  news(came: readonly string[], outputs: Outputs, failed: string | null): readonly string[] {
    if (outputs.every((msg) => msg === null)) return [];
    const known = new Set(came);
    const now = outputs.flatMap(attentionIn).filter((text) => !known.has(text) && text !== failed);
    const before = this.#last;
    this.#last = new Set(now);
    return [...this.#last].filter((text) => !before.has(text));
  }
}
