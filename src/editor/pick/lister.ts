import type { ListKind, ListResult } from '../../admin/list/index.js';
import type { Finding } from '../../admin/server-test/index.js';
import type { Listed } from './model.js';

/** What came of asking; nothing when no answer came at all. */
export type ListAnswer = Partial<ListResult> & {
  /** Node-RED itself did not answer as it should. */
  readonly sentence?: string;
};

export interface Asking {
  /** The connection of the chosen server, as `plex-jit/list` takes it; null when none is chosen. */
  readonly spec: () => object | null;
  readonly post: (body: object) => Promise<ListAnswer>;
  /** A finding in the editor's language. */
  readonly sentenceOf: (finding: Finding) => string;
  /** What to say when no server is chosen, and when no answer came at all. */
  readonly words: { readonly noServer: string; readonly noAnswer: string };
}

/** Asks a server for its lists, each once while its connection stays as it is; what failed is asked again. */
export class Lister {
  readonly #asking: Asking;
  readonly #answers = new Map<string, Promise<Listed>>();

  constructor(asking: Asking) {
    this.#asking = asking;
  }

  /** Never rejects. */
  async list(kind: ListKind): Promise<Listed> {
    const spec = this.#asking.spec();
    if (spec === null) return { sentence: this.#asking.words.noServer };
    const body = { ...spec, kind };
    const key = JSON.stringify(body);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const asked = this.#ask(body);
    this.#answers.set(key, asked);
    const listed = await asked;
    if ('sentence' in listed) this.#answers.delete(key);
    return listed;
  }

  async #ask(body: object): Promise<Listed> {
    const { post, sentenceOf, words } = this.#asking;
    try {
      const { items, finding, sentence = words.noAnswer } = await post(body);
      if (items !== undefined && finding === undefined) return { items };
      return { sentence: finding === undefined ? sentence : sentenceOf(finding) };
    } catch {
      return { sentence: words.noAnswer };
    }
  }
}
