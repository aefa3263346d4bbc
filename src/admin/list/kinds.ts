import { sonarrClient } from '../../clients/sonarr/client.js';
import { tautulliClient } from '../../clients/tautulli/client.js';
import type { ServiceName } from '../../core/contracts/index.js';
import type { Session } from '../session.js';

/** What a server offers to be picked. */
export interface Offer {
  /** What a node stores and matches by. */
  readonly id: string;
  readonly name: string;
  /** What tells it from others of the same name: a year, a user name, an agent. */
  readonly note?: string;
}

interface Kind {
  readonly service: ServiceName;
  /** @throws ServiceError */
  items(session: Session): Promise<readonly Offer[]>;
}

const offer = (id: string, name: string, note: string | number | null): Offer =>
  note === null || note === '' || note === name ? { id, name } : { id, name, note: String(note) };

const notifiers: Kind = {
  service: 'tautulli',
  items: async ({ open, scope }) =>
    (await tautulliClient(open, scope).notifiers()).map(({ id, label, agent }) => offer(String(id), label, agent)),
};

const viewers: Kind = {
  service: 'tautulli',
  items: async ({ open, scope }) =>
    (await tautulliClient(open, scope).users()).map(({ id, name, username }) => offer(id, name, username)),
};

/** Episodes only come from libraries of shows. */
const libraries: Kind = {
  service: 'tautulli',
  items: async ({ open, scope }) =>
    (await tautulliClient(open, scope).libraries())
      .filter(({ type }) => type === 'show')
      .map(({ id, name }) => offer(id, name, null)),
};

const tags: Kind = {
  service: 'sonarr',
  items: async ({ open, scope }) =>
    (await sonarrClient(open, scope).tags()).map(({ id, label }) => offer(String(id), label, null)),
};

const series: Kind = {
  service: 'sonarr',
  items: async ({ open, scope }) =>
    (await sonarrClient(open, scope).series()).rows.map(({ id, tvdbId, title, year }) =>
      offer(tvdbId === null ? `sonarr:${id}` : `tvdb:${tvdbId}`, title, year),
    ),
};

/** Sonarr's queue and history give a client's name and no id: the look-up finds out what the picked one is called by now. */
const downloadClients: Kind = {
  service: 'sonarr',
  items: async ({ open, scope }) =>
    (await sonarrClient(open, scope).downloadClients()).map(({ id, name, program }) =>
      offer(String(id), name, program),
    ),
};

export const KINDS = {
  notifiers,
  viewers,
  libraries,
  tags,
  series,
  'download-clients': downloadClients,
} as const satisfies Readonly<Record<string, Kind>>;

export type ListKind = keyof typeof KINDS;
