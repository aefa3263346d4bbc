import type { UpNextView } from '../../core/up-next/index.js';
import { saidBy } from '../post.js';
import { text } from '../texts.js';

/** Why a request came to nothing, in a sentence. */
export class Unanswered extends Error {
  /** 0: no answer at all. */
  readonly status: number;
  /** The sentence that came with the answer; empty when none did. */
  readonly said: string;

  constructor(status: number, said = '') {
    super(said === '' ? text(status === 0 ? 'request.unreachable' : 'request.failed', { status }) : said);
    this.status = status;
    this.said = said;
  }
}

/** Through jQuery, which the editor has set up with the user's token and the root that it is served at. */
const ask = (settings: JQuery.AjaxSettings): Promise<unknown> =>
  new Promise((resolve, reject) => {
    $.ajax({ dataType: 'json', cache: false, timeout: 30_000, ...settings }).then(resolve, (failed: JQuery.jqXHR) =>
      reject(new Unanswered(failed.status, saidBy(failed))),
    );
  });

export const readUpNext = async (): Promise<UpNextView> => (await ask({ url: 'plex-jit/up-next' })) as UpNextView;

export const startRun = (flow: string, dryRun: boolean): Promise<unknown> =>
  ask({
    url: 'plex-jit/run',
    method: 'POST',
    contentType: 'application/json',
    data: JSON.stringify({ flow, dryRun }),
  });

export const readDiagnostics = (names: boolean): Promise<unknown> =>
  ask({ url: `plex-jit/diagnostics${names ? '?names=1' : ''}` });
