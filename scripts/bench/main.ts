/** `npm run bench`: measures, then prints tables and, after them, the same as JSON lines. Progress goes to stderr. */
import { parseArgs } from 'node:util';
import { packed } from '../../test/e2e/packed.js';
import { measureLoading } from './loading.js';
import { type Cell, measureCell, SIZES } from './matrix.js';
import { bareGrabs, flowGrabs, type GrabRun, middleRun } from './six-shows.js';
import { cellTable, grabTable, loadingTable, targetTable } from './tables.js';
import { cellTargets, grabTargets, loadingTargets, sizeTarget, type Target } from './targets.js';

const USAGE = `npm run bench [-- --quick | --load]
Measures the flow against the sandbox, beside the bare sequence of the right calls, and Node-RED's start with and
without the package, and the package's size; about nine minutes.
  --quick   one size and one run of the 17 grabs; about four minutes
  --load    only Node-RED's start and the size; about two minutes`;

const QUICK = { library: 500, active: 6, plays: 20 };
/** Runs of the 17 grabs, of which the median is told. */
const GRAB_RUNS = 2;

const progress = (text: string): void => {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
};

async function grabRuns(times: number): Promise<Readonly<Record<'flow' | 'bare', GrabRun>>> {
  const runs = { flow: [] as GrabRun[], bare: [] as GrabRun[] };
  for (let i = 0; i < times; i += 1) {
    progress(`17 grabs, bare sequence, ${i + 1} of ${times}`);
    runs.bare.push(await bareGrabs());
    progress(`17 grabs, the flow, ${i + 1} of ${times}`);
    runs.flow.push(await flowGrabs());
  }
  return { flow: middleRun(runs.flow), bare: middleRun(runs.bare) };
}

/** Tables for people, and the same figures for programs. */
interface Part {
  readonly tables: readonly string[];
  readonly lines: readonly object[];
  readonly targets: readonly Target[];
}

async function runsPart(quick: boolean): Promise<Part> {
  const cells: Cell[] = [];
  for (const size of quick ? [QUICK] : SIZES) {
    progress(`${size.library} series, ${size.active} active, ${size.plays} plays`);
    cells.push(await measureCell(size));
  }
  const grabs = await grabRuns(quick ? 1 : GRAB_RUNS);
  return {
    tables: [cellTable(cells), grabTable(grabs)],
    lines: [
      ...cells.flatMap(({ runs }) => runs.map((run) => ({ type: 'run', ...run }))),
      ...cells.map(({ library, active, plays, bareIdle }) => ({
        type: 'bare-idle',
        library,
        active,
        plays,
        ms: bareIdle,
      })),
      ...Object.entries(grabs).map(([who, run]) => ({ type: '17-grabs', who, ...run })),
    ],
    targets: [...cellTargets(cells), ...grabTargets(grabs.flow, grabs.bare)],
  };
}

async function loadingPart(): Promise<Part> {
  const loading = await measureLoading(progress);
  return {
    tables: [loadingTable(loading)],
    lines: loading.map((one) => ({ type: 'loading', ...one })),
    targets: [...loadingTargets(loading), sizeTarget((await packed()).size)],
  };
}

async function main(): Promise<void> {
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({ options: { quick: flag, load: flag, help: flag } });
  if (values.help) return void process.stdout.write(`${USAGE}\n`);
  const parts = [...(values.load ? [] : [await runsPart(values.quick === true)]), await loadingPart()];
  const targets = parts.flatMap((part) => part.targets);
  const lines = [...parts.flatMap((part) => part.lines), ...targets.map((target) => ({ type: 'target', ...target }))];
  const tables = [...parts.flatMap((part) => part.tables), targetTable(targets)];
  process.stdout.write(`${tables.join('\n\n')}\n\n${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
