const article = (name: string): string => `${/^[AEIO]/i.test(name) ? 'an' : 'a'} ${name}`;

/** `Object` of a plain object, of another realm too (a function node makes them); else what it is: `Date`, `Uint8Array`. */
export const kindOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);

/** What came instead of what was expected, without its content. */
export const came = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (Buffer.isBuffer(value)) return `a Buffer of ${value.length} bytes`;
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (kindOf(value) !== 'Object') return article(kindOf(value));
  const keys = Object.keys(value);
  return keys.length === 0 ? 'an empty object' : `an object with ${keys.slice(0, 4).join(', ')}`;
};
