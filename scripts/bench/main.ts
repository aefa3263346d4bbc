/** `npm run bench`: measures, then prints tables and, after them, the same as JSON lines. Progress goes to stderr. */
import { parseArgs } from 'node:util';
import { type Cell, measureCell, SIZES } from './matrix.js';
import { bareGrabs, flowGrabs, type GrabRun, middleRun } from './six-shows.js';
import { cellTable, grabTable, targetTable } from './tables.js';
import { cellTargets, grabTargets } from './targets.js';

const USAGE = `npm run bench [-- --quick]
Measures the flow against the sandbox, beside the bare sequence of the right calls; about seven minutes.
  --quick   one size and one run of the 17 grabs; about two minutes`;

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

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return void process.stdout.write(`${USAGE}\n`);
  const cells: Cell[] = [];
  for (const size of values.quick ? [QUICK] : SIZES) {
    progress(`${size.library} series, ${size.active} active, ${size.plays} plays`);
    cells.push(await measureCell(size));
  }
  const grabs = await grabRuns(values.quick ? 1 : GRAB_RUNS);
  const targets = [...cellTargets(cells), ...grabTargets(grabs.flow, grabs.bare)];
  const lines = [
    ...cells.flatMap(({ runs }) => runs.map((run) => ({ type: 'run', ...run }))),
    ...cells.map(({ library, active, plays, bareIdle }) => ({
      type: 'bare-idle',
      library,
      active,
      plays,
      ms: bareIdle,
    })),
    ...Object.entries(grabs).map(([who, run]) => ({ type: '17-grabs', who, ...run })),
    ...targets.map((target) => ({ type: 'target', ...target })),
  ];
  const tables = [cellTable(cells), grabTable(grabs), targetTable(targets)];
  process.stdout.write(`${tables.join('\n\n')}\n\n${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
