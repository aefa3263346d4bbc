import { z } from 'zod';

/** Reads one row; null when it cannot be read. */
export type RowReader<T> = (row: unknown) => T | null;

/** A reader of rows from a schema of the fields that are used; fields it does not name are ignored. Compiled, as rows are many. */
export const rowReader = <T>(schema: z.ZodType<T>): RowReader<T> => {
  const compiled = z.compile(schema);
  return (row) => {
    const read = compiled.safeParse(row);
    return read.success ? read.data : null;
  };
};
