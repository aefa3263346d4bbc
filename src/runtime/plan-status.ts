import type { Plan, PlanItem, Play, ResultCode } from '../core/contracts/index.js';
import { type Meaning, ok, waiting } from './status.js';

const many = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`;

export const playsStatus = (plays: readonly Play[]): Meaning => {
  const active = plays.filter((play) => play.active);
  const shows = new Set(active.map((play) => play.show.key ?? play.show.title)).size;
  return ok(active.length === 0 ? 'no plays' : `${many(active.length, 'play')} · ${many(shows, 'show')}`);
};

export const lookupStatus = (lookup: { series: readonly unknown[]; unmatched: readonly unknown[] }): Meaning => {
  const found = `${many(lookup.series.length, 'series', 'series')}`;
  return ok(lookup.unmatched.length === 0 ? found : `${found} · ${lookup.unmatched.length} unmatched`);
};

const count = (plan: Plan, fits: (item: PlanItem) => boolean): number => plan.items.filter(fits).length;

export const planStatus = (plan: Plan): Meaning => {
  const searches = count(plan, (item) => item.action === 'search');
  const all = plan.items.length === 0 ? '' : ` of ${plan.items.length}`;
  return ok(`${searches === 0 ? 'nothing' : searches} to fetch${all}`);
};

/** Failed items do not make the node fail; they make it say so. */
export const searchStatus = (plan: Plan): Meaning => {
  const of = (...codes: readonly ResultCode[]): number =>
    count(plan, ({ result }) => result !== null && codes.includes(result.code));
  const [would, skipped, failures] = [of('would-search'), of('skipped'), of('failed')];
  const tried = count(plan, ({ result }) => result !== null) - skipped;
  if (would > 0) return ok(`dry run · would fetch ${would}`);
  const parts = [
    ...(tried > 0 ? [`${of('grabbed', 'command-sent')} of ${tried} grabbed`] : []),
    ...(failures > 0 ? [`${failures} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  if (parts.length === 0) return ok('nothing to search for');
  return failures > 0 ? waiting(parts.join(' · ')) : ok(parts.join(' · '));
};

export const queueStatus = (plan: Plan): Meaning => {
  const jobs = new Set(plan.items.filter((item) => item.queue !== null).map((item) => item.downloadId)).size;
  const text = jobs === 0 ? 'no jobs' : `${many(jobs, 'job')} on top`;
  return ok(plan.run.dryRun ? `dry run · ${jobs === 0 ? 'no jobs' : many(jobs, 'job')}` : text);
};
