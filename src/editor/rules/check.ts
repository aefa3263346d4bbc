import { firstFault, isVariable, RANGES, RULE_EPISODES } from '../../core/forms/index.js';
import type { Picked } from '../../core/contracts/index.js';
import { isChosen } from '../../core/picks.js';
import { checkNumber, type Problem } from '../fields/check.js';
import { samePick } from '../pick/model.js';

/** The first rule that the runtime would refuse. */
export const checkRules = (value: unknown): Problem | null => {
  const found = Array.isArray(value) ? firstFault(value) : null;
  if (found === null) return null;
  const { rule, fault } = found;
  if (fault === 'name') return { key: 'problem.ruleName', params: { rule } };
  return { key: 'problem.ruleEpisodes', params: { rule, from: RULE_EPISODES.from, to: RULE_EPISODES.to } };
};

/** A rule as far as it is compared: what it is for. */
type RuleFor = Picked & { readonly for: unknown };

const isFilled = ({ id, name }: Picked): boolean => id !== '' || name.trim() !== '';

/**
 * Whether whatever the later rule fits, the first one fits too. A typed name or id is everybody's who has it, so a picked one's too;
 * a picked one before a typed name leaves others of that name to it.
 */
const covers = (first: RuleFor, later: RuleFor): boolean => {
  if (first.for !== later.for) return false;
  if (first.id !== '' || later.id === '') return samePick(first, later);
  const { id, name } = later;
  // A typed tag is its label: a label may look like a number.
  return isFilled(first) && isChosen({ id: first.for === 'tag' ? null : id, name }, first.name);
};

/** The first rule that never applies, as one before it is for the same: the first that fits counts. Counted from 1. */
export const shadowed = (rules: readonly RuleFor[]): { readonly rule: number; readonly by: number } | null => {
  for (const [i, one] of rules.entries()) {
    if (!isFilled(one)) continue;
    const first = rules.findIndex((other) => covers(other, one));
    if (first < i) return { rule: i + 1, by: first + 1 };
  }
  return null;
};

/** The key of what stands behind a rule's number, below `rules.`; null behind a variable, which needs the place itself. */
export const unitOf = (episodesToCheck: unknown): 'ignored' | 'episode' | 'episodes' | null => {
  if (isVariable(episodesToCheck)) return null;
  return episodesToCheck === 0 ? 'ignored' : episodesToCheck === 1 ? 'episode' : 'episodes';
};

/** The number that a new rule begins with: the node's own look-ahead as it stands in its field, from which a rule goes up or down. */
export const firstEpisodes = (lookAhead: string): string => {
  const written = lookAhead.trim();
  const { episodesToCheck } = RANGES;
  const isUsable = written !== '' && checkNumber(written, episodesToCheck) === null;
  return isUsable ? written : String(episodesToCheck.fallback);
};
