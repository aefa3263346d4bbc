/** A place in a text, both counted from 1; columns in UTF-16 units, as editors count them. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A value of the file with the place where it begins. Of a key that stands twice the last counts, as in Python. */
export type Tree = { readonly at: Place } & (
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Member> }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | { readonly kind: 'plain'; readonly value: string | number | boolean | null }
);

export interface Member {
  /** Where its name stands. */
  readonly at: Place;
  readonly value: Tree;
}

/** What was wrong and is put right. Never holds a value of the file: it may be a key. */
export interface Mend {
  readonly at: Place;
  readonly text: string;
}

export interface Reading {
  readonly root: Tree;
  /** In the order of the file. */
  readonly mends: readonly Mend[];
  /** Closing brackets were missing at the end: where they belong is a guess that the reader of the tree must check. */
  readonly unclosed: Place | null;
}

/** The text can be understood in several ways, or in none. The message holds no value of the file. */
export class Unreadable extends Error {
  readonly at: Place;

  constructor(at: Place, message: string) {
    super(message);
    this.at = at;
  }
}
