import { afterAll, beforeAll, describe } from 'vitest';
import { EACH_LINE, linesInstalled, type Line } from '../e2e/lines.js';
import { openStage, type Stage, type StageOptions } from './stage.js';

/** The same tests on each line, each with a Node-RED and a browser of its own; skipped without `test/lines`. */
export function onEachLine(
  title: string,
  options: StageOptions,
  tests: (stage: () => Stage, line: Line) => void,
): void {
  for (const { line } of EACH_LINE)
    describe.skipIf(!linesInstalled)(`Node-RED ${line.name}: ${title}`, () => {
      let stage: Stage | undefined;
      beforeAll(async () => {
        stage = await openStage({ ...options, line });
      }, 60_000);
      afterAll(async () => {
        await stage?.browser.close();
        await stage?.home[Symbol.asyncDispose]();
      });
      tests(() => {
        if (!stage) throw new Error('the stage is not set');
        return stage;
      }, line);
    });
}
