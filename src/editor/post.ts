import { text } from './texts.js';

/** What came of a request to Node-RED: its answer, or a sentence why there is none. Null once it was aborted. */
export type Posted<T> = { readonly answer: T } | { readonly sentence: string } | null;

export interface Posting<T> {
  /** Never rejects. */
  readonly done: Promise<Posted<T>>;
  abort(): void;
}

/** The sentence for an answer that is none; `said` is what the route gave as its reason. */
export const refusal = (status: number, said: string): string => {
  if (status === 401 || status === 403) return text('request.forbidden');
  if (status === 404) return text('request.notFound');
  return said === '' ? text(status === 0 ? 'request.unreachable' : 'request.failed', { status }) : said;
};

/** The sentence that came with a refusal; "" when none did. */
export const saidBy = (request: JQuery.jqXHR): string => {
  const { error } = (request.responseJSON ?? {}) as { readonly error?: unknown };
  return typeof error === 'string' ? error : '';
};

/**
 * A POST of JSON to one of our admin routes, e.g. `plex-jit/test`. The path has no leading slash: Node-RED may stand below
 * another path, and its set-up of ajax gives the access token only to such ones.
 */
export const post = <T>(path: string, body: object): Posting<T> => {
  const request = $.ajax({
    url: path,
    type: 'POST',
    contentType: 'application/json',
    dataType: 'json',
    data: JSON.stringify(body),
  });
  const done = new Promise<Posted<T>>((resolve) => {
    request.then(
      (answer: T) => resolve({ answer }),
      (_: unknown, status: string) =>
        resolve(status === 'abort' ? null : { sentence: refusal(request.status, saidBy(request)) }),
    );
  });
  return { done, abort: () => request.abort() };
};
