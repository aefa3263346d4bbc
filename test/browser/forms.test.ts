import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleFlow, withSettings } from '../e2e/bench.js';
import { nodes, read, shared, textsOf, type Texts } from '../locales/catalogues.js';
import type { Editor } from './editor.js';
import { onEachLine } from './on-each-line.js';
import { rulesByKeyboard } from './rules-by-keyboard.js';
import { cutOff, leftInEnglish, naturalWidth, outside, rawKeys, shownTexts, wordless } from './shown-texts.js';
import { HOUSE } from './values.js';

/** Each form, by the node of the example that it opens from; a server's from the field that names it. */
const FORMS = [
  { name: 'tautulli-history', id: 'jit-history' },
  { name: 'sonarr-lookup', id: 'jit-lookup' },
  { name: 'next-episodes', id: 'jit-next' },
  { name: 'sonarr-search', id: 'jit-search' },
  { name: 'sabnzbd-priority', id: 'jit-priority' },
  { name: 'tautulli-notify', id: 'jit-notify' },
  { name: 'tautulli', id: 'jit-history', isServer: true },
  { name: 'sonarr', id: 'jit-lookup', isServer: true },
  { name: 'sabnzbd', id: 'jit-priority', isServer: true },
];
/** Those that a later version of the package has saved. */
const LATER = ['next-episodes', 'sonarr'];

const LONG_VARIABLE = '${A_LONG_VARIABLE_NAME}';

/** As version 1 saved them: without a version, and lists as one text. */
const FIRST = {
  'jit-history': { configVersion: undefined, viewersDenied: 'Nobody, Bob' },
  'jit-lookup': { configVersion: undefined, ignoreShows: 'Gilded Cage', excludeTags: '' },
};

const flowOfThree = async (): Promise<readonly object[]> =>
  withSettings(await exampleFlow(), {
    'jit-next': { configVersion: 3 },
    'jit-sonarr': { configVersion: 3 },
    ...FIRST,
  });

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const firstParagraph = (name: string, language: string): string =>
  plain(/<p>([^]*?)<\/p>/.exec(read('nodes', name, 'locales', language, `${name}.html`))?.[1] ?? '');

/** The node's texts and those that all share. */
const catalogues = (name: string, language: string): Texts => {
  const place = nodes.find((one) => one.name === name);
  if (place === undefined) throw new Error(`there is no node ${name}`);
  const own = [...textsOf(place, language)].map(([key, text]) => [`own.${key}`, text] as const);
  return new Map([...own, ...textsOf(shared, language)]);
};

const opened = async (editor: Editor, { id, isServer }: (typeof FORMS)[number]): Promise<void> => {
  await editor.open(id);
  if (isServer) await editor.editServer('server');
};
const closed = async (editor: Editor, { isServer }: (typeof FORMS)[number]): Promise<void> => {
  await editor.close('cancel');
  if (isServer) await editor.close('cancel');
};

