import type { ErrorView, FlowView, PlanCounts, RunView, StepView } from '../../core/up-next/index.js';
import { type Child, button, el, fold } from './dom.js';
import { english } from './episode.js';
import { notify, red } from './red.js';
import { startRun } from './server.js';
import { lasting, moment } from './times.js';
import { many, say } from './words.js';

const press = (flow: string, dryRun: boolean): void => {
  startRun(flow, dryRun).then(
    () => notify(say(dryRun ? 'startedDry' : 'started'), 'success'),
    (failed: Error) => notify(say('notStarted', { reason: failed.message }), 'error'),
  );
};

/** What starts a run, or says why it cannot. */
export function runButtons({ id, run, planOnly }: FlowView): HTMLElement {
  const forbidden = red().user.hasPermission('plex-jit.write') ? null : say('noPermission');
  const noRun = forbidden ?? (run.missing === null ? null : say('noInject'));
  const noPlan = forbidden ?? (planOnly.missing === null ? null : say('noHistory'));
  const obstacles = new Set([noRun, noPlan].filter((why) => why !== null));
  return el(
    'div',
    { class: 'plex-jit-buttons' },
    button({
      key: 'run',
      text: say('run'),
      icon: 'play',
      title: say('runTip'),
      disabled: noRun,
      press: () => press(id, false),
    }),
    button({
      key: 'plan-only',
      text: say('planOnly'),
      icon: 'eye',
      title: say('planOnlyTip'),
      disabled: noPlan,
      press: () => press(id, true),
    }),
    ...[...obstacles].map((why) => el('p', { class: 'plex-jit-hint plex-jit-obstacle' }, why)),
  );
}

const counted = (key: string, count: number): readonly string[] => (count > 0 ? [say(`counts.${key}`, { count })] : []);

/** Episodes and the searches that they take, one for all that are missing of a season; once some are done, what is left. */
export function toFetch(counts: Pick<PlanCounts, 'toSearch' | 'stillToSearch' | 'searches'>): readonly string[] {
  const { toSearch: count, stillToSearch, searches } = counts;
  if (stillToSearch < count) return counted('stillToFetch', stillToSearch);
  return count > 0 ? [say('counts.toFetch', { count, searches: many('counts.searches', searches) })] : [];
}

function countsLine({ plans, lastRun }: FlowView): Child {
  const own = plans.filter(({ runId }) => lastRun?.ids.includes(runId)).map(({ counts }) => counts);
  if (own.length === 0) return null;
  const sum = (of: keyof PlanCounts): number => own.reduce((all, counts) => all + counts[of], 0);
  const parts = [
    many('counts.shows', sum('shows')),
    many('counts.episodes', sum('episodes')),
    ...toFetch({ toSearch: sum('toSearch'), stillToSearch: sum('stillToSearch'), searches: sum('searches') }),
    ...counted('onTheWay', sum('onTheWay')),
    ...counted('grabbed', sum('grabbed')),
    ...counted('notFound', sum('notFound')),
    ...(sum('unmatched') > 0 ? [many('counts.unmatched', sum('unmatched'))] : []),
  ];
  return el('div', { class: 'plex-jit-counts' }, parts.join(' · '));
}

const ICONS = {
  waiting: 'hourglass-half',
  working: 'spinner fa-pulse',
  ok: 'check',
  failed: 'exclamation-triangle',
  stopped: 'stop',
} as const;

const isUnfinished = ({ state }: StepView): boolean => state === 'waiting' || state === 'working';

/** The node's status is quoted behind what is said in the editor's language: it would be half of an English sentence. */
const stepItem = (step: StepView): HTMLElement => {
  const { type, name, state, text, ms } = step;
  return el(
    'li',
    { class: `plex-jit-step plex-jit-step-${state}` },
    el('i', { class: `fa fa-${ICONS[state]}`, 'aria-hidden': 'true' }),
    ` ${name === '' ? say(`node.${type}`, {}, type) : name}: ${say(`step.${state}`)}`,
    !isUnfinished(step) && ` (${lasting(ms)})`,
    state !== 'waiting' && text !== '' && ' – ',
    state !== 'waiting' && text !== '' && english(text),
  );
};

const errorItem = ({ code, message, retryable }: ErrorView): HTMLElement =>
  el(
    'li',
    { class: 'plex-jit-error', 'data-code': code },
    english(message, 'div'),
    el('div', { class: 'plex-jit-need' }, `${code} · ${say(retryable ? 'lastRun.retryable' : 'lastRun.notRetryable')}`),
  );

const errors = ({ errors: all }: RunView): Child =>
  all.length > 0 &&
  fold(
    'errors',
    el('span', { class: 'plex-jit-error-title' }, say('lastRun.errors', { count: all.length })),
    true,
    el('ul', { class: 'plex-jit-list' }, ...all.map(errorItem)),
  );

function headline({ running, dryRun, startedAt, ms }: RunView): HTMLElement {
  const what = say(`lastRun.${running ? 'running' : 'last'}${dryRun ? 'Dry' : ''}`);
  return el(
    'div',
    { class: 'plex-jit-run-head' },
    el('strong', {}, what),
    running ? ', ' : ' ',
    moment(startedAt, (when) => (running ? say('lastRun.since', { when }) : when)),
    !running && `, ${say('lastRun.took', { time: lasting(ms) })}`,
  );
}

/** What the end of a run without a plan means; null when there is nothing to say. What is shown below says itself of when it is. */
function noPlanHint({ errors: all, steps }: RunView, isAnyShown: boolean): string | null {
  if (all.length > 0) return say(isAnyShown ? 'lastRun.failed' : 'lastRun.failedEmpty');
  if (steps.some(({ state }) => state === 'stopped')) return isAnyShown ? say('lastRun.failed') : null;
  return say('lastRun.noPlan');
}

/** Who pressed *Plan only* while a run is at work would else wait for a plan that is never shown. */
const lookHint = ({ startedAt }: NonNullable<FlowView['hiddenLook']>): HTMLElement =>
  el(
    'p',
    { class: 'plex-jit-hint' },
    moment(startedAt, (when) => say('lastRun.hiddenLook', { when })),
  );

/** What the last run did, and what went wrong. */
export function runSection(flow: FlowView): HTMLElement {
  const { lastRun, hiddenLook } = flow;
  if (lastRun === null) {
    return el(
      'section',
      { class: 'plex-jit-run plex-jit-empty' },
      el('p', {}, el('strong', {}, say('lastRun.never'))),
      el('p', {}, say(flow.forgets ? 'lastRun.neverForgets' : 'lastRun.neverHint')),
    );
  }
  const { steps, requests } = lastRun;
  const working = steps.filter(isUnfinished);
  const isOver = !lastRun.running && !flow.plans.some(({ runId }) => lastRun.ids.includes(runId));
  const hint = isOver ? noPlanHint(lastRun, flow.plans.length > 0) : null;
  return el(
    'section',
    { class: 'plex-jit-run' },
    headline(lastRun),
    countsLine(flow),
    working.length > 0 && el('ul', { class: 'plex-jit-list' }, ...working.map(stepItem)),
    errors(lastRun),
    hint !== null && el('p', { class: 'plex-jit-hint' }, hint),
    hiddenLook !== null && lookHint(hiddenLook),
    fold(
      'steps',
      say('lastRun.steps'),
      false,
      el('ul', { class: 'plex-jit-list' }, ...steps.map(stepItem)),
      el('p', { class: 'plex-jit-hint' }, say('lastRun.requests', { ...requests })),
    ),
  );
}
