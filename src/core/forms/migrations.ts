import type { Picked } from '../contracts/index.js';

/** The version of what the forms save. */
export const FORM_VERSION = 2;

/** What a form saves, of any version. */
export type Saved = Readonly<Record<string, unknown>>;

/** What ends a name in a text; a show's title may hold a comma. */
const LISTS: Readonly<Record<string, RegExp>> = {
  viewersAllowed: /[\n,]/,
  viewersDenied: /[\n,]/,
  librariesAllowed: /[\n,]/,
  librariesDenied: /[\n,]/,
  excludeTags: /[\n,]/,
  ignoreShows: /\n/,
  sharedViewers: /[\n,]/,
};

/** Names as somebody types them into one field, each without an id. */
export const typedNames = (field: string, text: string): readonly Picked[] =>
  text
    .split(LISTS[field] ?? /\n/)
    .map((name) => ({ id: '', name: name.trim() }))
    .filter(({ name }) => name !== '');

const rulesWithId = (rules: unknown): unknown =>
  Array.isArray(rules)
    ? rules.map((rule: unknown) =>
        typeof rule === 'object' && rule !== null && !('id' in rule) ? { id: '', ...rule } : rule,
      )
    : rules;

/** Version 1 had no number: lists were texts, rules had no ids, the notifier no name. */
const fromVersion1 = (saved: Saved): Saved => {
  const values = Object.entries(saved).map(([field, value]) => {
    if (field in LISTS && typeof value === 'string') return [field, typedNames(field, value)];
    return [field, field === 'rules' ? rulesWithId(value) : value];
  });
  const named = 'notifier' in saved && !('notifierName' in saved) ? { notifierName: '' } : {};
  return { ...(Object.fromEntries(values) as Saved), ...named };
};

/** From the version of its place (counted from 1) to the next. */
const STEPS: readonly ((saved: Saved) => Saved)[] = [fromVersion1];

const versionOf = ({ configVersion }: Saved): number => {
  const version = Number(configVersion);
  return Number.isInteger(version) && version > 0 ? version : 1;
};

/**
 * What was saved, as the forms of today save it: nothing is lost, and what is not known here is left as it is.
 * Of a version to come it is what was saved.
 */
export const migrated = (saved: Saved): Saved => {
  const version = versionOf(saved);
  if (version >= FORM_VERSION) return saved;
  const now = STEPS.slice(version - 1).reduce<Saved>((values, step) => step(values), saved);
  return { ...now, configVersion: FORM_VERSION };
};
