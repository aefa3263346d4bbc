import { compareText } from '../compare.js';
import type { Instant } from '../contracts/index.js';
import { toMs } from '../time.js';

/** What decides which of two episodes comes first. */
export interface Need {
  /** Null: nobody needs it at a known time. */
  readonly neededBy: Instant | null;
  readonly playedAt: Instant;
  /** Title of the series. */
  readonly label: string;
  readonly season: number;
  readonly episode: number;
}

const due = ({ neededBy }: Need): number => (neededBy === null ? Number.MAX_VALUE : toMs(neededBy));

/** Sorts by when an episode is needed; ties by the latest play, then by series title, season and episode. */
export const byNeed = (a: Need, b: Need): number =>
  due(a) - due(b) ||
  toMs(b.playedAt) - toMs(a.playedAt) ||
  compareText(a.label, b.label) ||
  a.season - b.season ||
  a.episode - b.episode;
