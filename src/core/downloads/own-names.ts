import type { Choice } from '../contracts/index.js';
import { idOf, isChosen, nameOf } from '../picks.js';
import { isElsewhere } from './observed.js';

/** A download client of Sonarr. */
export interface NamedClient {
  readonly id: number;
  readonly name: string;
}

const isPicked =
  (choice: Choice) =>
  ({ id, name }: NamedClient): boolean =>
    isChosen({ id: idOf(choice) === '' ? null : String(id), name }, choice);

/**
 * What Sonarr calls the jobs of the chosen download client: by the name it has now in its queue, by an earlier one in its history.
 * @param clients those that Sonarr has; null while they are not known
 * @returns no names when no client is chosen: every job may be ours
 */
export function ownNames(choice: Choice, clients: readonly NamedClient[] | null): readonly string[] {
  const picked = nameOf(choice);
  if (picked === '') return [];
  const own = clients?.find(isPicked(choice));
  if (own === undefined) return [picked];
  // Another client may have been given the name since.
  const isTaken = (clients ?? []).some((client) => client !== own && !isElsewhere(client.name, [picked]));
  return isTaken ? [own.name] : [...new Set([own.name, picked])];
}

/** Whether one of the jobs carries a name that is neither ours nor another client's of those that are known: a client was renamed since, or is new. Never when no client is chosen. */
export function isAnyUnknown(
  jobs: readonly { readonly client: string | null }[],
  choice: Choice,
  clients: readonly NamedClient[] | null,
): boolean {
  const own = ownNames(choice, clients);
  if (own.length === 0) return false;
  const names = [...own, ...(clients ?? []).map(({ name }) => name)];
  return jobs.some(({ client }) => isElsewhere(client, names));
}
