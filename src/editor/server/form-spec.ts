import type { FormNode } from '../red.js';

/** The server form as it stands, for the admin routes `plex-jit/test` and `plex-jit/list`. */
export interface FormSpec {
  readonly type: string;
  /** Of the config node; it has one before it is added, which the server does not know yet. */
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** Seconds; "" is the default. */
  readonly timeout: string;
  readonly tls: string;
  readonly proxy: string;
  /** `__PWRD__`, as Node-RED fills the field, is the stored one. */
  readonly apiKey: string;
  readonly user: string;
  readonly password: string;
  readonly headers: string;
}

/** What a list of configurations has for "none" and for "add new" is no id. */
const chosen = (id: string): string => (id === '_ADD_' || id === '_NONE_' ? '' : id);

/** What is in the fields of a form, saved or not; `valueOf` reads one by the name of its setting. */
export const formSpec = (
  { id, type }: Pick<FormNode, 'id' | 'type'>,
  valueOf: (field: string) => string,
): FormSpec => ({
  type,
  id,
  name: valueOf('name').trim(),
  url: valueOf('url').trim(),
  timeout: valueOf('timeout').trim(),
  tls: chosen(valueOf('tls')),
  proxy: chosen(valueOf('proxy')),
  apiKey: valueOf('apiKey'),
  user: valueOf('user'),
  password: valueOf('password'),
  headers: valueOf('headers'),
});
