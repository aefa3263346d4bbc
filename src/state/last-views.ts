import { z } from 'zod';
import { REASONS, RESULTS, THREAD_STATES, UNMATCHED } from '../core/contracts/index.js';
import { DAY } from '../core/time.js';
import type {
  EpisodeCode,
  EpisodeView,
  ErrorView,
  LastView,
  PlanView,
  RunView,
  StepView,
  UnmatchedView,
} from '../core/up-next/index.js';
import { Memory } from './memory.js';
import { namedLog, type StateOptions, within } from './options.js';
import { instant } from './schemas.js';
import { UrlStore } from './url-store.js';

/** Older news helps nobody. */
const KEPT = 30 * DAY;
/** As many flows as the journal holds. */
const FLOWS = 20;

const text = z.string();
const texts = z.array(text).readonly();
const number = z.number();
const ids = z.array(number).readonly();

const code = z.union([
  z.enum(REASONS),
  z.enum(RESULTS.map((result) => `result-${result}` as const)),
  z.literal('searching'),
]) satisfies z.ZodType<EpisodeCode>;

const episode: z.ZodType<EpisodeView> = z.object({
  id: number,
  label: text,
  title: text,
  series: text,
  code,
  text,
  details: texts,
  until: instant.nullable(),
  neededBy: instant.nullable(),
  viewers: texts,
  progress: number.nullable(),
  readyAt: instant.nullable(),
  queue: z.object({ position: number, priority: text }).nullable(),
});

const thread = z.object({
  series: text,
  slug: text,
  position: text,
  playing: z.boolean(),
  playedAt: instant,
  state: z.enum(THREAD_STATES),
  text,
  next: ids,
});

const unmatched: z.ZodType<UnmatchedView> = z.object({
  title: text,
  code: z.enum(UNMATCHED),
  text,
  viewers: texts,
  plays: number,
  ignoreId: text,
});

const plan: z.ZodType<PlanView> = z.object({
  runId: text,
  at: instant,
  dryRun: z.boolean(),
  partial: z.boolean(),
  sonarr: z.object({ id: text, name: text, url: text }),
  episodes: z.array(episode).readonly(),
  viewers: z.array(z.object({ id: text, name: text, threads: z.array(thread).readonly() })).readonly(),
  leftOut: number,
  openWants: ids,
  unmatched: z.array(unmatched).readonly(),
  notes: texts,
  counts: z.object({
    shows: number,
    episodes: number,
    toSearch: number,
    stillToSearch: number,
    searches: number,
    grabbed: number,
    notFound: number,
    onTheWay: number,
    unmatched: number,
    errors: number,
  }),
});

const step: z.ZodType<StepView> = z.object({
  node: text,
  type: text,
  name: text,
  state: z.enum(['working', 'ok', 'failed', 'stopped']),
  text,
  ms: number,
});

const error: z.ZodType<ErrorView> = z.object({
  code: text,
  service: z.enum(['tautulli', 'sonarr', 'sabnzbd']).nullable(),
  retryable: z.boolean(),
  message: text,
});

const run: z.ZodType<RunView> = z.object({
  ids: texts,
  startedAt: instant,
  ms: number,
  running: z.boolean(),
  dryRun: z.boolean(),
  requests: z.object({ tautulli: number, sonarr: number, sabnzbd: number }),
  steps: z.array(step).readonly(),
  errors: z.array(error).readonly(),
});

const lastView: z.ZodType<LastView> = z.object({ flow: text, at: instant, plan, run: run.nullable() });

/** What the sidebar showed last of each flow that asks this Sonarr; nothing is read before `load`. At another URL it is another Sonarr's. */
export const openLastViews = ({ store, server, log, now }: StateOptions): Memory<LastView> =>
  new Memory({
    store: new UrlStore(store, server.url),
    key: 'plexJit.sonarr.upNext',
    version: 1,
    schema: lastView,
    keyOf: ({ flow }) => flow,
    keep: within(KEPT),
    limit: FLOWS,
    log: namedLog(log, server),
    now,
  });
