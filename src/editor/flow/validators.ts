import { checkNumber, type Problem } from '../fields/check.js';
import { type Validator, validator } from '../fields/validators.js';
import { checkRules } from '../rules/check.js';
import { checkTemplate } from './template.js';

/** The planner's rules: each with a name and a number of episodes. */
export const rules = (): Validator => validator(checkRules);

/** A mustache template that can be read, or nothing. */
export const template = (): Validator => validator(checkTemplate);

const checkNotifier = (value: unknown): Problem | null =>
  checkNumber(value, { from: 1, to: Number.MAX_SAFE_INTEGER, whole: true }) === null
    ? null
    : { key: 'problem.notifier', params: {} };

/** The number of one of Tautulli's notifiers, or nothing. */
export const notifier = (): Validator => validator(checkNotifier);
