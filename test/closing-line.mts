import { existsSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

const LINES = new URL('lines/node_modules', import.meta.url);

/** Prints the one closing line that people and CI read: `N passed, N failed, N skipped`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      const before = count.failed;
      for (const test of module.children.allTests()) {
        const state = test.result().state;
        count[state === 'pending' ? 'skipped' : state] += 1;
      }
      // A file that could not be loaded holds no tests and must still count.
      if (module.state() === 'failed' && count.failed === before) count.failed += 1;
    }
    count.failed += unhandled.length;
    if (count.skipped > 0 && !existsSync(LINES))
      process.stdout.write(
        '\nSkipped: Node-RED 5.0 and the browser. To run them: npm ci --prefix test/lines --ignore-scripts\n',
      );
    process.stdout.write(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`);
  }
}
