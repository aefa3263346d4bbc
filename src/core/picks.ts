import type { Choice } from './contracts/index.js';

/** What somebody can choose: a viewer, a library, a tag. */
export interface Named {
  readonly id: string | null;
  readonly name: string | null;
}

const normal = (text: string): string => text.trim().toLowerCase();

/** The id of what was picked; empty for what was typed. */
export const idOf = (choice: Choice): string => (typeof choice === 'string' ? '' : choice.id.trim());

/** As people call it. */
export const nameOf = (choice: Choice): string => {
  if (typeof choice === 'string') return choice.trim();
  return choice.name.trim() === '' ? choice.id.trim() : choice.name.trim();
};

/** What was picked is found by its id alone, so that a renamed one is still meant; a text is a name or an id. */
export const isChosen = (thing: Named, choice: Choice): boolean => {
  const id = idOf(choice);
  if (id !== '') return thing.id !== null && normal(thing.id) === normal(id);
  return [thing.id, thing.name].some((own) => own !== null && normal(own) === normal(nameOf(choice)));
};

/** A typed tag is its label; a label may look like a number. */
export const isChosenTag = (tag: { readonly id: number; readonly label: string }, choice: Choice): boolean =>
  isChosen({ id: idOf(choice) === '' ? null : String(tag.id), name: tag.label }, choice);

/** The chosen tags that are not there (any more), as people call them. */
export const missingTags = (
  tags: readonly { readonly id: number; readonly label: string }[],
  choices: readonly Choice[],
): readonly string[] => choices.filter((choice) => !tags.some((tag) => isChosenTag(tag, choice))).map(nameOf);
