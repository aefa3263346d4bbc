import type { PlanView, UnmatchedView } from '../../core/up-next/index.js';
import { type Child, button, el } from './dom.js';
import { ignoreShow, lookups, obstacle } from './ignore.js';
import { names } from './show-list.js';
import { list, many, say } from './words.js';

function action(home: string, plan: PlanView, show: UnmatchedView): Child {
  const nodes = lookups(home, plan.sonarr.id);
  if (nodes.length > 0 && nodes.every((node) => names(node.ignoreShows, show)))
    return el('span', { class: 'plex-jit-pending' }, say('ignore.pending'));
  return button({
    key: `ignore ${plan.sonarr.id} ${show.title}`,
    text: say('ignore.button'),
    label: say('ignore.label', { show: show.title }),
    disabled: obstacle(home, nodes),
    press: () => ignoreShow(nodes, show),
  });
}

const item = (home: string, plan: PlanView, show: UnmatchedView): HTMLElement =>
  el(
    'li',
    { class: 'plex-jit-unmatched-show' },
    el('div', { class: 'plex-jit-series-head' }, el('span', { class: 'plex-jit-series-name' }, show.title)),
    el('div', { class: 'plex-jit-why' }, say(`unmatchedWhy.${show.code}`, {}, show.text)),
    el(
      'div',
      { class: 'plex-jit-need' },
      `${many('plays', show.plays)}, ${say('needed.for', { names: list(show.viewers) })}`,
    ),
    action(home, plan, show),
  );

/** Shows that were played and not found, with a way to be left alone by each; null when there is none. @param home the tab or subflow */
export const unmatchedSection = (home: string, plan: PlanView): HTMLElement | null =>
  plan.unmatched.length === 0
    ? null
    : el(
        'section',
        { class: 'plex-jit-unmatched' },
        el('h3', {}, say('unmatched')),
        el('ul', { class: 'plex-jit-list' }, ...plan.unmatched.map((show) => item(home, plan, show))),
      );
