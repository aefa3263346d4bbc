import { PRODUCTS } from '../../clients/http/failures.js';
import type { NodeAPI } from '../../runtime/node-types.js';
import { type ConnectionSpec, connectionOfSpec, readSpec, serviceOf } from '../connection-spec.js';
import { failureFindings } from '../explain.js';
import { type Finding, Ended } from '../findings.js';
import { type Asked, postRoute, Unanswerable } from '../routes.js';
import { inSession } from '../session.js';
import { KINDS, type ListKind, type Offer } from './kinds.js';

export type { ListKind, Offer } from './kinds.js';

/** The answer of `POST plex-jit/list`: by name, and why it is empty when the server could not be asked. */
export interface ListResult {
  readonly items: readonly Offer[];
  readonly finding?: Finding;
}

const isListKind = (name: unknown): name is ListKind => typeof name === 'string' && Object.hasOwn(KINDS, name);

const kindOf = (body: unknown, spec: ConnectionSpec): (typeof KINDS)[ListKind] => {
  const { kind: name } = body as { readonly kind?: unknown };
  if (!isListKind(name))
    throw new Unanswerable(400, `The kind of list must be one of ${Object.keys(KINDS).join(', ')}.`);
  const kind = KINDS[name];
  if (kind.service === serviceOf(spec)) return kind;
  throw new Unanswerable(400, `The list of ${name} comes from ${PRODUCTS[kind.service]}.`);
};

const byName = (a: Offer, b: Offer): number =>
  a.name.localeCompare(b.name, 'en', { sensitivity: 'base', numeric: true });

const list = async (RED: NodeAPI, { body, signal }: Asked): Promise<ListResult> => {
  const spec = readSpec(body);
  const kind = kindOf(body, spec);
  try {
    const connection = connectionOfSpec(RED, spec);
    try {
      const items = await inSession(connection, { signal }, (session) => kind.items(session));
      return { items: items.toSorted(byName) };
    } catch (error) {
      throw new Ended(await failureFindings(error, connection, signal));
    }
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    const [why] = error.findings;
    return why === undefined ? { items: [] } : { items: [], finding: why };
  }
};

/** `POST plex-jit/list`: what a form's pick list holds. The body is a `ConnectionSpec` with a `kind`, the answer a `ListResult`. */
export const registerListRoutes = (RED: NodeAPI): void => postRoute(RED, '/plex-jit/list', (asked) => list(RED, asked));
