import { type Mend, type Place, Unreadable } from './types.js';

const SPACE = /[\s\u200b\ufeff]/;
const FOREIGN = /[^ \t\r\n]/;

/** A text that is read from front to back, with what had to be put right so far. */
export class Source {
  readonly #text: string;
  readonly #mends: Mend[] = [];
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get mends(): readonly Mend[] {
    return this.#mends;
  }

  /** The next character; empty at the end. */
  get next(): string {
    return this.#text.charAt(this.#position);
  }

  get position(): number {
    return this.#position;
  }

  take(): string {
    const taken = this.next;
    this.#position += 1;
    return taken;
  }

  /** What matches right here, and moves behind it. The pattern is sticky. */
  match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#position;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found === undefined) return null;
    this.#position += found.length;
    return found;
  }

  /** Whether it matches right here, without moving. */
  sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.#position;
    return pattern.test(this.#text);
  }

  place(position = this.#position): Place {
    const before = this.#text.slice(0, position).split(/\r\n|\r|\n/);
    return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  }

  mend(position: number, text: string): void {
    this.#mends.push({ at: this.place(position), text });
  }

  fail(position: number, message: string): never {
    throw new Unreadable(this.place(position), message);
  }

  /** Moves over spaces and comments. */
  skip(): void {
    for (;;) {
      while (SPACE.test(this.next)) {
        if (FOREIGN.test(this.next)) this.mend(this.#position, 'a space that JSON does not allow');
        this.#position += 1;
      }
      const start = this.#position;
      if (!this.#comment()) return;
      this.mend(start, 'a comment is ignored');
    }
  }

  #comment(): boolean {
    const start = this.#position;
    if (this.match(/(?:\/\/|#)[^\r\n]*/y) !== null) return true;
    if (!this.sees(/\/\*/y)) return false;
    if (this.match(/\/\*[^]*?\*\//y) === null) this.fail(start, 'the comment starting here does not end');
    return true;
  }
}
