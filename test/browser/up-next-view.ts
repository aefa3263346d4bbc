import type { Route } from 'playwright-core';
import type { EpisodeView, FlowView, PlanView, Recalled, UpNextView } from '../../src/core/up-next/index.js';
import type { Editor } from './editor.js';

const HOUR = 3_600_000;
const now = Date.now();
const at = (hours: number): string => new Date(now + hours * HOUR).toISOString();

const episode = (id: number, of: Partial<EpisodeView>): EpisodeView => ({
  ...{ id, label: `S01E0${id}`, title: `Part ${id}`, series: 'Tidal', code: 'search', text: '', details: [] },
  ...{ until: null, neededBy: null, viewers: [], progress: null, readyAt: null, queue: null },
  ...of,
});

const PLAN: PlanView & Recalled = {
  ...{ runId: 'r1', at: at(-1), dryRun: false, partial: false, recalled: false, leftOut: 4 },
  sonarr: { id: 'jit-sonarr', name: 'sonarr', url: 'http://sonarr:8989' },
  counts: {
    ...{ shows: 2, episodes: 17, toSearch: 9, stillToSearch: 3, searches: 2, grabbed: 1, notFound: 5, onTheWay: 6 },
    ...{ unmatched: 8, errors: 2 },
  },
  notes: ['Sonarr has no root folder for anime.'],
  openWants: [4],
  unmatched: [
    {
      ...{ title: 'Lantern Street', code: 'series-not-in-sonarr', text: '', plays: 1, ignoreId: 'tvdb:510009' },
      viewers: ['Ann'],
    },
    { title: 'Twins', code: 'ambiguous-title', text: '', plays: 7, ignoreId: '', viewers: ['Ann', 'Bob'] },
  ],
  viewers: [
    {
      ...{ id: '1', name: 'Ann' },
      threads: [
        {
          ...{ series: 'Tidal', slug: 'tidal', position: 'S01E00', playing: false, playedAt: at(-3) },
          ...{ state: 'watching', text: '', next: [1, 2, 3] },
        },
      ],
    },
    {
      ...{ id: '2', name: 'Bob' },
      threads: [
        {
          ...{ series: 'Tidal', slug: '', position: 'S01E04', playing: true, playedAt: at(0) },
          ...{ state: 'watching', text: '', next: [5, 6, 7, 8, 9] },
        },
        {
          ...{ series: 'Slow Boat', slug: 'slow-boat', position: 'S03E08', playing: false, playedAt: at(-30) },
          ...{ state: 'end-of-series', text: '', next: [] },
        },
      ],
    },
  ],
  episodes: [
    episode(1, {
      ...{ code: 'cooling-down', until: at(5), neededBy: at(2), viewers: ['Ann', 'Bob'] },
      queue: { position: 2, priority: 'High' },
    }),
    episode(2, {
      ...{ code: 'result-failed', text: 'Sonarr answered with status 500', neededBy: at(-1) },
      details: ['Unable to connect to indexer'],
    }),
    episode(3, { code: 'result-grabbed', details: ['Tidal.S01E03.1080p-GRP'] }),
    episode(4, { code: 'result-nothing-found', viewers: ['Cleo'] }),
    episode(5, { code: 'blocked', neededBy: at(1), viewers: ['Bob'], details: ['Not enough space'] }),
    episode(6, { code: 'failed', neededBy: at(2), viewers: ['Bob'] }),
    episode(7, { code: 'downloading', progress: 40, readyAt: at(1), viewers: ['Bob'] }),
    episode(8, { code: 'on-disk' }),
    episode(9, { code: 'not-aired', until: at(50), viewers: ['Bob'] }),
  ],
};

const FLOW: FlowView = {
  ...{ id: 'jit-example-tab', home: 'jit-example-tab', label: 'Plex Just-In-Time', forgets: false, hiddenLook: null },
  ...{ run: { missing: null }, planOnly: { missing: null } },
  lastRun: {
    ...{ ids: ['r1'], startedAt: at(-1), ms: 3200, running: false, dryRun: false, recalled: false },
    requests: { tautulli: 2, sonarr: 11, sabnzbd: 3 },
    steps: [
      { node: 'a', type: 'sonarr-search', name: '', state: 'ok', text: '1 of 2 grabbed', ms: 900 },
      { node: 'b', type: 'sabnzbd-priority', name: 'on top', state: 'failed', text: 'no answer', ms: 400 },
    ],
    errors: [
      { code: 'timeout', service: 'sabnzbd', retryable: true, message: 'SABnzbd did not answer within 30 s.' },
      { code: 'key-refused', service: 'sonarr', retryable: false, message: 'Sonarr refused the API key.' },
    ],
  },
  plans: [PLAN],
};

const viewOf = (...flows: readonly FlowView[]): UpNextView => ({ revision: 1, now, flows });

/** A run in which about everything has happened. */
export const VIEW = viewOf(FLOW);

/** No flow runs. */
export const EMPTY = viewOf();

const SECOND = { ...FLOW, id: 'second', home: 'second', label: 'Second' };

/** Two flows: one that was planned before the restart, for two Sonarrs, and does something now; one that has not run. */
export const BUSY = viewOf(
  {
    ...SECOND,
    ...{ run: { missing: 'no-inject' }, planOnly: { missing: 'no-history' } },
    lastRun: {
      ...{ ids: ['r2'], startedAt: at(0), ms: 300, running: true, dryRun: true, recalled: false, errors: [] },
      requests: { tautulli: 2, sonarr: 1, sabnzbd: 0 },
      steps: [
        { node: 'a', type: 'sonarr-lookup', name: '', state: 'working', text: '1/2', ms: 300 },
        { node: 'b', type: 'next-episodes', name: '', state: 'waiting', text: '', ms: 0 },
      ],
    },
    plans: [
      { ...PLAN, recalled: true },
      { ...PLAN, sonarr: { ...PLAN.sonarr, id: 'other', name: 'other' }, dryRun: true, partial: true },
    ],
  },
  { ...FLOW, lastRun: null, plans: [] },
);

/** Nobody watches anything; with a node that reads the history, or with plays from another source. */
export const nobody = (missing: FlowView['planOnly']['missing']): UpNextView =>
  viewOf({ ...FLOW, planOnly: { missing }, plans: [{ ...PLAN, viewers: [], episodes: [], unmatched: [] }] });

const UP_NEXT = '**/plex-jit/up-next*';

/** From now on the sidebar is given this answer, and asks for it; null: Node-RED's own. */
export async function upNextAnswers({ page }: Editor, answer: Parameters<Route['fulfill']>[0] | null): Promise<void> {
  await page.unroute(UP_NEXT);
  if (answer !== null) await page.route(UP_NEXT, (route) => route.fulfill(answer));
  // As after a deploy; where it is not in front it asks once it is.
  await page.evaluate(() => (window as unknown as { RED: Emitting }).RED.events.emit('deploy'));
}

interface Emitting {
  readonly events: { emit(name: string): void };
}
