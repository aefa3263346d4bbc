import type { AllowDeny } from '../contracts/index.js';

export interface Named {
  readonly id: string | null;
  readonly name: string | null;
}

const normal = (text: string): string => text.trim().toLowerCase();

const names = (list: readonly string[], thing: Named): boolean => {
  const own = [thing.id, thing.name].flatMap((text) => (text === null ? [] : [normal(text)]));
  return list.some((entry) => own.includes(normal(entry)));
};

/** Denied wins over allowed. Something without name and id is never on a list: it passes no allow-list. */
export const isAllowed = (thing: Named, { allowed, denied }: AllowDeny): boolean =>
  !names(denied, thing) && (allowed.length === 0 || names(allowed, thing));
