import { type NumberSetting, RANGES, type Range } from '../../core/forms/index.js';
import type { FormNode } from '../red.js';
import { ownText, text } from '../texts.js';
import { type Problem, checkNumber, checkPicks, checkUrl, isEmpty } from './check.js';

/**
 * A validator for `defaults`. Node-RED takes a sentence as the reason only from one with two parameters;
 * where it gives no options, it wants true or false.
 */
export interface Validator {
  (this: FormNode, value: unknown, options?: object): boolean | string;
  /** What the kit asks while somebody types. */
  readonly problem: (value: unknown) => Problem | null;
  /** Of a number: what the hint beside the field says. */
  readonly range?: Range;
}

/** The property of the node at which this validator stands; "" when it stands at none. */
const fieldOf = (node: FormNode, validator: unknown): string =>
  Object.entries(node._def.defaults).find(([, property]) => property.validate === validator)?.[0] ?? '';

/** The sentence about a value, without the name of its field. */
export const problemText = ({ key, params }: Problem): string => text(key, params);

/**
 * A validator that is marked at its field.
 * @param problem gives null, or the key (with what goes into it) of a sentence in the shared catalogue
 */
export const validator = (problem: Validator['problem'], range?: Range): Validator => {
  const validate = function (this: FormNode, value: unknown, options?: object): boolean | string {
    const found = problem(value);
    if (found === null) return true;
    if (options === undefined) return false;
    const field = fieldOf(this, made);
    return `${ownText(this, `label.${field}`) ?? field}: ${problemText(found)}`;
  };
  const made: Validator = Object.assign(validate, { problem, ...(range === undefined ? {} : { range }) });
  return made;
};

/**
 * The number of that name in `RANGES`: inside its range, `${NAME}`, or nothing.
 * `defaults: { timeout: { value: '30', validate: PlexJit.number('timeout') } }`
 */
export const number = (setting: NumberSetting): Validator =>
  validator((value) => checkNumber(value, RANGES[setting]), RANGES[setting]);

/** A server's base URL or `${NAME}`; empty is a problem. */
export const url = (): Validator => validator(checkUrl);

/** The same, and empty is none. */
export const optionalUrl = (): Validator => validator((value) => (isEmpty(value) ? null : checkUrl(value)));

/** `{ id, name }` or a list of them, the text of a form of version 1, or nothing. */
export const picks = (): Validator => validator(checkPicks);
