import type { EpisodeView } from '../../core/up-next/index.js';
import { changesAt, changeText, progressText } from './changes.js';
import { type Child, el } from './dom.js';
import { isPast, moment } from './times.js';
import { whyOf } from './why.js';
import { list, say } from './words.js';

/** How it looks: coming by itself, waiting for something, or in need of somebody. */
const TONES: Readonly<Record<string, 'there' | 'moving' | 'problem'>> = {
  'on-disk': 'there',
  watched: 'there',
  downloading: 'moving',
  queued: 'moving',
  grabbed: 'moving',
  'other-client': 'moving',
  searching: 'moving',
  'result-grabbed': 'moving',
  'result-command-sent': 'moving',
  failed: 'problem',
  blocked: 'problem',
  'disk-full': 'problem',
  'result-failed': 'problem',
  'result-nothing-acceptable': 'problem',
};

/** Words of the runtime and of other programs, which are English. */
export const english = (words: string, tag: 'span' | 'div' = 'span'): HTMLElement =>
  el(tag, { class: 'plex-jit-quote', lang: 'en' }, words);

function sentence(episode: EpisodeView): readonly Child[] {
  const { words, quote } = whyOf(episode);
  return quote === null ? [words] : [words, ' ', english(quote)];
}

function whenItChanges(episode: EpisodeView): Child {
  const at = changesAt(episode);
  return at === null ? null : moment(at, (when) => changeText(episode, when, isPast(at)));
}

const isThere = ({ code }: EpisodeView): boolean => code === 'on-disk' || code === 'watched';

/** Who needs it, and by when. Under one viewer's name the others are told; of what is there nobody asks. */
function need(episode: EpisodeView, isUnderName: boolean): Child {
  const { neededBy, viewers } = episode;
  if (isThere(episode)) return null;
  const isTold = viewers.length > (isUnderName ? 1 : 0);
  const names = isTold ? say(neededBy === null ? 'needed.anytime' : 'needed.for', { names: list(viewers) }) : '';
  if (neededBy === null) return names;
  const write = (when: string): string =>
    [isPast(neededBy) ? say('needed.now') : say('needed.by', { when }), names].filter((part) => part !== '').join(', ');
  return moment(neededBy, write);
}

const detailLine = ({ code }: EpisodeView, detail: string): HTMLElement => {
  const isRelease = code === 'result-grabbed';
  return el(
    'div',
    { class: `plex-jit-detail${isRelease ? ' plex-jit-release' : ''}`, title: isRelease ? detail : null },
    english(detail),
  );
};

const spaced = (parts: readonly Child[]): readonly Child[] =>
  parts
    .filter((part) => part !== null && part !== undefined && part !== false && part !== '')
    .flatMap((part, i) => (i === 0 ? [part] : [' ', part]));

function progress({ progress: percent, label }: EpisodeView, at: string): Child {
  if (percent === null) return null;
  const words = progressText(percent, at);
  return el(
    'div',
    { class: 'plex-jit-progress' },
    el('progress', { max: 100, value: percent, 'aria-label': `${label}: ${words}` }),
    el('span', {}, words),
  );
}

/**
 * An episode: what it is at, why, who needs it when.
 * @param at when the plan was made
 * @param series its name, where the list is not one series
 */
export function episodeItem(episode: EpisodeView, at: string, series: string | null = null): HTMLElement {
  const { code, label, title, queue, details } = episode;
  return el(
    'li',
    { class: `plex-jit-episode plex-jit-tone-${TONES[code] ?? 'waiting'}`, 'data-state': code },
    el(
      'div',
      { class: 'plex-jit-episode-head' },
      el('span', { class: 'plex-jit-label' }, series === null ? label : `${series} ${label}`),
      el('span', { class: 'plex-jit-title' }, title),
      el('span', { class: 'plex-jit-state' }, say(`state.${code}`, {}, code)),
    ),
    progress(episode, at),
    !isThere(episode) &&
      el(
        'div',
        { class: 'plex-jit-why' },
        ...spaced([...sentence(episode), queue && say('queue', { place: queue.position + 1 }), whenItChanges(episode)]),
      ),
    ...details.map((detail) => detailLine(episode, detail)),
    el('div', { class: 'plex-jit-need' }, need(episode, series === null)),
  );
}
