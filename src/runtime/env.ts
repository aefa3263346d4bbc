/** Node-RED puts in what an environment variable holds when a setting is wholly `${NAME}`, and leaves it so when there is none. */
const REFERENCE = /^\$(?:\{(\S+)\}|\((\S+)\))$/;

/** The name of the environment variable that a setting still waits for; null when it waits for none. */
export const unsetVariable = (value: unknown): string | null => {
  const found = typeof value === 'string' ? REFERENCE.exec(value.trim()) : null;
  return found?.[1] ?? found?.[2] ?? null;
};
