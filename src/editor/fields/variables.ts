import { isVariable } from '../../core/forms/index.js';
import type { FormNode } from '../red.js';
import { text } from '../texts.js';
import { describeBy, prefixOf } from './prepare.js';

/** What is said of a value that the environment gives. */
export const fromVariable = (variable: string): string => text('variable.from', { variable });

/** A checkbox has no third value of its own: shown as neither, with a line that goes away with the first click. */
const showInCheckbox = (input: HTMLInputElement, variable: string): void => {
  Object.assign(input, { checked: false, indeterminate: true });
  const id = `${input.id}-variable`;
  const line = $('<div class="plex-jit-hint">').attr('id', id).text(fromVariable(variable));
  line.appendTo($(input).closest('.form-row'));
  describeBy($(input), id);
  // Not `change`, which Node-RED itself tells of every field once the form is prepared.
  input.addEventListener('input', () => line.remove(), { once: true });
};

const showInSelect = (select: HTMLSelectElement, variable: string): void => {
  if (![...select.options].some(({ value }) => value === variable)) {
    select.add(new Option(fromVariable(variable), variable));
  }
  select.value = variable;
};

/** For `oneditprepare`: checkboxes and choices have no place of their own for `${NAME}`, which the runtime takes. */
export const showVariables = (node: FormNode): void => {
  for (const field of Object.keys(node._def.defaults)) {
    const input = document.getElementById(`${prefixOf(node)}-${field}`);
    const value = node[field];
    const isCheckbox = input instanceof HTMLInputElement && input.type === 'checkbox';
    // Node-RED takes any text for a tick.
    if (isCheckbox && value === 'false') input.checked = false;
    if (typeof value !== 'string' || !isVariable(value)) continue;
    if (isCheckbox) showInCheckbox(input, value);
    else if (input instanceof HTMLSelectElement) showInSelect(input, value);
  }
};

/** For `oneditsave`: Node-RED reads the fields after it, and would save a tick where nobody has made one. */
export const keepVariables = (node: Readonly<Record<string, unknown>>, prefix: string): void => {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[type=checkbox]:indeterminate')) {
    if (!input.id.startsWith(`${prefix}-`)) continue;
    const value = node[input.id.slice(prefix.length + 1)];
    if (typeof value === 'string' && isVariable(value)) Object.assign(input, { type: 'hidden', value });
  }
};

/** For `oneditsave`: Node-RED puts in no variable that has a space beside it, and a pasted one often has. */
export const trimVariables = (prefix: string): void => {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[type=text], input[type=password]')) {
    if (input.id.startsWith(`${prefix}-`) && isVariable(input.value)) input.value = input.value.trim();
  }
};
