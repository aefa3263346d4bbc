import Mustache from 'mustache';
import { templateFault } from '../../core/words/template-place.js';
import type { Problem } from '../fields/check.js';

/** What Mustache finds wrong, as keys of the shared catalogue. */
const FAULTS = {
  'Unclosed section': 'problem.unclosedSection',
  'Unopened section': 'problem.unopenedSection',
  'Unclosed tag': 'problem.unclosedTag',
} as const;

const isKnown = (what: string): what is keyof typeof FAULTS => Object.hasOwn(FAULTS, what);

/** Why a template cannot be read, and where; the runtime refuses it for the same. */
export const checkTemplate = (value: unknown): Problem | null => {
  const why = typeof value === 'string' ? templateFault(value, (text) => Mustache.parse(text)) : null;
  if (why === null) return null;
  const [, what = '', name = '', line = '', column = ''] =
    /^([A-Z][a-z]+ [a-z]+)(?: "(.*)")? at line (\d+), column (\d+)$/s.exec(why) ?? [];
  return isKnown(what)
    ? { key: FAULTS[what], params: { name, line, column } }
    : { key: 'problem.template', params: { why } };
};
