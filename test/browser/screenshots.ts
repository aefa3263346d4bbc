/** Takes the pictures of docs/images/ in both themes: the flow after a run, each form, the sidebar. */
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exampleFlow, INJECT, withSettings } from '../e2e/bench.js';
import { EACH_LINE, HOW_TO_INSTALL_LINES } from '../e2e/lines.js';
import { ROOT } from '../e2e/packed.js';
import type { WorldFile } from '../sandbox/world/format.js';
import type { Editor } from './editor.js';
import { openStage, type Stage } from './stage.js';

const IMAGES = join(ROOT, 'docs/images');
/** Bytes. */
const LARGEST = 200_000;

const FORMS = ['history', 'lookup', 'next', 'search', 'priority', 'notify'];
const SERVERS = [
  { server: 'tautulli', form: 'jit-history' },
  { server: 'sonarr', form: 'jit-lookup' },
  { server: 'sabnzbd', form: 'jit-priority' },
];

const FLOW = { width: 1880, height: 700 };
const TALL = { width: 1880, height: 1060 };

type Theme = 'light' | 'dark';

class Pictures {
  constructor(
    private readonly editor: Editor,
    private readonly theme: Theme,
  ) {}

  async take(name: string, place?: string): Promise<void> {
    const path = join(IMAGES, `${name}-${this.theme}.png`);
    await this.editor.quiet();
    if (place === undefined) await this.editor.page.screenshot({ path });
    else await this.editor.page.locator(place).screenshot({ path });
    const { size } = await stat(path);
    process.stdout.write(`${path} ${size}\n`);
    if (size > LARGEST) throw new Error(`${path} has ${size} bytes, more than ${LARGEST}`);
  }

  /** The form in front, with no empty room below its last field. */
  async takeForm(name: string): Promise<void> {
    const { page } = this.editor;
    const bottom = await page
      .locator('.red-ui-tray form')
      .first()
      .evaluate((form) => Math.max(...[...form.children].map((row) => row.getBoundingClientRect().bottom)));
    await page.setViewportSize({ ...TALL, height: Math.min(TALL.height, Math.ceil(bottom) + 100) });
    await this.take(name, '.red-ui-tray');
    await page.setViewportSize(TALL);
  }
}

async function takeAll(stage: Stage, theme: Theme): Promise<void> {
  await using editor = await stage.open({ theme, ...FLOW });
  const pictures = new Pictures(editor, theme);
  const { page } = editor;
  // The palette and the lower half of the sidebar go; Node-RED remembers that for the next page.
  for (const shown of ['.red-ui-sidebar-toggle-button-left.selected', '.selected[data-tab-id=debug]'])
    if ((await page.locator(shown).count()) > 0) await page.locator(shown).click();
  await editor.upNext();
  await editor.page.locator('.plex-jit-up-next .plex-jit-viewer').first().waitFor();
  await editor.reads('jit-notify', /./);
  await pictures.take('flow');
  await page.setViewportSize(TALL);
  await pictures.take('sidebar', '.plex-jit-up-next');
  for (const form of FORMS) {
    await editor.open(`jit-${form}`);
    await pictures.takeForm(`form-${form}`);
    await editor.close('cancel');
  }
  for (const { server, form } of SERVERS) {
    await editor.open(form);
    await editor.editServer('server');
    await editor.test();
    await pictures.takeForm(`form-${server}`);
    await editor.close('cancel');
    await editor.close('cancel');
  }
}

async function main(): Promise<void> {
  const newest = EACH_LINE.at(-1);
  if (!newest || newest.skip) throw new Error(`The pictures need test/lines: ${HOW_TO_INSTALL_LINES}`);
  await mkdir(IMAGES, { recursive: true });
  const world = JSON.parse(await readFile(join(ROOT, 'test/sandbox/worlds/household.json'), 'utf8')) as WorldFile;
  const flow = withSettings(await exampleFlow(), { 'jit-next': { searchesPerRun: '4' } });
  const stage = await openStage({ world, flow, line: newest.line });
  try {
    await stage.home.red.run(INJECT, 120_000);
    for (const theme of ['light', 'dark'] as const) await takeAll(stage, theme);
  } finally {
    await stage.browser.close();
    await stage.home[Symbol.asyncDispose]();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
