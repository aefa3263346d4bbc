import type { Variable } from './types.js';

const PLAIN = /^[\w:/.,@%+=-]*$/;

/** Quoted only where a shell, systemd or Node.js wants it; null: no notation means the same to all of them. */
const written = (value: string): string | null => {
  if (PLAIN.test(value)) return value;
  return /['\\\r\n]/.test(value) ? null : `'${value}'`;
};

const line = ({ name, value }: Variable): string => {
  if (value === null) return `#${name}=`;
  const text = written(value);
  return text === null
    ? `# ${name} cannot be written in a way that every program reads the same; set it manually.\n#${name}=`
    : `${name}=${text}`;
};

/** Names of those that the file cannot hold, or could not be taken over. */
export const openVariables = (variables: readonly Variable[]): readonly string[] =>
  variables.filter(({ value }) => value === null || written(value) === null).map(({ name }) => name);

/** Names of those in quotes, which `docker run --env-file` would take for a part of the value. */
export const quotedVariables = (variables: readonly Variable[]): readonly string[] =>
  variables.filter(({ value }) => value !== null && written(value)?.startsWith("'") === true).map(({ name }) => name);

/** `NAME=value` lines for `node --env-file`, systemd's EnvironmentFile, a shell or docker. */
export const envFile = (variables: readonly Variable[]): string =>
  ['# Plex Just-In-Time for Node-RED: servers and keys. Keep this file private.', ...variables.map(line), ''].join(
    '\n',
  );
