import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Editor } from './editor.js';
import { FLOW_FORMS, flows, SERVER_FORMS, STORES, VARIABLES, type Filling } from './every-value.js';
import { onEachLine } from './on-each-line.js';
import { HOUSE } from './values.js';
import { allShown, WholeForm } from './whole-form.js';

onEachLine('every field of every form', { world: HOUSE, flow: flows(), settings: STORES }, (stage) => {
  let editor: Editor;
  let form: WholeForm;
  /** The flow as it is saved, a node each. */
  let saved: readonly string[];
  /** Node-RED adds a node to each export that says which packages are needed, by an id of its own. */
  const exported = async (): Promise<readonly string[]> =>
    (await editor.exported()).split(/,(?=\{"id":)/).filter((node) => !node.includes('"type":"global-config"'));
  beforeAll(async () => {
    editor = await stage().open({ width: 1900 });
    form = new WholeForm(editor);
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  /** What has another value than before. */
  const fill = async (fields: Filling): Promise<void> => {
    await form.unfold();
    const before = await form.shown();
    await form.fill(fields);
    const after = await form.shown();
    expect(
      Object.keys(after).filter((field) => JSON.stringify(after[field]) === JSON.stringify(before[field])),
    ).toEqual([]);
  };

  it.each(Object.entries(FLOW_FORMS))('is filled in the form of %s', async (id, fields) => {
    await editor.open(id);
    await fill(fields);
    await editor.close('ok');
  });

  it.each(Object.entries(SERVER_FORMS))('is filled in the form of the server of %s', async (id, { fields }) => {
    await editor.open(id);
    await editor.editServer('server');
    await fill(fields);
    await editor.close('ok');
    await editor.close('ok');
  });

  it('is deployed', async () => {
    await stage().home.red.restarted(() => editor.deploy());
    await editor.load(stage().home.red.url);
    saved = await exported();
    for (const words of ['"downloadClient":{', '"contextStore":"attic"']) expect(saved.join()).toContain(words);
  });

  it.each(Object.entries(FLOW_FORMS))('is shown in the form of %s, in a new page', async (id, fields) => {
    await editor.open(id);
    expect(await form.shown()).toEqual(allShown(fields));
    await editor.close('ok');
  });

  it.each(Object.entries(SERVER_FORMS))('is shown in the form of the server of %s', async (id, { fields }) => {
    await editor.open(id);
    await editor.editServer('server');
    expect(await form.shown()).toEqual(allShown(fields));
    await editor.close('ok');
    await editor.close('ok');
  });

  it('is saved as it was, to the letter, by forms in which nothing was changed', async () => {
    expect(await editor.changed()).toBe(false);
    expect(await exported()).toEqual(saved);
  });

  describe('that the environment decides', () => {
    beforeAll(() => editor.showFlow('By environment'));

    it.each(Object.entries(VARIABLES))('is shown in the form of %s, and left alone by it', async (id, variables) => {
      await editor.open(id);
      const words = await editor.form.innerText();
      const options = await editor.form.locator('option:checked').allInnerTexts();
      for (const variable of Object.values(variables)
        .flat()
        .filter((value) => String(value).startsWith('$')))
        if (variable !== '${NOBODY}') expect([words, ...options].join('\n')).toContain(`from ${String(variable)}`);
      const open = await form.shown();
      for (const [field, value] of Object.entries(variables))
        if (typeof value === 'string' && typeof open[field] === 'string')
          expect(open[field]).toBe(`${value} (from ${value})`);
      await editor.close('ok');
      expect(await editor.changed()).toBe(false);
      for (const [field, value] of Object.entries(variables)) expect(await editor.property(id, field)).toEqual(value);
    });

    it('is shown in the form of a server, and left alone by it', async () => {
      await editor.open('by-env-search');
      await editor.editServer('server');
      expect(await form.shown()).toMatchObject({
        contextStore: '${STORE} (from ${STORE})',
        'plex-jit-download-client': '${CLIENT}',
      });
      expect(await editor.form.locator('#node-config-input-contextStore-warning').innerText()).toBe('');
      await editor.close('ok');
      await editor.close('ok');
      expect(await editor.changed()).toBe(false);
      expect(await editor.property('jit-sonarr', 'downloadClient')).toBe('${CLIENT}');
      expect(await editor.property('jit-sonarr', 'contextStore')).toBe('${STORE}');
    });

    it('is set in the form by a click, and its line goes', async () => {
      await editor.open('by-env-priority');
      await form.field('dryRun').click();
      expect(await editor.form.getByText('from ${DRY}').count()).toBe(0);
      await form.field('raise').selectOption('high');
      await editor.close('ok');
      expect(await editor.property('by-env-priority', 'dryRun')).toBe(true);
      expect(await editor.property('by-env-priority', 'raise')).toBe('high');
      await editor.open('by-env-notify');
      await editor.form.getByLabel('from ${TELL}').uncheck();
      await editor.form.locator('.plex-jit-tell[value=unmatched]').check();
      await editor.close('ok');
      expect(await editor.property('by-env-notify', 'tell')).toEqual(['problems', 'grabbed', 'unmatched']);
      expect(await editor.property('by-env-notify', 'dryRun')).toBe('${DRY}');
    });
  });

  describe('says what is to be known about it:', () => {
    beforeAll(() => editor.showFlow('By environment'));
    const said = (field: string, kind: 'warning' | 'problem'): Locator =>
      editor.form.locator(`#node-input-${field}-${kind}, #node-config-input-${field}-${kind}`);

    it('a timer far from the time between runs, until the number fits', async () => {
      await editor.open('by-env-next');
      const line = said('execFrequency', 'warning');
      expect(await line.innerText()).toMatch(/\b60\b.*\b10\b/);
      await form.field('execFrequency').fill('60');
      expect(await line.innerText()).toBe('');
      await form.field('execFrequency').fill('600');
      expect(await line.innerText()).toMatch(/\b60\b.*\b600\b/);
      await editor.close('cancel');
    });

    it('a notifier that Tautulli has no more', async () => {
      await editor.open('by-env-notify');
      const said = editor.form.locator('.plex-jit-said', { hasText: 'Pager' });
      // The server is asked first.
      await said.waitFor({ timeout: 15_000 });
      expect(await said.innerText()).toBe('Pager no longer exists in Tautulli.');
      // Node-RED tells of a change 50 ms after the form is opened, which may be later than the answer.
      await editor.form.locator('#node-input-server').dispatchEvent('change');
      await said.waitFor();
      await editor.close('cancel');
    });

    it('a number outside its range, while it is typed', async () => {
      await editor.open('by-env-history');
      const input = form.field('daysToCheck');
      await input.fill('');
      await input.pressSequentially('999');
      expect(await said('daysToCheck', 'problem').innerText()).toMatch(/^Must be a number from /);
      expect(await input.getAttribute('aria-invalid')).toBe('true');
      await input.press('Backspace');
      await input.press('Backspace');
      expect(await said('daysToCheck', 'problem').innerText()).toBe('');
      expect(await input.getAttribute('aria-invalid')).toBeNull();
      await editor.close('cancel');
    });

    it('a second server with the same URL, one without a key; a stored key is selected as a whole', async () => {
      await editor.showFlow('Plex Just-In-Time');
      await editor.open('jit-history');
      await editor.editServer('server');
      const [sameUrl, noKey] = [said('url', 'warning'), said('apiKey', 'warning')];
      await form.field('url').fill('${TAUTULLI_URL}');
      expect.soft(await sameUrl.innerText()).toMatch(/^“tautulli” has the same URL\./);
      await form.field('apiKey').focus();
      expect
        .soft(
          await form
            .field('apiKey')
            .evaluate((input: HTMLInputElement) => [input.value, input.selectionStart, input.selectionEnd]),
        )
        .toEqual(['__PWRD__', 0, 8]);
      await form.field('url').fill('http://tautulli:8181');
      expect.soft(await sameUrl.innerText()).toBe('');
      await editor.page.keyboard.press('Tab');
      await form.field('apiKey').fill('');
      expect.soft(await noKey.innerText()).toContain('TAUTULLI_API_KEY');
      await form.field('apiKey').fill('k');
      expect.soft(await noKey.innerText()).toBe('');
      await editor.close('cancel');
      await editor.close('cancel');
    });
  });

  it('prints no error and no warning in the browser', () => {
    expect(editor.complaints).toEqual([]);
  });
});
