import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { exampleFlow, INJECT } from '../e2e/bench.js';
import { twoPeople } from '../e2e/households.js';
import type { WorldFile } from '../sandbox/world/format.js';
import type { Editor } from './editor.js';
import { onEachLine } from './on-each-line.js';
import type { Stage } from './stage.js';

const UNKNOWN = 'Lantern Street';
const OURS = 'plex-jit-up-next';

/** Bob also watches a show that Sonarr does not have. */
const world: WorldFile = {
  ...twoPeople,
  series: [
    ...twoPeople.series,
    { title: UNKNOWN, year: 2020, tvdb: 510_009, notInSonarr: true, seasons: [{ number: 1, episodes: 4 }] },
  ],
  households: [
    ...twoPeople.households,
    { viewers: [{ name: 'Bob', plays: [{ series: UNKNOWN, season: 1, episode: 1, at: '-2h' }] }] },
  ],
};

interface News {
  readonly bring: (editor: Editor, stage: Stage) => Promise<unknown>;
  /** What the page is told of it by the server; null when nothing. */
  readonly topic: string | null;
}

/** What brings news to the sidebar, one after the other. */
const NEWS: Readonly<Record<string, News>> = {
  'a load of the page': { bring: (editor, { home }) => editor.load(home.red.url), topic: null },
  'a deploy': {
    bring: async (editor, { home }) => {
      await editor.touch();
      await home.red.restarted(() => editor.deploy());
    },
    topic: 'notification/runtime-deploy',
  },
  'a run': { bring: (_editor, { home }) => home.red.run(INJECT), topic: 'plex-jit/up-next' },
  'an error': {
    bring: async (editor, { home }) => {
      home.sandbox.servers.sonarr.addFault({ kind: 'status', status: 401 });
      try {
        await editor.pressInject(INJECT);
        await editor.reads('jit-lookup', /key|refused/i);
      } finally {
        home.sandbox.servers.sonarr.clearFaults();
      }
    },
    topic: 'plex-jit/up-next',
  },
};

onEachLine('the sidebar "Up next"', { world, flow: exampleFlow() }, (stage) => {
  let editor: Editor;
  /** What came over the editor's socket. */
  const frames: string[] = [];
  beforeAll(async () => {
    editor = await stage().open({ width: 1900 });
    editor.page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => void frames.push(String(payload))),
    );
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  const heard = (topic: string, since: number): Promise<boolean> =>
    vi.waitUntil(() => frames.slice(since).some((frame) => frame.includes(topic)), { timeout: 10_000 });

  it('is not in front when the editor is opened for the first time', async () => {
    const front = await editor.frontTabs();
    expect(front.length).toBeGreaterThan(0);
    expect(front).not.toContain(OURS);
  });

  describe.each(['info', 'debug'])('leaves the tab %s where somebody has chosen it', (tab) => {
    it.each(Object.entries(NEWS))('after %s', async (_, { bring, topic }) => {
      await editor.chooseTab(tab);
      const chosen = await editor.frontTabs();
      expect(chosen).toContain(tab);
      const before = frames.length;
      await bring(editor, stage());
      if (topic !== null) await heard(topic, before);
      await editor.drawn();
      expect(await editor.frontTabs()).toEqual(chosen);
      expect(await editor.page.locator('.plex-jit-up-next').isVisible()).toBe(false);
    });
  });

  describe('"ignore this show"', () => {
    let sidebar: Locator;
    const show = (): Locator => sidebar.locator('.plex-jit-unmatched-show', { hasText: UNKNOWN });
    const ignore = async (): Promise<void> => {
      await show()
        .getByRole('button', { name: `Ignore ${UNKNOWN}` })
        .focus();
      await editor.page.keyboard.press('Enter');
      await show().getByText('Ignored once you deploy').waitFor();
    };

    it('is offered for a show that Sonarr does not have', async () => {
      await stage().home.red.run(INJECT);
      sidebar = await editor.upNext();
      await show().waitFor();
      expect(await editor.changed()).toBe(false);
    });

    it('says that a deploy makes it so, and is undone like any change', async () => {
      await ignore();
      expect(await editor.changed()).toBe(true);
      await editor.invoke('core:undo');
      await show()
        .getByRole('button', { name: `Ignore ${UNKNOWN}` })
        .waitFor();
      expect(await editor.changed()).toBe(false);
    });

    it('stands in the form of the look-up', async () => {
      await ignore();
      await editor.open('jit-lookup');
      expect(await editor.picked('ignoreShows')).toEqual([UNKNOWN]);
      await editor.close('ok');
    });

    it('is gone from the sidebar after a deploy and the next run, and nobody else with it', async () => {
      await stage().home.red.restarted(() => editor.deploy());
      await stage().home.red.run(INJECT);
      await show().waitFor({ state: 'detached' });
      for (const series of ['Harbour Lights', 'Night Ferry']) await sidebar.getByText(series).first().waitFor();
      expect(await editor.property('jit-lookup', 'ignoreShows')).toEqual([
        { id: expect.stringMatching(/./) as string, name: UNKNOWN },
      ]);
    });
  });

  it('prints no error and no warning in the browser', () => {
    expect(editor.complaints).toEqual([]);
  });

  describe('without an answer', () => {
    let sidebar: Locator;
    const failure = (): Locator => sidebar.getByRole('alert');

    it('says so above what it knows, and what happens next', async () => {
      sidebar = await editor.upNext();
      await editor.page.route('**/plex-jit/up-next*', (route) => route.fulfill({ status: 500, body: 'broken' }));
      await stage().home.red.run(INJECT);
      await failure().waitFor();
      expect(await failure().innerText()).toMatch(/does not answer[^]*tried again each minute[^]*Try again/);
      await sidebar.getByText('Harbour Lights').first().waitFor();
    });

    it('is tried again by keyboard, which stays at the button while there is still none', async () => {
      const { page } = editor;
      await failure().getByRole('button', { name: 'Try again' }).focus();
      await Promise.all([page.waitForResponse(/plex-jit\/up-next/), page.keyboard.press('Enter')]);
      await failure().waitFor();
      await page.unroute('**/plex-jit/up-next*');
      await page.keyboard.press('Enter');
      await failure().waitFor({ state: 'detached' });
      expect(await sidebar.innerText()).toContain('Harbour Lights');
    });

    it('comes back by itself when Node-RED was away, with what it showed last', async () => {
      const { red } = stage().home;
      const port = Number(new URL(red.url).port);
      // News that come while another tab is in front are read when this one is.
      await editor.chooseTab('info');
      const before = frames.length;
      await red.run(INJECT);
      await heard('plex-jit/up-next', before);
      await red.stop();
      sidebar = await editor.upNext();
      await failure().getByText('Node-RED does not answer.').waitFor();
      await red.start(port);
      await failure().waitFor({ state: 'detached', timeout: 20_000 });
      await sidebar.getByText('before Node-RED was restarted').waitFor();
      expect(await sidebar.innerText()).toContain('Harbour Lights');
    });
  });
});
