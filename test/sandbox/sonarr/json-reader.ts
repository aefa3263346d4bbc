/** JSON as .NET's reader takes it: trailing commas allowed, positions kept for its messages. */
export type JsonNode =
  | {
      readonly kind: 'object';
      readonly fields: ReadonlyMap<string, JsonNode>;
      readonly names: ReadonlyMap<string, string>;
      readonly end: number;
    }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[]; readonly end: number }
  | { readonly kind: 'value'; readonly value: string | number | boolean | null; readonly end: number };

/** Not JSON; in .NET's words, with the path that had been reached. */
export class JsonMistake extends Error {
  constructor(
    readonly path: string,
    what: string,
    position: number,
  ) {
    super(`${what} Path: ${path} | LineNumber: 0 | BytePositionInLine: ${position}.`);
  }
}

/** `fields` go by lower-case name: Sonarr reads them in any case; `names` has them as they were written. Throws `JsonMistake`. */
export const readJson = (text: string): JsonNode => {
  const reader = new Reader(text);
  const node = reader.value('$');
  reader.finish();
  return node;
};

const LITERALS = { true: true, false: false, null: null } as const;

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(path: string): JsonNode {
    this.space();
    const first = this.text[this.at];
    if (first === undefined) throw this.unclosed(path);
    if (first === '{') return this.object(path);
    if (first === '[') return this.array(path);
    if (first === '"') return { kind: 'value', value: this.string(path), end: this.at };
    for (const [word, value] of Object.entries(LITERALS))
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return { kind: 'value', value, end: this.at };
      }
    return this.number(path, first);
  }

  finish(): void {
    this.space();
    const rest = this.text[this.at];
    if (rest !== undefined) throw new JsonMistake('$', `'${rest}' is invalid after a single JSON value.`, this.at);
  }

  private object(path: string): JsonNode {
    const end = ++this.at;
    const fields = new Map<string, JsonNode>();
    const names = new Map<string, string>();
    for (this.space(); this.text[this.at] !== '}'; this.separator('}', path)) {
      const start = this.text[this.at];
      if (start === undefined) throw this.unclosed(path);
      if (start !== '"')
        throw new JsonMistake(path, `'${start}' is an invalid start of a property name. Expected a '"'.`, this.at);
      const name = this.string(path);
      this.space();
      if (this.text[this.at] !== ':') throw this.unclosed(path);
      this.at += 1;
      names.set(name.toLowerCase(), name);
      fields.set(name.toLowerCase(), this.value(`${path}.${name}`));
    }
    this.at += 1;
    return { kind: 'object', fields, names, end };
  }

  private array(path: string): JsonNode {
    const end = ++this.at;
    const items: JsonNode[] = [];
    for (this.space(); this.text[this.at] !== ']'; this.separator(']', path))
      items.push(this.value(`${path}[${items.length}]`));
    this.at += 1;
    return { kind: 'array', items, end };
  }

  private separator(close: string, path: string): void {
    this.space();
    if (this.text[this.at] === ',') this.at += 1;
    else if (this.text[this.at] !== close) throw this.unclosed(path);
    this.space();
  }

  private string(path: string): string {
    let end = this.text.indexOf('"', this.at + 1);
    while (end >= 0 && this.escaped(end)) end = this.text.indexOf('"', end + 1);
    if (end < 0) throw this.unclosed(path);
    const quoted = this.text.slice(this.at, end + 1);
    this.at = end + 1;
    return JSON.parse(quoted) as string;
  }

  private escaped(at: number): boolean {
    let slashes = 0;
    while (this.text[at - 1 - slashes] === '\\') slashes += 1;
    return slashes % 2 === 1;
  }

  private number(path: string, first: string): JsonNode {
    const found = /^-?\d+(\.\d+)?([eE][+-]?\d+)?/.exec(this.text.slice(this.at, this.at + 40));
    if (found === null) throw new JsonMistake(path, `'${first}' is an invalid start of a value.`, this.at);
    this.at += found[0].length;
    if (this.at >= this.text.length && path !== '$')
      throw new JsonMistake(
        path,
        `'${found[0].at(-1) ?? ''}' is an invalid end of a number. Expected a delimiter.`,
        this.at,
      );
    return { kind: 'value', value: Number(found[0]), end: this.at };
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  private unclosed(path: string): JsonMistake {
    const what =
      'Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed.';
    return new JsonMistake(path, what, this.at);
  }
}
