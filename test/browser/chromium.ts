import { access, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserType } from 'playwright-core';
import { requireLines } from '../e2e/lines.js';

const DEBIAN = '/usr/bin/chromium';

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * The browser of `@sparticuz/chromium`, unpacked once beside it. It unpacks into `os.tmpdir()` without asking whether
 * another process is at it, so each has a folder of its own and the first one done moves it into place.
 */
async function unpacked(): Promise<string> {
  const modules = dirname(dirname(dirname(dirname(requireLines.resolve('@sparticuz/chromium')))));
  const place = join(modules, '.cache-chromium');
  if (await exists(join(place, 'chromium'))) return join(place, 'chromium');
  const made = await mkdtemp(`${place}-`);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = made;
  try {
    const { default: chromium } = (await import(pathToFileURL(requireLines.resolve('@sparticuz/chromium')).href)) as {
      default: { executablePath(): Promise<string> };
    };
    await chromium.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  await rename(made, place).catch(() => rm(made, { recursive: true, force: true }));
  return join(place, 'chromium');
}

const ARGS = ['--no-sandbox', '--font-render-hinting=none'];

/** A headless Chromium: that of `test/lines`, or Debian's where that one cannot start. */
export async function startChromium(): Promise<Browser> {
  const { chromium } = requireLines('playwright-core') as { chromium: BrowserType };
  try {
    return await chromium.launch({ executablePath: await unpacked(), args: ARGS });
  } catch (error) {
    if (!(await exists(DEBIAN))) throw error;
    return chromium.launch({ executablePath: DEBIAN, args: ARGS });
  }
}
