/** Figures as text for a terminal, and for docs/benchmark.md. */
import type { Loading } from './loading.js';
import type { Cell } from './matrix.js';
import type { GrabRun } from './six-shows.js';
import { round, type Target } from './targets.js';

/** A table in Markdown; columns of numbers to the right. */
const table = (heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string => {
  const lines = [heads, ...rows].map((row) => row.map(String));
  const widths = heads.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const right = heads.map((_, i) => rows.every((row) => typeof row[i] === 'number'));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => (right[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, i) => (right[i] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  const [head = [], ...body] = lines;
  return [line(head), line(rule), ...body.map(line)].join('\n');
};

export const cellTable = (cells: readonly Cell[]): string =>
  table(
    [
      'series',
      'active',
      'plays',
      'run',
      'Tautulli',
      'Sonarr',
      'SABnzbd',
      'kB',
      'ms',
      'bare ms',
      'CPU ms',
      'turn ms',
      'MiB',
    ],
    cells.flatMap(({ runs, bareIdle }) =>
      runs.map(({ library, active, plays, kind, requests, bytes, ms, cpu, delay, memory }) => [
        library,
        active,
        plays,
        kind,
        requests.tautulli,
        requests.sonarr,
        requests.sabnzbd,
        Math.round(bytes / 1000),
        Math.round(ms),
        kind === 'idle' ? String(round(bareIdle)) : '',
        Math.round(cpu),
        round(delay),
        round(memory),
      ]),
    ),
  );

export const grabTable = (runs: Readonly<Record<string, GrabRun>>): string =>
  table(
    ['17 grabs', 'grabs', 'searches', 'of one episode', 'requests', 'ms', 'first on top ms', 'slowest on top ms'],
    Object.entries(runs).map(([name, run]) => [
      name,
      run.grabs,
      run.searches,
      run.single,
      run.requests,
      Math.round(run.ms),
      Math.round(run.firstOnTop),
      Math.max(...run.onTopAfter),
    ]),
  );

export const loadingTable = (all: readonly Loading[]): string =>
  table(
    ['Node-RED', 'package', 'start ms', 'without ms', 'added ms', 'added CPU ms', 'added MiB'],
    all.map(({ line, kind, ms, cpu, memory, ...start }) => [
      line,
      kind === 'loaded' ? 'loaded, not used' : 'with the example flow',
      Math.round(start.with),
      Math.round(start.without),
      Math.round(ms),
      Math.round(cpu),
      round(memory),
    ]),
  );

export const targetTable = (targets: readonly Target[]): string =>
  table(
    ['figure', 'target', 'measured', ''],
    targets.map(({ what, target, measured, met }) => [what, target.trim(), measured.trim(), met ? 'met' : 'NOT MET']),
  );
