import { describe } from 'vitest';
import { startHousehold, withSettings, type Household, type HouseholdOptions } from '../e2e/bench.js';
import { EACH_LINE, type Line } from '../e2e/lines.js';
import type { WorldFile } from '../sandbox/index.js';
import { readExample, type FlowNode } from './flows.js';

export interface Stage {
  readonly number: string;
  readonly world: WorldFile;
  /** The node behind which a run has ended: each message that it sends is noticed by `red.run`. */
  readonly last: string;
  /** Other settings for some nodes. */
  readonly settings?: Readonly<Record<string, object>>;
  readonly options?: HouseholdOptions;
}

/** The same tests on each line of Node-RED; skipped without `test/lines`. */
export const onEachLine = (title: string, tests: (line: Line) => void): void => {
  for (const { line, skip } of EACH_LINE)
    describe.skipIf(skip)(`Node-RED ${line.name}: ${title}`, () => {
      tests(line);
    });
};

const PROBE = 'probe';

/** A request behind the last node tells the test that the run has ended. */
const probed = (flow: readonly FlowNode[], last: string): readonly FlowNode[] => {
  const node = flow.find(({ id }) => id === last);
  if (!node) throw new Error(`${last} is not in the example`);
  const probe = {
    id: PROBE,
    type: 'http request',
    z: node.z,
    method: 'GET',
    ret: 'txt',
    url: '${UPTIME_URL}',
    wires: [[]],
  };
  const wires = (node.wires ?? []).map((output) => [...output, PROBE]);
  return [...flow.map((one) => (one === node ? { ...one, wires } : one)), probe as unknown as FlowNode];
};

/** Prints what the debug nodes show. */
const printing = (flow: readonly FlowNode[]): readonly FlowNode[] =>
  flow.map((node) => (node.type === 'debug' ? { ...node, console: true } : node));

type Setup = Pick<Stage, 'number' | 'last' | 'settings'>;

const starts = ({ red }: Household): number => red.output.split('Started flows').length;

/** A full deploy of the example, as the editor does it. */
export const deployExample = async (home: Household, { number, last, settings = {} }: Setup): Promise<void> => {
  const before = starts(home);
  const flow = withSettings([...printing(probed(readExample(number), last))], settings);
  const answer = await fetch(`${home.red.url}/flows`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'node-red-deployment-type': 'full' },
    body: JSON.stringify(flow),
  });
  if (!answer.ok) throw new Error(`the deploy: ${answer.status} ${await answer.text()}`);
  // Node-RED answers when the flow is saved; it starts a moment later.
  await until(() => starts(home) > before, 'the start of the example');
};

/** The example imported and deployed in a Node-RED with the packed package, around a sandbox. */
export const stageExample = async ({ world, options = {}, ...setup }: Stage): Promise<Household> => {
  const home = await startHousehold(world, [{ id: 'empty', type: 'tab', label: 'empty' }], options);
  await deployExample(home, setup);
  return home;
};

/** Waits for what comes without a run of its own. */
export const until = async (look: () => boolean, what: string, within = 15_000): Promise<void> => {
  const deadline = Date.now() + within;
  while (!look()) {
    if (Date.now() > deadline) throw new Error(`waited ${within} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
