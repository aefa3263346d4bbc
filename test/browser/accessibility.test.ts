import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleFlow, INJECT } from '../e2e/bench.js';
import { faults } from './axe.js';
import type { Editor } from './editor.js';
import { onEachLine } from './on-each-line.js';
import { BUSY, EMPTY, nobody, upNextAnswers, VIEW } from './up-next-view.js';
import { HOUSE } from './values.js';

const FORM = '.red-ui-tray #dialog-form';
const SERVER_FORM = '.red-ui-tray #node-config-dialog-edit-form';
const SIDEBAR = '.plex-jit-up-next';

/** Values that cannot be used, by form and field. */
const WRONG: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'jit-history': { daysToCheck: '999', rememberedDays: '-1', minimumProgress: '101' },
  'jit-lookup': { unitsRead: '-1' },
  'jit-next': { episodesToCheck: '999', checkOverflow: 'x', execFrequency: '-1', searchesPerRun: 'many' },
  'jit-search': { keepFree: '-1', seasonPacks: '-5' },
  'jit-priority': { waitForJob: 'x' },
  'jit-notify': { subject: '{{#open}}', body: '{{' },
};

/** A form with a server, and the field that names it. */
const SERVERS = [
  { form: 'jit-history', field: 'server', server: 'tautulli' },
  { form: 'jit-lookup', field: 'server', server: 'sonarr' },
  { form: 'jit-priority', field: 'server', server: 'sabnzbd' },
];

