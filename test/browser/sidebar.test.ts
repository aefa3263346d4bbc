import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { INJECT } from '../e2e/bench.js';
import type { UpNextView } from '../../src/core/up-next/index.js';
import type { Editor } from './editor.js';
import { onEachLine } from './on-each-line.js';
import { flows, FORGETS, LONG, UNKNOWN, world } from './sidebar-household.js';
import type { Stage } from './stage.js';

const OURS = 'plex-jit-up-next';
/** The editor looks for Node-RED each second or two, and once in a minute after half a minute: a busy machine needs longer to start it. */
const BACK = 70_000;

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

onEachLine('the sidebar "Up next"', { world, flow: flows(), settings: FORGETS }, (stage) => {
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

  /** Shows another flow, by keyboard. */
  const choose = async (sidebar: Locator, key: 'Home' | 'End'): Promise<void> => {
    await sidebar.getByLabel('Flow', { exact: true }).focus();
    await editor.page.keyboard.press(key);
  };

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
        .getByRole('button', { name: `Ignore this show: ${UNKNOWN}` })
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
        .getByRole('button', { name: `Ignore this show: ${UNKNOWN}` })
        .waitFor();
      expect(await editor.changed()).toBe(false);
    });

    it('is taken back by the button that takes its place, and the focus', async () => {
      const { page } = editor;
      const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement?.textContent ?? null);
      await ignore();
      await vi.waitUntil(async () => (await focused()) === 'Undo');
      await page.keyboard.press('Enter');
      await vi.waitUntil(async () => (await focused()) === 'Ignore this show');
      expect(await editor.changed()).toBe(false);
    });

    it('stands in the form of the look-up', async () => {
      await ignore();
      // What says that it is ignored lies over the workspace for a while, and slid in between two presses.
      await editor.quiet();
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

  it('is no wider than its place, whatever a viewer is called', async () => {
    const content = editor.page.locator('.plex-jit-up-next');
    const name = content.locator('.plex-jit-viewer h3', { hasText: LONG });
    await name.waitFor();
    expect(await content.evaluate((all) => all.scrollWidth - all.clientWidth)).toBe(0);
    const [icon, first] = await name.evaluate((heading) =>
      [...heading.children].map((one) => one.getClientRects()[0]?.top ?? 0),
    );
    expect(Math.abs((icon ?? 0) - (first ?? 99))).toBeLessThan(6);
  });

  it('folds a viewer away by keyboard, who stays so when it is drawn anew', async () => {
    const head = editor.page.locator('summary', { hasText: LONG });
    const series = editor.page.locator('.plex-jit-viewer', { has: head }).locator('.plex-jit-series').first();
    await series.waitFor();
    await head.focus();
    await editor.page.keyboard.press('Enter');
    await series.waitFor({ state: 'hidden' });
    const drawn = editor.page.locator('.plex-jit-page');
    await drawn.evaluate((page) => page.setAttribute('data-before', ''));
    await stage().home.red.run(INJECT);
    await editor.page.locator('[data-before]').waitFor({ state: 'detached' });
    expect(await editor.page.locator('.plex-jit-viewer [open]').count()).toBeGreaterThan(0);
    expect(await series.isVisible()).toBe(false);
    await editor.page.keyboard.press('Enter');
    await series.waitFor();
  });

  it('tells how far a download is, and as of when', async () => {
    const { flows: all } = (await (await stage().home.red.ask('/plex-jit/up-next')).json()) as UpNextView;
    const { at = '' } = all[0]?.plans[0] ?? {};
    const time = new Intl.DateTimeFormat('en-US', { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
    const progress = editor.page.locator('.plex-jit-progress span');
    await progress.filter({ hasText: time }).first().waitFor();
    for (const words of await progress.allInnerTexts())
      expect(words).toMatch(new RegExp(`^\\d+ % downloaded as of ${time}$`));
  });

  describe('a flow inside a subflow', () => {
    let sidebar: Locator;
    const run = (): Promise<string> => sidebar.locator('.plex-jit-run-head strong').innerText();
    const press = async (name: string): Promise<void> => {
      await sidebar.getByRole('button', { name, exact: true }).focus();
      await editor.page.keyboard.press('Enter');
    };

    it('is one of those to choose from, and has not run yet', async () => {
      sidebar = await editor.upNext();
      await choose(sidebar, 'End');
      await sidebar.getByText('This flow has not run').waitFor();
      expect(await sidebar.getByLabel('Flow', { exact: true }).locator('option').allInnerTexts()).toEqual([
        'Plex Just-In-Time',
        'Fed',
      ]);
    });

    it('is planned', async () => {
      await press('Plan only');
      await sidebar.locator('.plex-jit-dry').waitFor();
      await sidebar.locator('.plex-jit-viewer', { hasText: 'Ann' }).getByText('Harbour Lights').first().waitFor();
      expect(await run()).toBe('Last run, plan only');
    });

    it('is run', async () => {
      await press('Run now');
      await sidebar.locator('.plex-jit-dry').waitFor({ state: 'detached' });
      await sidebar.locator('.plex-jit-viewer', { hasText: 'Ann' }).getByText('Harbour Lights').first().waitFor();
      expect(await run()).toBe('Last run');
    });

    it('ignores a show: the node in the subflow does, and no other', async () => {
      const outside = await editor.property('jit-lookup', 'ignoreShows');
      await press(`Ignore this show: ${UNKNOWN}`);
      await sidebar.getByText('Ignored once you deploy').waitFor();
      const entry = { id: expect.stringMatching(/./) as string, name: UNKNOWN };
      expect(await editor.property('jit-lookup-boxed', 'ignoreShows')).toEqual([entry]);
      expect(await editor.property('jit-lookup', 'ignoreShows')).toEqual(outside);
      await stage().home.red.restarted(() => editor.deploy());
      await press('Plan only');
      await sidebar.locator('.plex-jit-dry').waitFor();
      expect(await sidebar.locator('.plex-jit-unmatched').count()).toBe(0);
      await choose(sidebar, 'Home');
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
      await editor.page.route('**/plex-jit/up-next*', (route) => route.fulfill({ status: 502, body: 'broken' }));
      await stage().home.red.run(INJECT);
      await failure().waitFor();
      expect(await failure().innerText()).toMatch(
        /^Node-RED answered with status 502\.\s+Node-RED’s log has a line about failures [^]*Retrying every minute[^]*Try again$/,
      );
      await sidebar.getByText('Harbour Lights').first().waitFor();
    });

    it('tells what Node-RED says of it', async () => {
      const { page } = editor;
      const error = 'The request failed inside this package.';
      await page.unroute('**/plex-jit/up-next*');
      await page.route('**/plex-jit/up-next*', (route) => route.fulfill({ status: 500, json: { error } }));
      await failure().getByRole('button', { name: 'Try again' }).focus();
      await page.keyboard.press('Enter');
      await failure().getByText(error).waitFor();
      expect(await failure().innerText()).toMatch(/^Node-RED answered with status 500\./);
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

    it('is read anew by itself when Node-RED was away while it was in front', async () => {
      const { red } = stage().home;
      await red.stop();
      await red.start(Number(new URL(red.url).port));
      await sidebar.getByText('before Node-RED restarted').waitFor({ timeout: BACK });
      expect(await failure().count()).toBe(0);
    }, 120_000);

    it('says why nothing came back to a flow whose Sonarr node keeps all in memory', async () => {
      await choose(sidebar, 'End');
      await sidebar.getByText('Its last view is lost when Node-RED restarts').waitFor();
      expect(await sidebar.locator('.plex-jit-plan').count()).toBe(0);
      await choose(sidebar, 'Home');
      await sidebar.getByText('before Node-RED restarted').waitFor();
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
      await failure().getByText('Node-RED is not responding.').waitFor();
      await red.start(port);
      await failure().waitFor({ state: 'detached', timeout: BACK });
      await sidebar.getByText('before Node-RED restarted').waitFor();
      expect(await sidebar.innerText()).toContain('Harbour Lights');
    }, 120_000);
  });
});