onEachLine('forms', { world: HOUSE, flow: flowOfThree() }, (stage) => {
  describe.each(FORMS)('of $name in German', (form) => {
    const { name, isServer = false } = form;
    let texts: readonly string[];
    let cut: readonly string[];
    let empty: readonly string[];
    let tips: readonly string[];
    let help: string;

    beforeAll(async () => {
      const editor = await german();
      await opened(editor, form);
      // All that it can show: what is folded away, what a test finds, a rule.
      if (isServer) await editor.test();
      const hidden = editor.form.locator('.plex-jit-more[aria-expanded=false]');
      if ((await hidden.count()) > 0) await hidden.click();
      if (name === 'next-episodes') await editor.form.locator('.red-ui-editableList-addButton').click();
      [texts, cut, empty] = [await shownTexts(editor.form), await cutOff(editor.form), await wordless(editor.form)];
      tips = await editor.form.locator('.plex-jit-later').allInnerTexts();
      await editor.form.locator('.red-ui-tray-footer-left button:has(.fa-book)').click();
      const paragraph = editor.page.locator('.red-ui-help p:visible').first();
      await paragraph.waitFor();
      help = plain(await paragraph.innerText());
      await closed(editor, form);
    });

    it('shows words, not keys nor nothing', () => {
      expect(texts.length).toBeGreaterThan(15);
      expect([...rawKeys(texts), ...empty]).toEqual([]);
    });

    it('leaves nothing in English', () => {
      const [english, words] = [catalogues(name, 'en-US'), catalogues(name, 'de')];
      expect(leftInEnglish([...english.values()], english, words).length).toBeGreaterThan(100);
      expect(leftInEnglish(texts, english, words)).toEqual([]);
    });

    it('cuts nothing off', () => {
      expect(cut).toEqual([]);
    });

    it('has its help in German', () => {
      expect(help).toBe(firstParagraph(name, 'de'));
      expect(help).not.toBe(firstParagraph(name, 'en-US'));
    });

    it('says of what a later version saved, and of nothing else, that it may be lost', () => {
      const said =
        /^Dieser Node wurde von einer neueren Version des Pakets gespeichert .*Version 3; diese hier kennt 2/;
      expect(tips).toEqual(LATER.includes(name) ? [expect.stringMatching(said) as string] : []);
    });
  });

  let germanEditor: Editor | undefined;
  const german = async (): Promise<Editor> => (germanEditor ??= await stage().open({ language: 'de', width: 1900 }));

  it('print no error and no warning in German', async () => {
    expect((await german()).complaints).toEqual([]);
    await germanEditor?.[Symbol.asyncDispose]();
  });

  // Core's own forms are as wide; the narrower window is that of a tablet.
  describe.each(['en-US', 'de'] as const)('in a window of 1024 pixels, in %s', (language) => {
    let editor: Editor;
    beforeAll(async () => {
      editor = await stage().open({ language, width: 1024 });
    });
    afterAll(() => editor[Symbol.asyncDispose]());

    it.each(FORMS)('the form of $name is to be seen whole', async (form) => {
      await opened(editor, form);
      const found = [await outside(editor.form), await cutOff(editor.form), await naturalWidth(editor.form)] as const;
      await closed(editor, form);
      expect(found.slice(0, 2)).toEqual([[], []]);
      expect(found[2]).toBeLessThanOrEqual(580);
    });
  });

  describe('in English', () => {
    let editor: Editor;
    beforeAll(async () => {
      editor = await stage().open({ width: 1900 });
    });
    afterAll(() => editor[Symbol.asyncDispose]());

    it.each(FORMS.filter(({ name }) => LATER.includes(name)))(
      '$name says that a later version saved it',
      async (form) => {
        await opened(editor, form);
        const tip = editor.form.locator('.plex-jit-later');
        expect(await tip.innerText()).toMatch(
          /^This node was saved by a newer version of the package .*lost at the next deploy/,
        );
        await closed(editor, form);
      },
    );

    it('saved by the first version open with what they held, and are saved as this one does', async () => {
      await editor.open('jit-lookup');
      expect(await editor.picked('ignoreShows')).toEqual(['Gilded Cage']);
      await editor.close('cancel');
      await editor.open('jit-history');
      expect(await editor.picked('viewersDenied')).toEqual(['Nobody', 'Bob']);
      await editor.close('ok');
      expect(await editor.property('jit-history', 'configVersion')).toBe(2);
      expect(await editor.property('jit-history', 'viewersDenied')).toMatchObject([
        { name: 'Nobody' },
        { name: 'Bob' },
      ]);
    });

    it('show what is told where the templates of a message are empty', async () => {
      await editor.open('jit-notify');
      const shown = (field: string): Promise<string | null> =>
        editor.form.locator(`#node-input-${field}`).getAttribute('placeholder');
      expect(await shown('subject')).toBe('Next episodes are on their way');
      expect(await shown('body')).toBe('On their way:\n- Harbour Lights S02E06, S02E07 for Ann (2.1 GB)');
      await editor.close('cancel');
    });

    it('hide what stands in an empty field while something is picked into it', async () => {
      await editor.open('jit-history');
      const field = editor.form.locator('#node-input-viewersAllowed-pick');
      const isSeen = (): Promise<boolean> =>
        field.evaluate((input) => getComputedStyle(input, '::placeholder').color !== 'rgba(0, 0, 0, 0)');
      expect([await field.getAttribute('placeholder'), await isSeen()]).toEqual(['everyone', true]);
      await editor.fill({ viewersAllowed: ['Ann'] });
      expect(await isSeen()).toBe(false);
      await editor.form.getByRole('button', { name: 'Remove Ann' }).click();
      expect(await isSeen()).toBe(true);
      await editor.close('cancel');
    });

    it.each([
      { id: 'jit-next', isServer: false, field: '#node-input-episodesToCheck' },
      { id: 'jit-lookup', isServer: true, field: '#node-config-input-cacheTime' },
    ])('say below a number that is a long variable what they said beside it: $field', async ({ field, ...form }) => {
      await opened(editor, { name: '', ...form });
      const input = editor.form.locator(field);
      const hint = editor.form.locator(`${field}-hint`);
      const lefts = (): Promise<number[]> =>
        Promise.all([input, hint].map((one) => one.evaluate((part) => Math.round(part.getBoundingClientRect().left))));
      const [left = 0, beside] = await lefts();
      expect(beside).toBe(left + 98);
      await input.fill(LONG_VARIABLE);
      expect(await lefts()).toEqual([left, left]);
      await closed(editor, { name: '', ...form });
    });

    it('show whom a rule is for, however long its number is, which is told whole', async () => {
      await editor.open('jit-next');
      await editor.form.locator('.red-ui-editableList-addButton').click();
      const number = editor.form.locator('.plex-jit-rule > input');
      const cut = (): Promise<number> => number.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      await number.fill('${EPISODES_ANN}');
      expect(await cut()).toBeLessThan(1);
      await number.fill(LONG_VARIABLE);
      expect(await number.getAttribute('title')).toBe(LONG_VARIABLE);
      const name = editor.form.locator('.plex-jit-rule .plex-jit-pick > input');
      expect(await name.evaluate(({ offsetWidth }: HTMLElement) => offsetWidth)).toBeGreaterThan(80);
      await editor.close('cancel');
    });

    describe('what is typed and is not listed', () => {
      const typed = async (field: string, text: string): Promise<void> => {
        await editor.tabTo(field);
        await editor.page.keyboard.press('ArrowDown');
        await editor.form.locator('[role=listbox]:visible').waitFor();
        await editor.page.keyboard.press('ControlOrMeta+A');
        await editor.page.keyboard.type(text);
        await editor.page.keyboard.press('Tab');
      };
      const said = async (): Promise<string[]> =>
        (await editor.form.locator('.plex-jit-said, .plex-jit-problem').allInnerTexts()).filter((text) => text !== '');

      it('as a notifier is marked at once, and as itself when the form is opened again', async () => {
        await editor.open('jit-notify');
        await typed('notifier-pick', 'hallo');
        const NO_NUMBER = 'Must be the number of one of Tautulli’s notifiers.';
        expect(await said()).toEqual(['“hallo” is not in Tautulli’s list.', NO_NUMBER]);
        await editor.tabTo('name');
        await typed('notifier-pick', '99');
        expect(await said()).toEqual(['“99” is not in Tautulli’s list.']);
        await editor.close('ok');
        await editor.open('jit-notify');
        await editor.form.getByText('“99” is not in Tautulli’s list.').waitFor();
        await editor.fill({ 'notifier-pick': '' });
        await editor.close('ok');
      });

      it('is marked among several, and however long it is it can be taken away', async () => {
        await editor.open('jit-history');
        await typed('viewersAllowed-pick', `Ann, ${'Q'.repeat(90)}`);
        const chips = editor.form.locator('.plex-jit-chips > li');
        expect(await chips.evaluateAll((all: HTMLElement[]) => all.map(({ title }) => title.slice(0, 4)))).toEqual([
          '',
          '“QQQ',
          ...['“Nob', ''],
        ]);
        expect(await outside(editor.form)).toEqual([]);
        await chips.nth(1).getByRole('button').click();
        expect(await editor.picked('viewersAllowed')).toEqual(['Ann']);
        await editor.close('cancel');
      });
    });

    rulesByKeyboard(stage, () => editor);

    it('print no error and no warning', () => {
      expect(editor.complaints).toEqual([]);
    });
  });
});
