/** Something that must never be was seen. */
export class Broken extends Error {
  constructor(
    /** Which rule, in a few words; failures of the same rule count as the same when a script is shortened. */
    readonly rule: string,
    detail: string,
  ) {
    super(`${rule}: ${detail}`);
  }
}

export const must = (holds: boolean, rule: string, detail: () => string): void => {
  if (!holds) throw new Broken(rule, detail());
};
