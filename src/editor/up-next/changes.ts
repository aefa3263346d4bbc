import type { EpisodeView } from '../../core/up-next/index.js';
import { clockText } from './times.js';
import { say } from './words.js';

/** What of an episode changes by itself, and when; null when nobody knows. */
export const changesAt = ({ until, readyAt }: Pick<EpisodeView, 'until' | 'readyAt'>): string | null =>
  readyAt ?? until;

/** What happens then, in a sentence. @param isOver the moment has passed, and no run has looked since */
export function changeText(
  { code, readyAt }: Pick<EpisodeView, 'code' | 'readyAt'>,
  when: string,
  isOver: boolean,
): string {
  if (readyAt !== null) return isOver ? say('readyOver') : say('ready', { when });
  if (isOver) return say('until.over');
  return say(`until.${code === 'cooling-down' || code === 'not-aired' ? code : 'other'}`, { when });
}

/** How far a download was. @param at when the plan looked */
export const progressText = (percent: number, at: string): string => say('progress', { percent, when: clockText(at) });
