/** The numbers that were promised, each beside what was measured. */
import type { Loading } from './loading.js';
import type { Cell, CellRun, RunKind } from './matrix.js';
import { median } from './median.js';
import type { GrabRun } from './six-shows.js';

export interface Target {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly met: boolean;
}

/** Units of a thread that are read afresh, and episode ids per request. */
const UNITS = 24;
const IDS = 400;

const runOf = (cell: Cell, kind: RunKind): CellRun => {
  const run = cell.runs.find((one) => one.kind === kind);
  if (run === undefined) throw new Error(`no run "${kind}"`);
  return run;
};

type Limit = Pick<Target, 'target' | 'measured' | 'met'>;

const named = ({ library, active }: Pick<Cell, 'library' | 'active'>): string => `${active} of ${library}`;
const upTo = (limit: number, measured: number, unit: string): Limit => ({
  target: `≤ ${round(limit)} ${unit}`,
  measured: `${round(measured)} ${unit}`,
  met: measured <= limit,
});
const below = (limit: number, measured: number, unit: string): Limit => ({
  target: `< ${limit} ${unit}`,
  measured: `${round(measured)} ${unit}`,
  met: measured < limit,
});

export const round = (value: number): number => (value < 100 ? Math.round(value * 10) / 10 : Math.round(value));

const idleRequests = (cell: Cell): Target => {
  const { tautulli, sonarr, sabnzbd } = runOf(cell, 'idle').requests;
  const most = 2 + Math.ceil((UNITS * cell.active) / IDS);
  return {
    what: `idle requests, ${named(cell)}`,
    target: `Tautulli 1, Sonarr ≤ ${most}, SABnzbd ≤ 1`,
    measured: `${tautulli}, ${sonarr}, ${sabnzbd}`,
    met: tautulli === 1 && sonarr <= most && sabnzbd <= 1,
  };
};

const idleTime = (cell: Cell): Target => ({
  what: `idle time above the bare sequence, ${named(cell)}`,
  ...upTo(100, runOf(cell, 'idle').ms - cell.bareIdle, 'ms'),
});

/** Each library against the smallest one with the same activity. */
const growth = (cells: readonly Cell[]): readonly Target[] =>
  cells.flatMap((cell) => {
    const smallest = cells.find(({ active }) => active === cell.active) ?? cell;
    if (smallest === cell) return [];
    const ratio = runOf(cell, 'idle').ms / runOf(smallest, 'idle').ms;
    return [
      {
        what: `idle time, ${named(cell)} against ${named(smallest)}`,
        target: '≤ 1.3 ×',
        measured: `${Math.round(ratio * 100) / 100} ×`,
        met: ratio <= 1.3,
      },
    ];
  });

/** Series; the size of which the first run, with cold caches, has a target. */
const READ_COLD = 5000;

const delays = (cell: Cell): readonly Target[] =>
  cell.runs
    .filter(({ kind, library }) => kind !== 'first' || library === READ_COLD)
    .map((run) => ({
      what: `longest turn, ${run.kind}, ${named(cell)}`,
      ...below(run.kind === 'first' ? 150 : 50, run.delay, 'ms'),
    }));

const memory = (cell: Cell): readonly Target[] =>
  cell.library === READ_COLD
    ? [{ what: `memory, first run, ${named(cell)}`, ...below(150, runOf(cell, 'first').memory, 'MiB') }]
    : [];

export const cellTargets = (cells: readonly Cell[]): readonly Target[] => [
  ...cells.map(idleRequests),
  ...cells.map(idleTime),
  ...growth(cells),
  ...cells.flatMap(delays),
  ...cells.flatMap(memory),
];

/** A single search that the bare sequence made, too, is in its time already. */
const SINGLE = 2000;

export const grabTargets = (flow: GrabRun, bare: GrabRun): readonly Target[] => {
  const extra = Math.max(0, flow.single - bare.single);
  return [
    {
      what: '17 grabs, cold: grabs and searches',
      target: '17, 7',
      measured: `${flow.grabs}, ${flow.searches}`,
      met: flow.grabs === 17 && flow.searches === bare.searches,
    },
    { what: '17 grabs, cold: requests', ...upTo(90, flow.requests, '') },
    { what: '17 grabs, cold: time', ...upTo(1.25 * bare.ms + extra * SINGLE, flow.ms, 'ms') },
    { what: '17 grabs, cold: first job on top', ...upTo(bare.firstOnTop + 1000, flow.firstOnTop, 'ms') },
    { what: 'a job on top after its grab (median)', ...upTo(1000, median(flow.onTopAfter), 'ms') },
    { what: 'a job on top after its grab (slowest)', ...upTo(1000, Math.max(...flow.onTopAfter), 'ms') },
  ];
};

export const loadingTargets = (all: readonly Loading[]): readonly Target[] =>
  all
    .filter(({ kind }) => kind === 'loaded')
    .flatMap(({ line, ms, memory: added }) => [
      { what: `loading all nodes, Node-RED ${line}`, ...below(100, ms, 'ms') },
      { what: `memory of all nodes, Node-RED ${line}`, ...below(15, added, 'MiB') },
    ]);

/** @param bytes of the unpacked package, without images */
export const sizeTarget = (bytes: number): Target => ({
  what: 'the package unpacked, without images',
  ...below(400, bytes / 1000, 'kB'),
});
