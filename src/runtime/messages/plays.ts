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
    const issue = read.error.issues[0];
    const where = issue === undefined || issue.path.length === 0 ? '' : `, property ${issue.path.join('.')}`;
    throw wrongInput(`Play ${i + 1} of msg.payload cannot be read${where}: ${issue?.message ?? 'not a play'}`);
  });
};
