import { migrated, namedVariable } from '../../core/forms/index.js';
import { notSetUp, SET_IT, wrongInput, wrongSetting } from '../node-error.js';
import { came, kindOf } from '../messages/came.js';
import type { JitMessage } from '../node-types.js';
import type { Field, Table, Values } from './fields.js';
import { OVERRIDES } from './tables.js';

/** What `msg.plexJit` carries besides settings: the run, and what the source tells. */
const CARRIED = new Set(['run', 'filtered', 'filters', 'notes', 'errors']);

/** Nothing is said of what cannot be written as JSON, of binary data, and of much. */
const jsonOf = (value: unknown): string => {
  if (typeof value === 'number') return String(value);
  if (Buffer.isBuffer(value) || (Array.isArray(value) && value.length > 100)) return came(value);
  try {
    return JSON.stringify(value) ?? came(value);
  } catch {
    return came(value);
  }
};

const shown = (value: unknown): string => {
  const json = jsonOf(value);
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
};

const readOne = (label: string, field: Field<unknown>, value: unknown): unknown => {
  const read = field.schema.safeParse(value);
  if (!read.success) {
    const fault = field.fault?.(value) ?? null;
    throw wrongSetting(
      fault === null
        ? `${label} must be ${field.words}, but is ${shown(value)}`
        : `${label}: ${fault}, in ${shown(value)}`,
    );
  }
  return read.data;
};

const isEmpty = (value: unknown): boolean => value === null || (typeof value === 'string' && value.trim() === '');

/** The environment variable that a value, or one of the things in it, still waits for. */
const unsetIn = (value: unknown): string | null => {
  if (typeof value !== 'object' || value === null) return namedVariable(value);
  for (const one of Object.values(value)) {
    const missing = unsetIn(one);
    if (missing !== null) return missing;
  }
  return null;
};

const labelOf = (name: string, { label }: Field<unknown>): string =>
  label === undefined ? `The setting ${name}` : `The setting "${label}" (${name})`;

/** The settings of a node's form, saved by any version of it. Empty fields take their default; an environment variable that is not set is "not set up". */
export const formSettings = <T extends Table>(table: T, config: object): Values<T> => {
  const raw = migrated(config as Readonly<Record<string, unknown>>);
  const read = Object.entries(table).map(([name, field]) => {
    const missing = unsetIn(raw[name]);
    if (missing !== null) throw notSetUp(`the environment variable ${missing} (setting ${name}) is not set. ${SET_IT}`);
    const value = isEmpty(raw[name]) ? undefined : raw[name];
    return [name, value === undefined ? field.fallback : readOne(labelOf(name, field), field, field.fromForm(value))];
  });
  return Object.fromEntries(read) as Values<T>;
};

const alike = (name: string): string | undefined =>
  Object.keys(OVERRIDES).find(
    (other) => other.toLowerCase().replace(/s$/, '') === name.toLowerCase().replaceAll('_', '').replace(/s$/, ''),
  );

/** The object at `msg.plexJit`, empty when there is none. */
export const carried = (msg: JitMessage): Readonly<Record<string, unknown>> => {
  if (msg.plexJit === undefined || msg.plexJit === null) return {};
  if (typeof msg.plexJit !== 'object' || kindOf(msg.plexJit) !== 'Object') {
    throw wrongInput(`msg.plexJit must be an object with settings, but is ${shown(msg.plexJit)}`);
  }
  return msg.plexJit as Record<string, unknown>;
};

/** Checks every override in the message, those of other nodes too: a misspelt `dryRun` must not become a real run. */
const overrides = (msg: JitMessage): Readonly<Record<string, unknown>> => {
  const given = Object.entries(carried(msg)).filter(([name, value]) => !CARRIED.has(name) && value !== undefined);
  const table: Table = OVERRIDES;
  return Object.fromEntries(
    given.map(([name, value]) => {
      const field = Object.hasOwn(table, name) ? table[name] : undefined;
      if (field === undefined) {
        const meant = alike(name);
        throw wrongSetting(
          `msg.plexJit.${name} is not a setting${meant === undefined ? '' : `; did you mean msg.plexJit.${meant}?`}`,
        );
      }
      return [name, readOne(`msg.plexJit.${name}`, field, value)];
    }),
  );
};

/** The form's settings with what this message overrides. */
export const settingsFor = <T extends object>(form: T, msg: JitMessage): T => {
  const given = overrides(msg);
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, name in given ? given[name] : value]),
  ) as T;
};

/** Whether this message asks for a dry run, whatever the node is set to. */
export const asksForDryRun = (msg: JitMessage): boolean => overrides(msg).dryRun === true;
