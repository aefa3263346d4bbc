import { z } from 'zod';
import type { Play } from '../../core/contracts/index.js';
import { wrongInput } from '../node-error.js';
import { came } from './came.js';

const instant = z.iso.datetime({ offset: true });
const day = z.iso.date().nullable();
const ids = z.object({
  tvdb: z.int().nullable(),
  tmdb: z.int().nullable(),
  imdb: z.string().nullable(),
});

/** The contract of docs/messages.md, for sources other than our own too. */
const play = z.object({
  id: z.number(),
  viewer: z.object({ id: z.string(), name: z.string() }),
  library: z.object({ id: z.string().nullable(), name: z.string().nullable() }),
  show: z.object({
    title: z.string(),
    year: z.int().nullable(),
    key: z.string().nullable(),
    ids,
    metadata: z.boolean(),
  }),
  season: z.int().nullable(),
  episode: z.int().nullable(),
  title: z.string(),
  airDate: day,
  episodeIds: ids,
  startedAt: instant,
  resumedAt: instant.optional(),
  stoppedAt: instant,
  progress: z.number(),
  watched: z.boolean(),
  playing: z.boolean(),
  active: z.boolean(),
});

const valueAt = (row: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((value, key) => (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key], row);

/** What is wrong with which property. */
const faultOf = (issue: z.core.$ZodIssue | undefined, row: unknown): string => {
  if (issue === undefined) return 'it is not a play';
  const what = issue.path.length === 0 ? 'it' : `its property ${issue.path.join('.')}`;
  if (issue.code !== 'invalid_type') return `${what}: ${issue.message}`;
  const value = valueAt(row, issue.path);
  return `${what} must be ${expected(issue.expected)}, but is ${value === undefined ? 'missing' : came(value)}`;
};

/** What the schema calls otherwise than people do. */
const WORDS: Readonly<Record<string, string>> = { array: 'a list', object: 'an object', int: 'a whole number' };

const expected = (type: string): string => WORDS[type] ?? `a ${type}`;

/**
 * The plays of a message. One that cannot be read refuses them all: leaving it out could move a viewer back.
 * @throws NodeError `wrong-input`, naming the play and its property
 */
export const readPlays = (payload: unknown): readonly Play[] => {
  if (!Array.isArray(payload)) {
    throw wrongInput(
      `sonarr lookup expects the message of a tautulli history node (msg.payload is a list of plays), got ${came(payload)}`,
    );
  }
  return (payload as unknown[]).map((row, i) => {
    const read = play.safeParse(row);
    if (read.success) return row as Play;
    throw wrongInput(`Play ${i + 1} of msg.payload is invalid: ${faultOf(read.error.issues[0], row)}`);
  });
};
