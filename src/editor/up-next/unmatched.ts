import type { PlanView, UnmatchedView } from '../../core/up-next/index.js';
import { button, el } from './dom.js';
import { canUndo, ignoreShow, lookups, obstacle, undo } from './ignore.js';
import { names } from './show-list.js';
import { list, many, say } from './words.js';

/** One button takes the place of the other, and the focus with it. */
function actions(home: string, plan: PlanView, show: UnmatchedView): readonly HTMLElement[] {
  const nodes = lookups(home, plan.sonarr.id);
  const key = `ignore ${plan.sonarr.id} ${show.title}`;
  if (nodes.length === 0 || !nodes.every((node) => names(node.ignoreShows, show))) {
    const facts = { text: say('ignore.button'), label: say('ignore.label', { show: show.title }) };
    return [button({ ...facts, key, disabled: obstacle(home, nodes), press: () => ignoreShow(nodes, show) })];
  }
  const pending = el('span', { class: 'plex-jit-pending' }, say('ignore.pending'));
  if (!canUndo(nodes, show)) return [pending];
  const facts = { text: say('ignore.undo'), label: say('ignore.undoLabel', { show: show.title }) };
  return [pending, button({ ...facts, key, press: undo })];
}

const writers = new WeakMap<Element, () => void>();

/** What can be done about a show, which is for the workspace to say: `renewActions` asks it anew. */
function actionsElement(home: string, plan: PlanView, show: UnmatchedView): HTMLElement {
  const made = el('div', { class: 'plex-jit-ignore' });
  const write = (): void => made.replaceChildren(...actions(home, plan, show));
  write();
  writers.set(made, write);
  return made;
}

/** Writes what can be done about the shows below an element as it is now. */
export const renewActions = (root: Element): void => {
  for (const one of root.querySelectorAll('.plex-jit-ignore')) writers.get(one)?.();
};

const item = (home: string, plan: PlanView, show: UnmatchedView): HTMLElement =>
  el(
    'li',
    { class: 'plex-jit-unmatched-show' },
    el('div', { class: 'plex-jit-series-head' }, el('span', { class: 'plex-jit-series-name' }, show.title)),
    el('div', { class: 'plex-jit-why' }, say(`unmatchedWhy.${show.code}`, {}, show.text)),
    el('div', { class: 'plex-jit-need' }, many('plays', show.plays, { names: list(show.viewers) })),
    actionsElement(home, plan, show),
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
