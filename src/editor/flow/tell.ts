import { isVariable } from '../../core/forms/index.js';
import { fromVariable } from '../fields/variables.js';

const choices = (): readonly HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>('.plex-jit-tell')];

const listOf = (tell: unknown): readonly unknown[] => (Array.isArray(tell) ? tell : [tell]);

/** One more to choose, below the others: what the environment gives. */
const addChoice = (variable: string): void => {
  const input = document.createElement('input');
  Object.assign(input, { type: 'checkbox', className: 'plex-jit-tell', value: variable });
  const label = document.createElement('label');
  label.className = 'plex-jit-choice';
  label.append(input, ' ', fromVariable(variable));
  choices().at(-1)?.parentElement?.after(label);
};

/** Ticks what is told; a variable is shown as a choice of its own. */
export const prepareTell = (tell: unknown): void => {
  const told = listOf(tell);
  if (choices().length === 0) return;
  for (const one of told) if (typeof one === 'string' && isVariable(one)) addChoice(one);
  for (const choice of choices()) choice.checked = told.includes(choice.value);
};

/** What is ticked, in the order that it was saved in: as it was when nothing else was ticked. */
export const tellOf = (saved: unknown): unknown => {
  if (choices().length === 0) return saved;
  const ticked = choices().flatMap(({ checked, value }) => (checked ? [value] : []));
  const told = listOf(saved);
  const kept = told.filter((one): one is string => ticked.includes(one as string));
  const added = ticked.filter((one) => !told.includes(one));
  return kept.length === told.length && added.length === 0 ? saved : [...kept, ...added];
};
