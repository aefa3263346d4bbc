import type { AllowDeny } from '../contracts/index.js';
import { isChosen, type Named } from '../picks.js';

/** Denied wins over allowed. Something without name and id is never on a list: it passes no allow-list. */
export const isAllowed = (thing: Named, { allowed, denied }: AllowDeny): boolean => {
  const isOn = (list: AllowDeny['allowed']): boolean => list.some((choice) => isChosen(thing, choice));
  return !isOn(denied) && (allowed.length === 0 || isOn(allowed));
};
