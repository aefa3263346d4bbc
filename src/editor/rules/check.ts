import { firstFault, RANGES, RULE_EPISODES } from '../../core/forms/index.js';
import { checkNumber, type Problem } from '../fields/check.js';

/** The first rule that the runtime would refuse. */
export const checkRules = (value: unknown): Problem | null => {
  const found = Array.isArray(value) ? firstFault(value) : null;
  if (found === null) return null;
  const { rule, fault } = found;
  if (fault === 'name') return { key: 'problem.ruleName', params: { rule } };
  return { key: 'problem.ruleEpisodes', params: { rule, from: RULE_EPISODES.from, to: RULE_EPISODES.to } };
};

/** The key of what stands behind a rule's number, below `rules.`. */
export const unitOf = (episodesToCheck: unknown): 'ignored' | 'episode' | 'episodes' =>
  episodesToCheck === 0 ? 'ignored' : episodesToCheck === 1 ? 'episode' : 'episodes';

/** The number that a new rule begins with: the node's own look-ahead as it stands in its field, from which a rule goes up or down. */
export const firstEpisodes = (lookAhead: string): string => {
  const written = lookAhead.trim();
  const { episodesToCheck } = RANGES;
  const isUsable = written !== '' && checkNumber(written, episodesToCheck) === null;
  return isUsable ? written : String(episodesToCheck.fallback);
};
