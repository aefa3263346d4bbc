import type { Lookup, Plan, Play, RunError } from '../../../src/core/contracts/index.js';
import { must } from '../broken.js';
import type { Life } from '../life.js';
import type { RunRecord } from '../record.js';

/** What flows say: every play, every error, and no secrets. */
export const checkMessages = (life: Life, run: RunRecord): void => {
  checkEnd(run);
  for (const { payload } of run.sent) checkErrors((payload as { errors?: readonly RunError[] } | null)?.errors ?? []);
  checkCaught(run);
  checkSecrets(life, run);
  for (const flow of life.flows) {
    const [lookup, plan] = [run.lookup(flow), run.plan('next', flow)];
    const plays = run.plays(flow);
    if (lookup !== undefined && plan !== undefined && plays !== undefined) checkPlays(plays, lookup, plan);
  }
};

const checkEnd = (run: RunRecord): void => {
  if (run.cut) return;
  for (const [node, { fill, text }] of run.shown)
    must(fill !== 'blue', 'no status sticks', () => `${node} still says "${text}"`);
};

const checkErrors = (errors: readonly RunError[]): void => {
  for (const error of errors)
    must(
      error.code !== '' && /https?:\/\//.test(error.server) && error.message !== '' && error.operation !== '',
      'errors name server and code',
      () => JSON.stringify(error),
    );
};

const checkCaught = ({ caught }: RunRecord): void => {
  for (const { step, error } of caught) {
    // Documented so: no server is concerned.
    if (error.code === 'memory-failed' && error.message.startsWith("Node-RED's context store")) continue;
    const cause = error.cause as { readonly server?: unknown } | undefined;
    must(
      typeof error.code === 'string' && error.code !== 'error' && typeof cause?.server === 'string',
      'what Catch sees names server and code',
      () => `${step}: ${String(error)} ${JSON.stringify(cause)}\n${error.stack}`,
    );
  }
};

const checkSecrets = ({ sandbox }: Life, run: RunRecord): void => {
  const { sent, caught, lines, shown } = run;
  const told = JSON.stringify([sent, caught.map(({ error }) => [error.message, error.cause]), lines, [...shown]]);
  for (const [name, key] of Object.entries(sandbox.keys))
    must(
      !told.includes(key),
      'no key is told',
      () => `${name} in ${told.slice(told.indexOf(key) - 200, told.indexOf(key))}`,
    );
};

/** Rule 12: in items or threads, or in `unmatched`. One that has just begun does not count yet. */
const checkPlays = (plays: readonly Play[], lookup: Lookup, plan: Plan): void => {
  const seriesOf = new Map(
    lookup.series.flatMap(({ series, plays: own }) => own.map(({ play }) => [play.id, series.id])),
  );
  const unmatched = new Set(plan.unmatched.map(({ play }) => play.id));
  for (const play of plays.filter(({ active }) => active)) {
    const seriesId = seriesOf.get(play.id);
    const isYoung = play.playing && Date.parse(lookup.at) - Date.parse(play.startedAt) < 130_000;
    const inThreads = plan.threads.some((t) => t.viewer.id === play.viewer.id && t.series.sonarrId === seriesId);
    must(
      unmatched.has(play.id) || inThreads || isYoung,
      'every play ends in the plan',
      () => `${play.viewer.name}: ${play.show.title} S${play.season}E${play.episode} (series ${seriesId})`,
    );
  }
};
