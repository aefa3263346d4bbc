import type { Browser } from 'playwright-core';
import { startHousehold, type Household, type HouseholdOptions } from '../e2e/bench.js';
import type { Line } from '../e2e/lines.js';
import type { WorldFile } from '../sandbox/world/format.js';
import { startChromium } from './chromium.js';
import { Editor, type EditorOptions } from './editor.js';

/** What a browser test works with: the packed package in a Node-RED, the sandbox around it, and a browser. */
export interface Stage {
  readonly line: Line;
  readonly home: Household;
  readonly browser: Browser;
  open(options?: EditorOptions): Promise<Editor>;
}

export interface StageOptions extends HouseholdOptions {
  readonly world: WorldFile;
  readonly flow?: readonly object[] | Promise<readonly object[]>;
}

/** Sets the stage on one line. */
export async function openStage({ world, flow = [], ...options }: StageOptions & { line: Line }): Promise<Stage> {
  const home = await startHousehold(world, await flow, options);
  const browser = await startChromium();
  return { line: options.line, home, browser, open: (how) => Editor.open(browser, home.red.url, how) };
}
