import { z } from 'zod';
import { type Lookup, type Plan, REASONS, RESULTS } from '../../core/contracts/index.js';
import { wrongInput } from '../node-error.js';
import { came } from './came.js';
import { playFilters } from './filters.js';

const server = z.object({ id: z.string(), name: z.string(), url: z.string() });
const run = z.object({
  id: z.string(),
  startedAt: z.string(),
  dryRun: z.boolean(),
  requests: z.object({ tautulli: z.number(), sonarr: z.number(), sabnzbd: z.number() }),
});
const list = z.array(z.object({}));

const named = z.object({ id: z.string(), name: z.string() });
const instant = z.iso.datetime({ offset: true });
const counted = z.object({ viewers: z.number(), libraries: z.number(), progress: z.number() });

const common = {
  run,
  at: z.string(),
  sonarr: server,
  sabnzbd: server.nullable(),
  unmatched: list,
  filtered: counted,
  notes: z.array(z.string()),
  errors: list,
};

const library = z.object({ id: z.string().nullable(), name: z.string().nullable() });

/** What the planner asks of a play; a source's own look-up may leave out the rest. */
const matched = z.object({
  episodeId: z.number(),
  play: z.object({
    viewer: named,
    library,
    startedAt: instant,
    stoppedAt: instant,
    progress: z.number(),
    playing: z.boolean(),
    active: z.boolean(),
  }),
});

const lookup = z.object({
  ...common,
  searchCache: z.number(),
  unitsRead: z.number(),
  series: z.array(z.object({ series: z.object({ id: z.number() }), episodes: list, plays: z.array(matched) })),
  tags: z.array(z.object({ id: z.number(), label: z.string() })).optional(),
  filters: playFilters.optional(),
  remembered: z.object({
    attempts: list,
    wants: z.array(z.object({ library: library.optional() })),
    searchesToday: z.number(),
  }),
});

const plan = z.object({
  ...common,
  partial: z.boolean(),
  threads: z.array(z.object({ viewer: named, series: z.object({ title: z.string(), sonarrId: z.number() }) })),
  items: z.array(
    z.object({
      series: z.object({ title: z.string(), sonarrId: z.number() }),
      season: z.number(),
      episode: z.number(),
      episodeId: z.number(),
      action: z.enum(['none', 'monitor', 'search', 'prioritise']),
      reason: z.object({ code: z.enum(REASONS), text: z.string() }),
      viewers: z.array(named),
      neededBy: instant.nullable(),
      result: z.object({ code: z.enum(RESULTS), text: z.string() }).nullable(),
    }),
  ),
  earlier: z
    .array(
      z.object({
        series: z.object({ title: z.string() }),
        season: z.number(),
        episode: z.number(),
        episodeId: z.number(),
        viewers: z.array(z.object({ name: z.string() })),
        result: z.object({ code: z.string() }),
      }),
    )
    .optional(),
});

/** What stands in the message is passed on as it came, with properties that others added. */
const check = (schema: z.ZodType, payload: unknown, expected: string): void => {
  const read = schema.safeParse(payload);
  if (read.success) return;
  const where = read.error.issues[0]?.path.join('.') ?? '';
  const shape = typeof payload === 'object' && payload !== null && !Array.isArray(payload);
  throw wrongInput(
    `${expected}, got ${came(payload)}${shape && where !== '' ? ` (msg.payload.${where} is invalid)` : ''}`,
  );
};

/** @throws NodeError `wrong-input` */
export const readLookup = (payload: unknown): Lookup => {
  check(lookup, payload, 'next episodes expects the message of a sonarr lookup node (msg.payload.series …)');
  return payload as Lookup;
};

/** @throws NodeError `wrong-input` */
export const readPlan = (payload: unknown, node: string): Plan => {
  check(plan, payload, `${node} expects a plan, the message of a next episodes node (msg.payload.items …)`);
  return payload as Plan;
};
