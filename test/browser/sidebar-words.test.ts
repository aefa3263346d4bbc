import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EpisodeView, UpNextView } from '../../src/core/up-next/index.js';
import { exampleFlow, INJECT } from '../e2e/bench.js';
import { twoPeople } from '../e2e/households.js';
import { LINE_4, linesInstalled } from '../e2e/lines.js';
import { shared, textsOf } from '../locales/catalogues.js';
import type { Editor } from './editor.js';
import { leftInEnglish, rawKeys, shownTexts } from './shown-texts.js';
import { openStage, type Stage } from './stage.js';

const HOUR = 3_600_000;
const now = Date.now();
const at = (hours: number): string => new Date(now + hours * HOUR).toISOString();

const episode = (id: number, of: Partial<EpisodeView>): EpisodeView => ({
  ...{ id, label: `S01E0${id}`, title: `Part ${id}`, series: 'Tidal', code: 'search', text: '', details: [] },
  ...{ until: null, neededBy: null, viewers: [], progress: null, readyAt: null, queue: null },
  ...of,
});

/** A run in which about everything has happened. */
const VIEW: UpNextView = {
  ...{ revision: 1, now },
  flows: [
    {
      ...{ id: 'jit-example-tab', home: 'jit-example-tab', label: 'Plex Just-In-Time', forgets: false },
      ...{ run: { missing: null }, planOnly: { missing: null } },
      lastRun: {
        ...{ ids: ['r1'], startedAt: at(-1), ms: 3200, running: false, dryRun: false, recalled: false },
        requests: { tautulli: 2, sonarr: 11, sabnzbd: 3 },
        steps: [
          { node: 'a', type: 'sonarr-search', name: '', state: 'ok', text: '1 of 2 grabbed', ms: 900 },
          { node: 'b', type: 'sabnzbd-priority', name: 'on top', state: 'failed', text: 'no answer', ms: 400 },
        ],
        errors: [
          { code: 'timeout', service: 'sabnzbd', retryable: true, message: 'SABnzbd did not answer within 30 s.' },
          { code: 'key-refused', service: 'sonarr', retryable: false, message: 'Sonarr refused the API key.' },
        ],
      },
      plans: [
        {
          ...{ runId: 'r1', at: at(-1), dryRun: false, partial: false, recalled: false, leftOut: 4 },
          sonarr: { id: 'jit-sonarr', name: 'sonarr', url: '' },
          counts: {
            ...{
              shows: 2,
              episodes: 17,
              toSearch: 9,
              stillToSearch: 3,
              searches: 2,
              grabbed: 1,
              notFound: 5,
              onTheWay: 6,
            },
            ...{ unmatched: 8, errors: 2 },
          },
          notes: ['Sonarr has no root folder for anime.'],
          openWants: [4],
          unmatched: [],
          viewers: [
            {
              ...{ id: '1', name: 'Ann' },
              threads: [
                {
                  ...{ series: 'Tidal', slug: 'tidal', position: 'S01E00', playing: false, playedAt: at(-3) },
                  ...{ state: 'watching', text: '', next: [1, 2, 3] },
                },
              ],
            },
          ],
          episodes: [
            episode(1, {
              ...{ code: 'cooling-down', until: at(5), neededBy: at(2), viewers: ['Ann', 'Bob'] },
              queue: { position: 2, priority: 'High' },
            }),
            episode(2, {
              ...{ code: 'result-failed', text: 'Sonarr answered with status 500', neededBy: at(-1) },
              details: ['Unable to connect to indexer'],
            }),
            episode(3, { code: 'result-grabbed', details: ['Tidal.S01E03.1080p-GRP'] }),
            episode(4, { code: 'result-nothing-found', viewers: ['Cleo'] }),
          ],
        },
      ],
    },
  ],
};

const EMPTY: UpNextView = { ...VIEW, flows: [] };

describe.skipIf(!linesInstalled)('what the sidebar says', () => {
  let stage: Stage;
  let editor: Editor;
  beforeAll(async () => {
    stage = await openStage({ world: twoPeople, flow: exampleFlow(), line: LINE_4 });
  }, 60_000);
  afterAll(async () => {
    await stage.browser.close();
    await stage.home[Symbol.asyncDispose]();
  });

  const answers = async (view: UpNextView): Promise<void> => {
    await editor.page.route('**/plex-jit/up-next*', (route) => route.fulfill({ json: view }));
  };

  describe('in English', () => {
    let sidebar: Locator;
    beforeAll(async () => {
      editor = await stage.open({ width: 1900 });
      await answers(VIEW);
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
      expect(await ofEpisode('need', 'S01E01').innerText()).toBe('needed in 2 hours, for Ann and Bob');
      expect(await ofEpisode('need', 'S01E02').innerText()).toBe('needed now');
    });

    it('tells the details: what a server said, which release was taken', async () => {
      expect(await ofEpisode('detail', 'S01E02').innerText()).toBe('Unable to connect to indexer');
      expect(await ofEpisode('detail', 'S01E03').innerText()).toBe('Tidal.S01E03.1080p-GRP');
    });

    it('lists open wants, with their series and for whom', async () => {
      expect(await words('.plex-jit-open-wants')).toBe(
        'Open wants Wanted some time ago and still missing, although no recent play leads there. ' +
          'Tidal S01E04 Part 4 not found No release was found. The search is repeated after the cool-down. for Cleo',
      );
    });

    it('has the notes of the plan, and says how much is left out', async () => {
      await sidebar.locator('.plex-jit-fold-notes-jit-sonarr summary').click();
      expect(await words('.plex-jit-fold-notes-jit-sonarr')).toBe(
        'Notes Sonarr has no root folder for anime. 4 more not shown.',
      );
    });

    it('prints no error and no warning', () => {
      expect(editor.complaints).toEqual([]);
    });
  });

  describe('in the file for a bug report', () => {
    let sidebar: Locator;
    beforeAll(async () => {
      await stage.home.red.run(INJECT);
      editor = await stage.open({ width: 1900 });
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
      editor = await stage.open({ width: 1900, language: 'de' });
      await answers(VIEW);
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
      await editor.page.unroute('**/plex-jit/up-next*');
      await answers(EMPTY);
      await stage.home.red.run(INJECT);
      await sidebar.getByText(german.get('upNext.empty.notDeployed') ?? '').waitFor();
      const texts = await own();
      expect([...leftInEnglish(texts, english, german), ...rawKeys(texts)]).toEqual([]);
    });
  });
});
