import type { StandInPlay } from './types.js';

/** TV_WATCHED_PERCENT, Tautulli's default. */
export const WATCHED_PERCENT = 85;

/** Milliseconds of the media that were reached. */
export const viewOffset = (play: StandInPlay): number => Math.round((play.length * play.progress) / 100);

/** Rounded, can exceed 100; live TV is always 100. */
export const percentComplete = (play: StandInPlay): number => (play.live === true ? 100 : Math.round(play.progress));

/** 1 at the watched percentage or at the first credits, whichever comes first; below that in quarters of the percentage. */
export const watchedStatus = (play: StandInPlay, threshold: number): number => {
  if (play.live === true || play.progress >= threshold) return 1;
  if (play.creditsAt !== undefined && viewOffset(play) >= play.creditsAt) return 1;
  return Math.floor((4 * play.progress) / threshold) / 4;
};
