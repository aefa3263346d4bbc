import type { Range } from '../../core/forms/index.js';
import type { FormNode } from '../red.js';
import { ownText, text } from '../texts.js';

/**
 * What stands beside a number: `0–168 hours · empty = 6 · 0 = read anew in every run`.
 * Unit and what 0 does are `unit.<field>` and `zero.<field>` of the node's own catalogue, both optional.
 */
export const hintText = (node: FormNode, field: string, { from, to, fallback }: Range): string => {
  const unit = ownText(node, `unit.${field}`);
  const zero = from === 0 ? ownText(node, `zero.${field}`) : null;
  const range = text('hint.range', { from, to });
  return [
    unit === null ? range : `${range} ${unit}`,
    text('hint.empty', { value: fallback }),
    ...(zero === null ? [] : [text('hint.zero', { effect: zero })]),
  ].join(' · ');
};
