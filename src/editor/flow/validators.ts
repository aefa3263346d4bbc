import { checkNumber, type Problem } from '../fields/check.js';
import { custom, type Validator } from '../fields/validators.js';
import { checkRules } from '../rules/check.js';
import { checkTemplate } from './template.js';

/** The planner's rules: each with a name and a number of episodes. */
export const rules = (): Validator => custom(checkRules);

/** A mustache template that can be read, or nothing. */
export const template = (): Validator => custom(checkTemplate);

const checkNotifier = (value: unknown): Problem | null =>
  checkNumber(value, { from: 1, to: Number.MAX_SAFE_INTEGER, whole: true }) === null
    ? null
    : { key: 'problem.notifier', params: {} };

/** The number of one of Tautulli's notifiers, or nothing. */
export const notifier = (): Validator => custom(checkNotifier);
