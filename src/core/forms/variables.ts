const REFERENCE = /^\$(?:\{([^\s}]+)\}|\(([^\s)]+)\))$/;

/**
 * The environment variable that a setting wholly consists of, `${NAME}` or, as Node-RED knows it too, `$(NAME)`; null when it
 * is anything else. Node-RED has put in what the variable holds before a node reads its settings: there a name is one that is not set.
 */
export const namedVariable = (value: unknown): string | null => {
  const found = typeof value === 'string' ? REFERENCE.exec(value.trim()) : null;
  return found?.[1] ?? found?.[2] ?? null;
};

/** Whether a setting is left to the environment. */
export const isVariable = (value: unknown): boolean => namedVariable(value) !== null;
