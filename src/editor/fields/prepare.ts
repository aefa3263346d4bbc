import type { FormNode } from '../red.js';
import { addStyle } from '../style.js';
import { hintText } from './hint.js';
import { type Validator, problemText } from './validators.js';

/** What the ids of a form's fields begin with. */
export const prefixOf = (node: FormNode): string =>
  node._def.category === 'config' ? 'node-config-input' : 'node-input';

const isValidator = (validate: unknown): validate is Validator =>
  typeof validate === 'function' && 'problem' in validate;

/** Has a field read with the element of that id too. */
export const describeBy = (input: JQuery, id: string): void => {
  const ids = (input.attr('aria-describedby') ?? '').split(' ').filter((known) => known !== '' && known !== id);
  input.attr('aria-describedby', [...ids, id].join(' '));
};

/** Where the texts of a field stand: behind it, in its pick list, its `.plex-jit-value` or else in its row. */
const placeOf = (input: JQuery): JQuery => {
  const place = input.closest('.plex-jit-pick, .plex-jit-value, .form-row');
  return place.length > 0 ? place : input.parent();
};

/** A text at the end of a field's place that is read with the field; the same element each time. */
const note = (input: JQuery, kind: 'hint' | 'problem'): JQuery => {
  const id = `${input.attr('id') ?? ''}-${kind}`;
  const there = $(`#${id}`);
  if (there.length > 0) return there;
  const made = $('<div>').attr('id', id).addClass(`plex-jit-${kind}`).appendTo(placeOf(input));
  if (kind === 'problem') made.attr('role', 'alert').attr('aria-live', 'polite');
  describeBy(input, id);
  return made;
};

/** Puts a sentence under a field, or takes it away (null). The field is marked for eyes and for screen readers. */
const mark = (input: JQuery, sentence: string | null): void => {
  const place = note(input, 'problem');
  input.toggleClass('input-error', sentence !== null);
  if (sentence === null) {
    input.removeAttr('aria-invalid');
    place.text('');
    return;
  }
  input.attr('aria-invalid', 'true');
  // Told again only when it changed, or every key would be answered.
  if (place.text() !== sentence) place.text(sentence);
};

/** Puts an explaining text under a field. */
const hint = (input: JQuery, sentence: string): void => {
  note(input, 'hint').text(sentence);
};

/**
 * Marks the value of one field from now on, and now unless it is one that nobody has filled yet.
 * `problem` gets what is in the field.
 */
const watch = (input: JQuery, problem: (value: unknown) => string | null): void => {
  const look = (): void => mark(input, problem(input.val()));
  input.on('input change', look);
  // Node-RED marks the field by its own check behind ours, and by the same rule.
  if (input.val() !== '') look();
};

/** Marks a field that Node-RED does not read by itself, by what it would save; a setting without a validator is never wrong. */
export const markValue = (
  node: FormNode,
  { field, input }: { field: string; input: HTMLElement },
  value: unknown,
): void => {
  const validate = node._def.defaults[field]?.validate;
  const found = isValidator(validate) ? validate.problem(value) : null;
  mark($(input), found === null ? null : problemText(found));
};

/**
 * For `oneditprepare` of every form: hints beside numbers, and sentences at fields that hold what they may not.
 * Asks the validators of the kit in the node's `defaults`.
 */
export const prepare = (node: FormNode): void => {
  addStyle();
  for (const [field, { validate }] of Object.entries(node._def.defaults)) {
    const input = $(`#${prefixOf(node)}-${field}`);
    if (input.length === 0 || !isValidator(validate)) continue;
    if (validate.range !== undefined) {
      input.attr('inputmode', 'decimal').attr('autocomplete', 'off');
      hint(input, hintText(node, field, validate.range));
      $(`#${prefixOf(node)}-${field}-hint`).addClass('plex-jit-beside');
    }
    watch(input, (value) => {
      const found = validate.problem(value);
      return found === null ? null : problemText(found);
    });
  }
};
