import type { Table } from '../../runtime/settings/fields.js';
import { HISTORY, LOOKUP, NOTIFY_FORM, PLANNING, PRIORITY, SEARCH } from '../../runtime/settings/tables.js';
import { type Deployed, shortType } from '../up-next/deployed.js';
import { plain, plainNumber } from './plain.js';

/** Lists of these hold what users picked or typed: shown when names are wanted. */
const TABLES: Readonly<Record<string, Table>> = {
  'tautulli-history': HISTORY,
  'sonarr-lookup': LOOKUP,
  'next-episodes': PLANNING,
  'sonarr-search': SEARCH,
  'sabnzbd-priority': PRIORITY,
  'tautulli-notify': NOTIFY_FORM,
};

/** Templates may hold anything, an address with a token in it too. */
const NEVER: ReadonlySet<string> = new Set(['subject', 'body']);

/** A node of a flow as a bug report may hold it: only the settings that this package knows. */
export function nodeReport(node: Deployed, names: boolean): object {
  const raw = node as unknown as Readonly<Record<string, unknown>>;
  const fields = Object.entries(TABLES[shortType(node.type)] ?? {});
  return {
    type: shortType(node.type),
    ...(names ? { name: node.name ?? '' } : {}),
    configVersion: plainNumber(raw.configVersion),
    settings: Object.fromEntries(
      fields.map(([name, field]) => [name, names && !NEVER.has(name) ? raw[name] : plain(field, raw[name])]),
    ),
  };
}
