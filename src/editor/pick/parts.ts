import type { Offer } from '../../admin/list/index.js';
import type { Picked } from '../../core/contracts/index.js';

/** An element with attributes and text: nothing of them is taken for HTML. */
export const element = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  of: Readonly<Record<string, string>> = {},
  text = '',
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(of)) made.setAttribute(name, value);
  if (text !== '') made.textContent = text;
  return made;
};

/** What a pick is called; one that has no name, by its id. */
export const nameOf = ({ id, name }: Picked): string => (name === '' ? id : name);

/** A row of the list to pick from. */
export const optionRow = (
  { name, note }: Offer,
  { id, index, isPicked }: { readonly id: string; readonly index: number; readonly isPicked: boolean },
): HTMLLIElement => {
  const of = { role: 'option', id, 'data-index': String(index), 'aria-selected': String(isPicked) };
  const row = element('li', of, name);
  if (note !== undefined && note !== '') row.append(element('span', { class: 'plex-jit-note' }, note));
  return row;
};

interface ChipFacts {
  /** What is to be known of the pick; "" for nothing. */
  readonly doubt: string;
  readonly removeWords: string;
  readonly remove: () => void;
}

/** One of several that are picked, with the button that takes it away. */
export const chip = (pick: Picked, { doubt, removeWords, remove }: ChipFacts): HTMLLIElement => {
  const made = element('li', {}, nameOf(pick));
  if (doubt !== '') {
    made.title = doubt;
    made.append(element('i', { class: 'fa fa-exclamation-triangle', role: 'img', 'aria-label': doubt }));
  }
  const button = element('button', { type: 'button', 'aria-label': removeWords, title: removeWords });
  button.append(element('i', { class: 'fa fa-times', 'aria-hidden': 'true' }));
  button.addEventListener('click', remove);
  made.append(button);
  return made;
};