onEachLine('forms and sidebar are usable by everybody', { world: HOUSE, flow: exampleFlow() }, (stage, line) => {
  // Node-RED 4.1 comes without a dark theme.
  const themes = line.name === '4.1' ? (['light'] as const) : (['light', 'dark'] as const);

  describe.each(themes)('in the %s theme', (theme) => {
    let editor: Editor;
    beforeAll(async () => {
      editor = await stage().open({ theme, height: 4000 });
    });
    afterAll(() => editor[Symbol.asyncDispose]());

    const field = (name: string): Locator => editor.form.locator(`#node-input-${name}, #node-config-input-${name}`);
    /** Values that cannot be used are marked, and nothing else. */
    const enterWrong = async (values: Readonly<Record<string, string>>): Promise<void> => {
      for (const [name, value] of Object.entries(values)) await field(name).fill(value);
      const marked = await editor.form
        .locator('[aria-invalid=true]')
        .evaluateAll((all) => all.map(({ id }) => id.replace(/^node-(config-)?input-/, '')));
      expect.soft(marked.sort()).toEqual(Object.keys(values).sort());
    };

    it.each(Object.entries(WRONG))(
      'axe-core finds nothing serious in the form of %s, nor when its values are marked as wrong',
      async (id, wrong) => {
        await editor.open(id);
        const found = await faults(editor, FORM);
        await enterWrong(wrong);
        found.push(...(await faults(editor, FORM)));
        await editor.close('cancel');
        expect(found).toEqual([]);
      },
    );

    describe('in rules', () => {
      beforeAll(async () => {
        await editor.open('jit-next');
      });
      afterAll(() => editor.close('cancel'));
      const rows = (): Locator => editor.form.locator('.plex-jit-rule');
      const add = async (): Promise<Locator> => {
        const count = await rows().count();
        await editor.form.locator('.red-ui-editableList-addButton').click();
        const row = rows().nth(count);
        await row.waitFor();
        return row;
      };

      it('axe-core finds nothing serious, be there one, several, or one that cannot be used', async () => {
        await add();
        const found = await faults(editor, FORM);
        for (const [kind, name] of [
          ['viewer', 'Ann'],
          ['tag', 'by-hand'],
        ] as const) {
          const row = await add();
          await row.locator('select').selectOption(kind);
          await row.locator('.plex-jit-pick input').click();
          await row.getByRole('option', { name }).click();
        }
        await rows().last().locator('input').last().fill('51');
        await field('episodesToCheck').focus();
        await editor.form.getByText('Rule 1 has no name').waitFor();
        expect([...found, ...(await faults(editor, FORM))]).toEqual([]);
      });

      it('axe-core finds nothing serious in the open list of one', async () => {
        await rows().nth(1).locator('select').selectOption('library');
        await rows().nth(1).locator('.plex-jit-pick input').click();
        await rows().nth(1).getByRole('option', { name: 'TV Shows' }).waitFor();
        await editor.page.keyboard.press('ArrowDown');
        expect(await faults(editor, FORM)).toEqual([]);
      });
    });

    describe('in what is picked', () => {
      it('axe-core finds nothing serious: chips, one that is not known, an open list, one without a match', async () => {
        await editor.open('jit-history');
        await editor.fill({ viewersAllowed: ['Ann'] });
        const { keyboard } = editor.page;
        await keyboard.type('Nobody');
        await editor.form.getByText('No match in').waitFor();
        const found = await faults(editor, FORM);
        await keyboard.press('Enter');
        await editor.form.locator('.plex-jit-chips [role=img]').waitFor();
        await keyboard.press('ArrowDown');
        await editor.form.getByRole('option', { name: 'Bob' }).waitFor();
        await keyboard.press('ArrowDown');
        found.push(...(await faults(editor, FORM)));
        await editor.close('cancel');
        expect(found).toEqual([]);
      });

      it('axe-core finds nothing serious: the one of a list, the list of one, and an answer that did not come', async () => {
        await editor.open('jit-notify');
        await editor.fill({ notifier: ['Family'] });
        await editor.page.keyboard.press('ArrowDown');
        await editor.form.getByRole('option', { name: 'Family' }).waitFor();
        const found = await faults(editor, FORM);
        await editor.page.keyboard.press('Escape');
        await editor.close('cancel');
        await editor.page.route('**/plex-jit/list', (route) => route.fulfill({ status: 502, body: 'broken' }));
        await editor.open('jit-lookup');
        await editor.form.locator('#node-input-excludeTags-pick').click();
        await editor.form.getByText('Node-RED answered with status 502').waitFor();
        found.push(...(await faults(editor, FORM)));
        await editor.page.unroute('**/plex-jit/list');
        await editor.close('cancel');
        expect(found).toEqual([]);
      });
    });

    it.each(SERVERS)(
      'axe-core finds nothing serious in the form of $server: tested, tested in vain, marked as wrong',
      async ({ form, field: server }) => {
        await editor.open(form);
        await editor.editServer(server);
        expect.soft((await editor.test()).join()).toContain('ok: ');
        const found = await faults(editor, SERVER_FORM);
        await field('apiKey').fill('not-the-key');
        expect.soft((await editor.test()).join()).toContain('bad: ');
        const more = editor.form.locator('.plex-jit-more[aria-expanded=false]');
        if ((await more.count()) > 0) await more.click();
        found.push(...(await faults(editor, SERVER_FORM)));
        await enterWrong({ url: 'ftp://nowhere', timeout: '-1' });
        found.push(...(await faults(editor, SERVER_FORM)));
        await editor.close('cancel');
        await editor.close('cancel');
        expect(found).toEqual([]);
      },
    );

    it('axe-core finds nothing serious in findings of every kind', async () => {
      const findings = ['ok', 'warning', 'error'].map((level) => ({
        level,
        code: 'x',
        params: {},
        text: `It is ${level}.`,
      }));
      await editor.page.route('**/plex-jit/test', (route) => route.fulfill({ json: { findings } }));
      await editor.open('jit-history');
      await editor.editServer('server');
      expect(await editor.test()).toEqual(['ok: It is ok.', 'warn: It is warning.', 'bad: It is error.']);
      const found = await faults(editor, SERVER_FORM);
      await editor.page.unroute('**/plex-jit/test');
      await editor.close('cancel');
      await editor.close('cancel');
      expect(found).toEqual([]);
    });

    describe('in the sidebar', () => {
      let sidebar: Locator;
      beforeAll(async () => {
        // In Node-RED 5.0 it shares the height with another tab, until that is folded away.
        const other = editor.page.locator('.selected[data-tab-id=debug]');
        if ((await other.count()) > 0) await other.click();
        sidebar = await editor.upNext();
      });
      /** With all that is folded away. */
      const found = async (): Promise<string[]> => {
        await sidebar
          .locator('details')
          .evaluateAll((all: HTMLDetailsElement[]) => all.forEach((one) => (one.open = true)));
        return faults(editor, SIDEBAR);
      };

      it('axe-core finds nothing serious before and after a run', async () => {
        const before = await faults(editor, SIDEBAR);
        await stage().home.red.run(INJECT);
        await sidebar.getByText('Harbour Lights').first().waitFor();
        expect([...before, ...(await found())]).toEqual([]);
      });

      it.each([
        { what: 'everything has happened', view: VIEW, words: 'Lantern Street' },
        {
          what: 'a run is under way, plans are recalled, buttons are off',
          view: BUSY,
          words: 'before Node-RED restarted',
        },
        { what: 'nobody watches anything', view: nobody(null), words: 'Nobody has watched anything recently.' },
        { what: 'nothing is deployed', view: EMPTY, words: 'not deployed yet' },
      ])('axe-core finds nothing serious where $what', async ({ view, words }) => {
        await upNextAnswers(editor, { json: view });
        await sidebar.getByText(words).first().waitFor();
        expect(await found()).toEqual([]);
      });

      it('axe-core finds nothing serious where there are no nodes', async () => {
        await editor.invoke('core:select-all-nodes');
        await editor.invoke('core:delete-selection');
        await sidebar.getByText('No flow uses these nodes yet.').waitFor();
        const empty = await found();
        await editor.invoke('core:undo');
        await sidebar.getByText('not deployed yet').waitFor();
        expect(empty).toEqual([]);
      });

      it('axe-core finds nothing serious where a show is about to be ignored, and where there is no answer', async () => {
        await upNextAnswers(editor, { json: VIEW });
        await sidebar.getByRole('button', { name: 'Ignore this show: Lantern Street' }).click();
        await sidebar.getByText('Ignored once you deploy').waitFor();
        const pending = await found();
        await sidebar.getByRole('button', { name: 'Undo' }).click();
        await upNextAnswers(editor, { status: 500, json: { error: 'It failed.' } });
        await sidebar.getByRole('alert').getByText('It failed.').waitFor();
        const failed = await found();
        await upNextAnswers(editor, null);
        await sidebar.getByRole('alert').waitFor({ state: 'detached' });
        expect([...pending, ...failed]).toEqual([]);
      });
    });

    it('prints no error and no warning in the browser', () => {
      // Chromium tells of the answers that were made to fail.
      expect(editor.complaints.filter((said) => !/status of 50[02]/.test(said))).toEqual([]);
    });
  });
});
