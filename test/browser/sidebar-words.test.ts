import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleFlow, INJECT } from '../e2e/bench.js';
import { twoPeople } from '../e2e/households.js';
import { shared, textsOf } from '../locales/catalogues.js';
import type { Editor } from './editor.js';
import { onEachLine } from './on-each-line.js';
import { leftInEnglish, rawKeys, shownTexts } from './shown-texts.js';
import { EMPTY, nobody, upNextAnswers, VIEW } from './up-next-view.js';

onEachLine('what the sidebar says', { world: twoPeople, flow: exampleFlow() }, (stage) => {
  let editor: Editor;
  describe('in English', () => {
    let sidebar: Locator;
    beforeAll(async () => {
      editor = await stage().open({ width: 1900 });
      await upNextAnswers(editor, { json: VIEW });
      sidebar = await editor.upNext();
      await sidebar.locator('.plex-jit-plan').waitFor();
    });
    afterAll(() => editor[Symbol.asyncDispose]());

    const words = async (selector: string): Promise<string> =>
      (await sidebar.locator(selector).innerText()).replace(/\s+/g, ' ').trim();
    const ofEpisode = (part: 'why' | 'need' | 'detail', label: string): Locator =>
      sidebar.locator('.plex-jit-episode', { hasText: label }).locator(`.plex-jit-${part}`);

    it('counts what the run did', async () => {
      expect(await words('.plex-jit-counts')).toBe(
        '2 series · 17 episodes checked · 3 still to fetch · 6 on the way · 1 grabbed · 5 not found · 8 plays unmatched',
      );
    });

    it('tells each error of the run, and whether it goes away by itself', async () => {
      expect(await words('.plex-jit-fold-errors summary')).toBe('Errors (2)');
      expect(await sidebar.locator('.plex-jit-error').allInnerTexts()).toEqual([
        'SABnzbd did not answer within 30 s.\ntimeout · May resolve itself later.',
        'Sonarr refused the API key.\nkey-refused · Someone has to change something.',
      ]);
    });

    it('tells what each node did, and the requests that it took', async () => {
      await sidebar.locator('.plex-jit-fold-steps summary').click();
      expect(await words('.plex-jit-fold-steps')).toBe(
        'Steps Sonarr search: done (900 ms) – 1 of 2 grabbed on top: failed (400 ms) – no answer Requests: 2 to Tautulli, 11 to Sonarr, 3 to SABnzbd',
      );
    });

    it('says of an episode why it is where it is, and when that changes', async () => {
      expect(await ofEpisode('why', 'S01E01').innerText()).toBe(
        'Was searched for recently; will be searched for again. Place 3 in SABnzbd. Again in 5 hours.',
      );
      expect(await ofEpisode('why', 'S01E02').innerText()).toBe('Sonarr answered with status 500.');
    });

    it('says who needs it, and by when', async () => {
      expect(await ofEpisode('need', 'S01E01').innerText()).toBe('Needed in 2 hours, for Ann and Bob');
      expect(await ofEpisode('need', 'S01E02').innerText()).toBe('Needed now');
    });

    it('says of whom the plays are that could not be placed, and why', async () => {
      expect(await sidebar.locator('.plex-jit-unmatched-show').allInnerTexts()).toEqual([
        'Lantern Street\nSonarr has no series with this name.\n1 play by Ann\nIgnore this show',
        'Twins\nSeveral series in Sonarr match.\n7 plays by Ann and Bob\nIgnore this show',
      ]);
    });

    it('tells the details: what a server said, which release was taken', async () => {
      expect(await ofEpisode('detail', 'S01E02').innerText()).toBe('Unable to connect to indexer');
      expect(await ofEpisode('detail', 'S01E03').innerText()).toBe('Tidal.S01E03.1080p-GRP');
    });

    it('lists open wants, with their series and for whom', async () => {
      expect(await words('.plex-jit-open-wants')).toBe(
        'Open wants Wanted some time ago and still missing, although no recent play leads there. ' +
          'Tidal S01E04 Part 4 not found No release was found. The search is repeated after the cool-down. For Cleo',
      );
    });

    it('has the notes of the plan, and says how much is left out', async () => {
      await sidebar.locator('.plex-jit-fold-notes-jit-sonarr summary').click();
      expect(await words('.plex-jit-fold-notes-jit-sonarr')).toBe(
        'Notes Sonarr has no root folder for anime. 4 more not shown.',
      );
    });

    it.each([
      {
        flow: 'reads the history of Tautulli',
        missing: null,
        hint: 'Only plays within “Look back (days)” of the tautulli history node count, and only those that pass its filters.',
      },
      {
        flow: 'takes its plays from another source',
        missing: 'no-history',
        hint: 'Only plays that the flow reads from its source count, and only those that pass the filters of its nodes.',
      },
    ] as const)('says where nobody watches anything, and the flow $flow, what counts', async ({ missing, hint }) => {
      const empty = sidebar.locator('.plex-jit-no-viewers');
      await upNextAnswers(editor, { json: nobody(missing) });
      await empty.getByText(hint).waitFor();
      expect(await empty.innerText()).toBe(`Nobody has watched anything recently.\n\n${hint}`);
    });

    it('prints no error and no warning', () => {
      expect(editor.complaints).toEqual([]);
    });
  });

  describe('in the file for a bug report', () => {
    let sidebar: Locator;
    beforeAll(async () => {
      await stage().home.red.run(INJECT);
      editor = await stage().open({ width: 1900 });
      sidebar = await editor.upNext();
      await sidebar.locator('.plex-jit-fold-diagnostics summary').click();
    });
    afterAll(() => editor[Symbol.asyncDispose]());

    const downloaded = async (): Promise<string> => {
      const [download] = await Promise.all([
        editor.page.waitForEvent('download'),
        sidebar.getByRole('button', { name: 'Download' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('plex-jit-diagnostics.json');
      return readFile(await download.path(), 'utf8');
    };
    /** People and shows of the household. */
    const NAMES = ['Ann', 'Bob', 'Harbour Lights', 'Night Ferry'];
    const named = (report: string): readonly string[] =>
      NAMES.filter((name) => new RegExp(`\\b${name}\\b`).test(report));

    it('has no names unless they are wanted, and then has them', async () => {
      const report = await downloaded();
      expect(Object.keys(JSON.parse(report) as object).length).toBeGreaterThan(2);
      expect(named(report)).toEqual([]);
      await sidebar.getByLabel('include names and titles').check();
      expect(named(await downloaded())).toEqual(NAMES);
      await sidebar.getByLabel('include names and titles').uncheck();
      expect(named(await downloaded())).toEqual([]);
    });
  });

  describe('in German', () => {
    let sidebar: Locator;
    beforeAll(async () => {
      editor = await stage().open({ width: 1900, language: 'de' });
      await upNextAnswers(editor, { json: VIEW });
      sidebar = await editor.upNext();
      await sidebar.locator('.plex-jit-plan').waitFor();
    });
    afterAll(() => editor[Symbol.asyncDispose]());

    const [english, german] = [textsOf(shared, 'en-US'), textsOf(shared, 'de')];
    /** All words but those of the runtime and the servers, which are marked as English. */
    const own = async (): Promise<string[]> => {
      await sidebar
        .locator('details')
        .evaluateAll((all: HTMLDetailsElement[]) => all.forEach((one) => (one.open = true)));
      const quotes = new Set((await sidebar.locator('[lang=en]').allTextContents()).map((quote) => quote.trim()));
      return (await shownTexts(sidebar)).filter((text) => !quotes.has(text));
    };

    it('leaves nothing in English: a run, errors, help, diagnostics', async () => {
      const texts = await own();
      expect(texts).toEqual(
        expect.arrayContaining([german.get('upNext.help.intro'), german.get('upNext.state.cooling-down')]),
      );
      expect([...leftInEnglish(texts, english, german), ...rawKeys(texts)]).toEqual([]);
    });

    it('nor where there is nothing to show', async () => {
      await upNextAnswers(editor, { json: EMPTY });
      await sidebar.getByText(german.get('upNext.empty.notDeployed') ?? '').waitFor();
      const texts = await own();
      expect([...leftInEnglish(texts, english, german), ...rawKeys(texts)]).toEqual([]);
    });
  });
});
