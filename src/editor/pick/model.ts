import type { Offer } from '../../admin/list/index.js';
import type { Picked } from '../../core/contracts/index.js';
import { isVariable, typedNames } from '../../core/forms/index.js';

/** What a server offers, or the sentence why it could not be asked. */
export type Listed = { readonly items: readonly Offer[] } | { readonly sentence: string };

const normal = (text: string): string => text.trim().toLowerCase();

const isText = (value: unknown): value is string => typeof value === 'string';

/** What a node holds for a list, of any version of the form. */
export const picksOf = (field: string, saved: unknown): readonly Picked[] => {
  if (isText(saved)) return typedNames(field, saved);
  if (!Array.isArray(saved)) return [];
  return saved.flatMap((entry: unknown): readonly Picked[] => {
    if (isText(entry)) return typedNames(field, entry);
    const { id, name } = (entry ?? {}) as Partial<Record<'id' | 'name', unknown>>;
    const pick = { id: isText(id) ? id : '', name: isText(name) ? name : '' };
    return pick.id === '' && pick.name === '' ? [] : [pick];
  });
};

export const samePick = (a: Picked, b: Picked): boolean =>
  a.id === '' && b.id === '' ? normal(a.name) === normal(b.name) : a.id === b.id;

/** What is offered and has the text in its name, id or note; what has been picked is left out. */
export const fitting = (offers: readonly Offer[], text: string, picked: readonly Picked[]): readonly Offer[] =>
  offers.filter(
    ({ id, name, note = '' }) =>
      [name, id, note].some((own) => normal(own).includes(normal(text))) && !picked.some((pick) => pick.id === id),
  );

const offered = (offers: readonly Offer[], name: string): Offer | undefined => {
  const named = offers.filter((offer) => normal(offer.name) === normal(name));
  // Two of one name: which is meant cannot be told.
  return named.length === 1 ? named[0] : offers.find(({ id }) => id === name.trim());
};

/** What somebody typed: what is offered under that very name or id is picked, anything else is kept as text. */
export const typedPicks = (field: string, text: string, offers: readonly Offer[]): readonly Picked[] =>
  typedNames(field, text).map((typed) => {
    const offer = offered(offers, typed.name);
    return offer === undefined ? typed : { id: offer.id, name: offer.name };
  });

export const withPicks = (picks: readonly Picked[], added: readonly Picked[]): readonly Picked[] =>
  added.reduce<readonly Picked[]>((all, one) => (all.some((pick) => samePick(pick, one)) ? all : [...all, one]), picks);

/** Picked once, and not offered any more. */
export const isGone = (pick: Picked, offers: readonly Offer[]): boolean =>
  pick.id !== '' && !isVariable(pick.id) && !offers.some(({ id }) => id === pick.id);

/** Typed, and nothing of that name or id is offered: a slip, or something that the server does not list. */
export const isUnknown = ({ id, name }: Picked, offers: readonly Offer[]): boolean =>
  id === '' &&
  !isVariable(name) &&
  !offers.some((offer) => [offer.name, offer.id].some((own) => normal(own) === normal(name)));
