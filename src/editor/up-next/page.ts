import type { FlowView, PlanView, UpNextView } from '../../core/up-next/index.js';
import { text } from '../texts.js';
import { type Child, button, el, fold } from './dom.js';
import { english } from './episode.js';
import { diagnostics, help } from './footer.js';
import { red } from './red.js';
import { runButtons, runSection } from './run.js';
import type { Unanswered } from './server.js';
import { clockText } from './times.js';
import { unmatchedSection } from './unmatched.js';
import { openWants, viewerSections } from './viewers.js';
import { say } from './words.js';
import { inWorkspace } from './workspace.js';

/** What is shown, and what the page can ask for. */
export interface Shown {
  /** The last answer; null before the first. */
  readonly view: UpNextView | null;
  readonly failure: Unanswered | null;
  /** The flow that was picked. */
  readonly flow: string | null;
  readonly pick: (flow: string) => void;
  readonly retry: () => void;
}

const empty = (name: string, ...children: readonly Child[]): HTMLElement =>
  el('section', { class: `plex-jit-empty plex-jit-${name}` }, ...children);

const told = (first: Child, ...more: readonly Child[]): readonly HTMLElement[] => [
  el('p', {}, el('strong', {}, first)),
  ...more.filter((one) => one !== '').map((one) => el('p', {}, one)),
];

/** Why there is no answer, and what can be done about it. */
function failureWords({ status, said }: Unanswered): readonly HTMLElement[] {
  if (status === 401 || status === 403) return told(say('empty.forbidden'), say('empty.forbiddenHint'));
  if (status === 0) return told(text('request.unreachable'), say('empty.unreachableHint'));
  return told(text('request.failed', { status }), said === '' ? '' : english(said), say('empty.answeredHint'));
}

function failureSection({ failure, retry }: Shown): Child {
  if (failure === null) return null;
  const section = empty(
    'failure',
    ...failureWords(failure),
    button({ key: 'retry', text: say('empty.retry'), icon: 'refresh', press: retry }),
  );
  section.setAttribute('role', 'alert');
  return section;
}

const NOT_RUNNING = {
  enabled: () => told(say('empty.notDeployed'), say('empty.notDeployedHint')),
  disabled: () => told(say('empty.disabled'), say('empty.disabledHint')),
} as const;

function noNodes(): HTMLElement {
  const there = inWorkspace();
  if (there !== 'none') return empty('not-running', ...NOT_RUNNING[there]());
  return empty(
    'no-nodes',
    ...told(say('empty.noNodes'), say('empty.noNodesHint')),
    button({
      key: 'import',
      text: say('empty.import'),
      icon: 'download',
      press: () => red().actions.invoke('core:show-examples-import-dialog'),
    }),
  );
}

function picker(flows: readonly FlowView[], chosen: FlowView, pick: Shown['pick']): HTMLElement {
  if (flows.length === 1) return el('div', { class: 'plex-jit-flow-name' }, chosen.label);
  const select = el(
    'select',
    { id: 'plex-jit-flow', 'data-key': 'flow' },
    ...flows.map(({ id, label }) => el('option', { value: id, selected: id === chosen.id }, label)),
  );
  select.addEventListener('change', () => pick(select.value));
  return el('div', { class: 'plex-jit-flow' }, el('label', { for: 'plex-jit-flow' }, say('flow')), select);
}

/** A node is often named after what it is. */
const sonarrName = (name: string): string => (/sonarr/i.test(name) ? name : say('sonarr', { name }));

function planHead(plan: FlowView['plans'][number], { plans, lastRun }: FlowView): readonly Child[] {
  const isEarlier = lastRun?.ids.includes(plan.runId) !== true && !plan.recalled;
  return [
    plans.length > 1 && el('h2', {}, sonarrName(plan.sonarr.name)),
    // First of all: what follows is of then.
    isEarlier && el('p', { class: 'plex-jit-hint' }, say('planned', { when: clockText(plan.at) })),
    plan.recalled && el('p', { class: 'plex-jit-dry' }, say('recalled', { when: clockText(plan.at) })),
    plan.dryRun && el('p', { class: 'plex-jit-dry' }, say('dry')),
    plan.partial && el('p', { class: 'plex-jit-hint' }, say('partial')),
  ];
}

const notes = ({ notes: all, leftOut, sonarr }: PlanView): Child =>
  all.length + leftOut > 0 &&
  fold(
    `notes-${sonarr.id}`,
    say('notes'),
    false,
    el('ul', { class: 'plex-jit-list' }, ...all.map((note) => el('li', {}, english(note)))),
    leftOut > 0 && el('p', {}, say('leftOut', { count: leftOut })),
  );

/** Without a history node the plays come from another source, which has settings of its own. */
const noViewersHint = ({ planOnly }: FlowView): string =>
  say(planOnly.missing === null ? 'empty.noViewersHint' : 'empty.noViewersElsewhere');

const planSection = (flow: FlowView, plan: FlowView['plans'][number]): HTMLElement =>
  el(
    'section',
    { class: 'plex-jit-plan' },
    ...planHead(plan, flow),
    ...(plan.viewers.length > 0
      ? viewerSections(plan)
      : [empty('no-viewers', ...told(say('empty.noViewers'), noViewersHint(flow)))]),
    openWants(plan),
    unmatchedSection(flow.home, plan),
    notes(plan),
  );

function flowPage(flows: readonly FlowView[], { flow, pick }: Shown): readonly Child[] {
  const chosen = flows.find(({ id }) => id === flow) ?? flows[0];
  if (chosen === undefined) return [noNodes()];
  return [
    el('div', { class: 'plex-jit-top' }, picker(flows, chosen, pick), runButtons(chosen)),
    runSection(chosen),
    ...chosen.plans.map((plan) => planSection(chosen, plan)),
  ];
}

/** Everything below the tab's title. */
export function page(shown: Shown): readonly Child[] {
  const { view, failure } = shown;
  return [
    failureSection(shown),
    ...(view === null
      ? [failure === null && el('p', { class: 'plex-jit-hint' }, say('loading'))]
      : flowPage(view.flows, shown)),
    help(),
    diagnostics(),
  ];
}
