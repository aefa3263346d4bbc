import type { ListKind } from '../../admin/list/index.js';
import { PRODUCTS, serverFor, type Service } from '../flow/servers.js';
import type { Start } from '../flow/upstream.js';
import { post } from '../post.js';
import { findingText } from '../server/findings.js';
import { text } from '../texts.js';
import type { BoxWords } from './box.js';
import { type ListAnswer, Lister } from './lister.js';
import type { Listed } from './model.js';
import { specOf } from './spec.js';

/** Which server lists what. */
export const SERVICE_OF: Readonly<Record<ListKind, Service>> = {
  notifiers: 'tautulli',
  viewers: 'tautulli',
  libraries: 'tautulli',
  tags: 'sonarr',
  series: 'sonarr',
  'download-clients': 'sonarr',
};

/** What Node-RED answers to `plex-jit/list`. */
export const askList = async (body: object): Promise<ListAnswer> => {
  const posted = await post<ListAnswer>('plex-jit/list', body).done;
  if (posted === null) return {};
  return 'answer' in posted ? posted.answer : { sentence: posted.sentence };
};

const listerOf = (node: Start, service: Service): Lister => {
  const server = PRODUCTS[service];
  return new Lister({
    spec: () => {
      const chosen = serverFor(node, service);
      return chosen === null ? null : specOf(chosen);
    },
    post: askList,
    sentenceOf: findingText,
    words: { noServer: text('pick.noServer', { server }), noAnswer: text('pick.noAnswer') },
  });
};

/** Where one form's lists come from; each is asked for once. */
export class Source {
  readonly #listers: Readonly<Record<Service, Lister>>;

  constructor(node: Start) {
    this.#listers = { tautulli: listerOf(node, 'tautulli'), sonarr: listerOf(node, 'sonarr') };
  }

  list(kind: ListKind): Promise<Listed> {
    return this.#listers[SERVICE_OF[kind]].list(kind);
  }
}

/** What a field to pick from says. */
export const wordsFor = (kind: ListKind, label: string): BoxWords => {
  const server = PRODUCTS[SERVICE_OF[kind]];
  return {
    label,
    asking: text('pick.asking', { server }),
    nothing: text('pick.nothing', { server }),
    typeInstead: text('pick.typeInstead'),
    more: (count) => text('pick.more', { count }),
    noMatch: text('pick.noMatch', { server }),
    remove: (name) => text('pick.remove', { name }),
    // A show to ignore may be one that Sonarr never had.
    gone: (name) => (kind === 'series' ? '' : text('pick.gone', { name, server })),
    unknown: (name) => (kind === 'series' ? '' : text('pick.unknown', { name, server })),
  };
};
