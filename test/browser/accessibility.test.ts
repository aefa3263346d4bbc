import { readFile } from 'node:fs/promises';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleFlow } from '../e2e/bench.js';
import { twoPeople } from '../e2e/households.js';
import { requireLines } from '../e2e/lines.js';
import type { Editor } from './editor.js';
import { onEachLine } from './on-each-line.js';

/** What axe-core finds below an element that matters to somebody: `impact rule: element`. */
async function faults(editor: Editor, place: string): Promise<string[]> {
  const { page } = editor;
  if (!(await page.evaluate(() => 'axe' in window)))
    await page.addScriptTag({ content: await readFile(requireLines.resolve('axe-core/axe.min.js'), 'utf8') });
  const { violations, passes } = await page.evaluate(
    (selector) =>
      (window as unknown as { axe: { run(context: object): Promise<AxeResults> } }).axe.run({
        // Fields that keep browsers from filling in passwords are Node-RED's own.
        include: [[selector]],
        exclude: [['[id^=red-ui-trap]']],
      }),
    place,
  );
  if (passes.length === 0) throw new Error(`axe-core found nothing to check in ${place}`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => `${impact} ${id}: ${html.slice(0, 200)}`));
}

const FORM = '.red-ui-tray #dialog-form';
const SERVER_FORM = '.red-ui-tray #node-config-dialog-edit-form';
const SIDEBAR = '.plex-jit-up-next';

const FORMS = ['jit-history', 'jit-lookup', 'jit-next', 'jit-search', 'jit-priority', 'jit-notify'];
/** A form with a server, and the field that names it. */
const SERVERS = [
  { form: 'jit-history', field: 'server', server: 'tautulli' },
  { form: 'jit-lookup', field: 'server', server: 'sonarr' },
  { form: 'jit-priority', field: 'server', server: 'sabnzbd' },
];

onEachLine('forms and sidebar are usable by everybody', { world: twoPeople, flow: exampleFlow() }, (stage, line) => {
  // Node-RED 4.1 comes without a dark theme.
  const themes = line.name === '4.1' ? (['light'] as const) : (['light', 'dark'] as const);

  describe.each(themes)('in the %s theme', (theme) => {
    let editor: Editor;
    beforeAll(async () => {
      editor = await stage().open({ theme });
    });
    afterAll(() => editor[Symbol.asyncDispose]());

    it.each(FORMS)('axe-core finds nothing serious in the form of %s', async (id) => {
      await editor.open(id);
      const found = await faults(editor, FORM);
      await editor.close('cancel');
      expect(found).toEqual([]);
    });

    it('axe-core finds nothing serious in a rule', async () => {
      await editor.open('jit-next');
      await editor.form.locator('.red-ui-editableList-addButton').click();
      await editor.form.locator('.plex-jit-rule').waitFor();
      const found = await faults(editor, FORM);
      await editor.close('cancel');
      expect(found).toEqual([]);
    });

    it('axe-core finds nothing serious in an open list and in what was picked', async () => {
      await editor.open('jit-history');
      await editor.fill({ viewersAllowed: ['Ann'] });
      await editor.page.keyboard.press('ArrowDown');
      await editor.form.getByRole('option', { name: 'Bob' }).waitFor();
      const found = await faults(editor, FORM);
      await editor.close('cancel');
      expect(found).toEqual([]);
    });

    it.each(SERVERS)('axe-core finds nothing serious in the form of $server, tested', async ({ form, field }) => {
      await editor.open(form);
      await editor.editServer(field);
      await editor.test();
      const found = await faults(editor, SERVER_FORM);
      await editor.close('cancel');
      await editor.close('cancel');
      expect(found).toEqual([]);
    });

    it('axe-core finds nothing serious in the sidebar, empty and after a run', async () => {
      await editor.upNext();
      expect(await faults(editor, SIDEBAR)).toEqual([]);
      await stage().home.red.run('jit-inject');
      await (await editor.upNext()).getByText('Harbour Lights').first().waitFor();
      expect(await faults(editor, SIDEBAR)).toEqual([]);
    });

    it('prints no error and no warning in the browser', () => {
      expect(editor.complaints).toEqual([]);
    });
  });
});
