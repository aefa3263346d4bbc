import { readNumber, RULE_EPISODES } from './ranges.js';
import { isVariable } from './variables.js';

/** What is wrong with a rule of the planner, as a key of the form's catalogue; null when nothing is. */
export type RuleFault = 'name' | 'episodes';

/** Whether a rule can look so far ahead. */
export const isRuleEpisodes = (value: unknown): boolean => {
  if (isVariable(value)) return true;
  const episodes = typeof value === 'string' ? readNumber(value) : value;
  const { from, to } = RULE_EPISODES;
  return Number.isInteger(episodes) && Number(episodes) >= from && Number(episodes) <= to;
};

const ruleFault = (rule: unknown): RuleFault | null => {
  const { id, name, episodesToCheck } = (rule ?? {}) as Partial<Record<string, unknown>>;
  const isNamed = [id, name].some((text) => typeof text === 'string' && text.trim() !== '');
  if (!isNamed) return 'name';
  return isRuleEpisodes(episodesToCheck) ? null : 'episodes';
};

/** The first rule that cannot be used, counted from 1. */
export const firstFault = (rules: readonly unknown[]): { readonly rule: number; readonly fault: RuleFault } | null => {
  for (const [i, rule] of rules.entries()) {
    const fault = ruleFault(rule);
    if (fault !== null) return { rule: i + 1, fault };
  }
  return null;
};
