import { z } from 'zod';
import { FAULT_KINDS, type WorldFile } from './format.js';
import { isRanges } from './ranges.js';
import { isMoment, parseSpan } from './when.js';

const when = z.string().refine(isMoment, 'is no moment: write 0, -2h, +10m, -1d2h30m or 2026-01-31T20:00:00Z');
const span = z.string().refine((s) => parseSpan(s) !== null, 'is no span: write 7d, 12h, 45m');
const ranges = z.string().refine(isRanges, 'is no list of numbers: write 1-3,5 or all or none');
const count = z.int().nonnegative();
const amount = z.number().nonnegative();
const flag = z.boolean();
const text = z.string();

const release = z.strictObject({
  title: text.optional(),
  size: amount.optional(),
  protocol: z.enum(['usenet', 'torrent']).optional(),
  rejected: text.optional(),
  temporarilyRejected: text.optional(),
  episodes: ranges.optional(),
  nzb: z.union([z.int().min(400).max(599), z.literal('broken')]).optional(),
  failsDownload: flag.optional(),
});

const episode = z.strictObject({
  number: count,
  title: text.optional(),
  aired: z.union([z.literal('none'), when]).optional(),
  runtime: amount.optional(),
  file: flag.optional(),
  monitored: flag.optional(),
  absolute: count.optional(),
  tvdb: count.optional(),
  releases: z.union([count, z.array(release)]).optional(),
});

const season = z.strictObject({
  number: count,
  episodes: z.union([count, z.array(episode)]),
  firstAired: when.optional(),
  every: span.optional(),
  files: ranges.optional(),
  shared: z.array(ranges).optional(),
  monitored: flag.optional(),
  releases: ranges.optional(),
  pack: flag.optional(),
});

const series = z.strictObject({
  title: text.min(1),
  key: text.optional(),
  plexTitle: text.optional(),
  year: count.optional(),
  tvdb: count.optional(),
  tmdb: count.optional(),
  imdb: text.optional(),
  plexIds: z.enum(['same', 'none']).optional(),
  goneFromPlex: flag.optional(),
  notInSonarr: flag.optional(),
  type: z.enum(['standard', 'daily', 'anime']).optional(),
  status: z.enum(['continuing', 'ended', 'upcoming']).optional(),
  runtime: amount.optional(),
  monitored: flag.optional(),
  tags: z.array(text.regex(/^[a-z0-9-]+$/, 'holds characters that Sonarr refuses: a-z, 0-9 and -')).optional(),
  library: text.optional(),
  alternateTitles: z.array(text).optional(),
  seasons: z.array(season),
});

const play = z.strictObject({
  series: text,
  season: count.nullable(),
  episode: z.union([count, ranges, z.null()]),
  at: when,
  airDate: text.optional(),
  progress: z.number().min(0).max(100).optional(),
  playing: flag.optional(),
  live: flag.optional(),
});

const server = {
  apiKey: text.optional(),
  urlBase: text.regex(/^\/[^/]+(\/[^/]+)*$/, 'must look like /sonarr').optional(),
  version: text.optional(),
};
const SERVERS = z.enum(['tautulli', 'sonarr', 'sabnzbd']);

/** The world file's shape; what it must mean beyond that is checked in `check.ts`. */
export const worldSchema = z.strictObject({
  $schema: text.optional(),
  description: text.optional(),
  clock: z.strictObject({ speed: z.number().positive().optional() }).optional(),
  series: z.array(series),
  households: z.array(
    z.strictObject({
      name: text.optional(),
      viewers: z.array(z.strictObject({ name: text, id: count.optional(), plays: z.array(play) })),
    }),
  ),
  tautulli: z
    .strictObject({
      ...server,
      utcOffset: z.number().min(-12).max(14).optional(),
      plexDown: flag.optional(),
      notifiers: z
        .array(
          z.strictObject({
            id: count,
            agent: z.enum(['webhook', 'email', 'discord', 'script']),
            name: text.optional(),
            fails: flag.optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  sonarr: z
    .strictObject({
      ...server,
      freeSpace: amount.optional(),
      queueBlindness: amount.optional(),
      releaseCache: amount.optional(),
      refreshEvery: z.number().positive().optional(),
      redownloadFailed: flag.optional(),
      usenetClient: flag.optional(),
    })
    .optional(),
  sabnzbd: z
    .strictObject({
      ...server,
      nzbKey: text.optional(),
      paused: flag.optional(),
      rate: amount.optional(),
      importTakes: amount.optional(),
      checkHostname: flag.optional(),
    })
    .optional(),
  indexer: z
    .strictObject({
      name: text.optional(),
      interactiveSearch: flag.optional(),
      spacing: amount.optional(),
      searchTakes: amount.optional(),
      down: flag.optional(),
    })
    .optional(),
  downloads: z
    .array(
      z.strictObject({
        series: text.optional(),
        season: count.optional(),
        episodes: ranges.optional(),
        name: text.optional(),
        category: text.optional(),
        priority: z.enum(['Force', 'High', 'Normal', 'Low']).optional(),
        paused: flag.optional(),
        size: amount.optional(),
        done: z.number().min(0).max(100).optional(),
        client: z.enum(['sabnzbd', 'torrent', 'nzbget']).optional(),
        state: z.enum(['waiting', 'blocked', 'failed', 'unmapped']).optional(),
        message: text.optional(),
        grabbed: when.optional(),
      }),
    )
    .optional(),
  faults: z
    .array(
      z.strictObject({
        server: SERVERS,
        route: text.optional(),
        kind: z.enum(FAULT_KINDS),
        times: count.optional(),
        after: count.optional(),
        seconds: amount.optional(),
        status: z.int().min(300).max(599).optional(),
      }),
    )
    .optional(),
});

/** Keeps the schema and the documented format from drifting apart. */
export const asWorldFile = (parsed: z.infer<typeof worldSchema>): WorldFile => parsed as WorldFile;
