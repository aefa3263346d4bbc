import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Editor } from './editor.js';
import { onEachLine } from './on-each-line.js';
import { FLOW_FORMS, FLOW_TYPES, HOUSE, SERVER_OF, type FlowType } from './values.js';

/** The steady state of each node after the run. */
const STATUS: Readonly<Record<FlowType, RegExp>> = {
  'plex-jit-tautulli-history': /^2 plays · 2 shows$/,
  'plex-jit-sonarr-lookup': /^2 series$/,
  'plex-jit-next-episodes': /^4 to fetch of 4$/,
  'plex-jit-sonarr-search': /^4 of 4 grabbed$/,
  'plex-jit-sabnzbd-priority': /^4 jobs on top$/,
  'plex-jit-tautulli-notify': /told/,
};

/** Where a browser reaches Sonarr; without a scheme it is none. */
const LINKS = 'https://sonarr.example/tv';

/** From an empty workspace to a household that is served, as a person does it. */
onEachLine('a flow is built by hand', { world: HOUSE }, (stage) => {
  let editor: Editor;
  const ids = new Map<FlowType | 'inject' | 'debug', string>();
  const id = (type: FlowType | 'inject' | 'debug'): string => ids.get(type) ?? '';
  /** Each form as it was when it was filled. */
  const filled = new Map<string, object>();

  beforeAll(async () => {
    // At the pace of a person.
    editor = await stage().open({ slides: true });
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  const keys = (): readonly string[] => {
    const { tautulli, sonarr, sabnzbd } = stage().home.sandbox.keys;
    return [tautulli, sonarr, sabnzbd];
  };

  const fillServer = async (server: 'tautulli' | 'sonarr' | 'sabnzbd'): Promise<void> => {
    const { urls, keys } = stage().home.sandbox;
    await editor.fill({ name: `the ${server}`, url: urls[server], apiKey: 'not-the-key' });
    const [first, ...more] = await editor.test();
    expect(first).toMatch(/^bad: .*refused the API key/);
    // What SABnzbd tells without a key is right, and comes after what is wrong.
    if (server === 'sabnzbd') expect(more).toContainEqual(expect.stringMatching(/^ok: The URL is right/));
    await editor.fill({ url: 'http://127.0.0.1:9/', apiKey: keys[server] });
    expect((await editor.test())[0]).toMatch(/^bad: .*(127\.0\.0\.1|refus|nothing)/i);
    await editor.fill({ url: urls[server] });
    expect((await editor.test())[0]).toMatch(/^ok: .*\d+\.\d+/);
    if (server === 'sonarr') await fillLinks();
  };

  const fillLinks = async (): Promise<void> => {
    const field = editor.form.locator('#node-config-input-linkUrl');
    const problem = editor.form.locator('#node-config-input-linkUrl-problem');
    await editor.fill({ linkUrl: LINKS.replace('https://', '') });
    expect(await problem.innerText()).toBe('The URL must begin with http:// or https://.');
    expect(await field.getAttribute('class')).toContain('input-error');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await editor.fill({ linkUrl: LINKS });
    expect(await problem.innerText()).toBe('');
    expect(await field.getAttribute('aria-invalid')).toBeNull();
  };

  it('takes every node from the palette', async () => {
    ids.set('inject', await editor.dragFromPalette('inject', 200, 60));
    for (const [i, type] of FLOW_TYPES.entries())
      ids.set(type, await editor.dragFromPalette(type, 200 + (i % 3) * 240, i < 3 ? 160 : 260));
    ids.set('debug', await editor.dragFromPalette('debug', 680, 60));
    expect(await editor.ids()).toHaveLength(FLOW_TYPES.length + 2);
  });

  it('wires them', async () => {
    const chain = ['inject', ...FLOW_TYPES, 'debug'] as const;
    for (const [i, type] of chain.slice(1).entries()) await editor.wire(id(chain[i] ?? 'inject'), id(type));
    await editor.wire(id('plex-jit-sonarr-search'), id('plex-jit-sabnzbd-priority'), 1);
    const wires = JSON.parse(await editor.exported()) as { id: string; wires?: string[][] }[];
    expect(wires.find((node) => node.id === id('plex-jit-sonarr-search'))?.wires).toEqual([
      [id('plex-jit-sabnzbd-priority')],
      [id('plex-jit-sabnzbd-priority')],
    ]);
  });

  it.each(FLOW_TYPES)('fills the form of %s by keyboard', async (type) => {
    await editor.open(id(type));
    const server = SERVER_OF[type];
    if (server && !filled.has(server)) {
      await editor.addServer('server');
      await fillServer(server);
      await editor.close('ok');
      filled.set(server, {});
    }
    const { name, ...fields } = FLOW_FORMS[type];
    await editor.fill({ name, ...(server && { server: `the ${server}` }), ...fields });
    filled.set(type, await editor.values());
    const typed = Object.values(FLOW_FORMS[type]).filter((value) => typeof value !== 'object');
    expect(Object.values(filled.get(type) ?? {})).toEqual(expect.arrayContaining(typed));
    await editor.close('ok');
    expect(await editor.property(id(type), 'valid')).toBe(true);
  });

  it('deploys, and nothing runs by itself', async () => {
    stage().home.clear();
    await stage().home.red.restarted(() => editor.deploy());
    expect(stage().home.red.output).not.toMatch(/\[error\]/i);
    expect(stage().home.sandbox.servers.sonarr.exchanges).toEqual([]);
  });

  it('runs when inject is pressed; debug and each status tell what came of it', async () => {
    await editor.pressInject(id('inject'));
    const [message] = await editor.debugMessages(1);
    expect(message).toContain('2 series');
    expect(stage().home.grabbed()).toHaveLength(4);
    for (const [type, words] of Object.entries(STATUS)) await editor.reads(id(type as FlowType), words);
  });

  it('stores what was picked by its id, with its name', async () => {
    const nodes = JSON.parse(await editor.exported()) as Record<string, unknown>[];
    const of = (type: FlowType): Record<string, unknown> | undefined => nodes.find((node) => node.type === type);
    const pick = (name: string): unknown => ({ id: expect.stringMatching(/./) as string, name });
    expect(of('plex-jit-tautulli-history')).toMatchObject({
      viewersAllowed: [pick('Ann'), pick('Bob')],
      librariesAllowed: [pick('TV Shows')],
    });
    expect(of('plex-jit-sonarr-lookup')).toMatchObject({
      excludeTags: [pick('by-hand')],
      ignoreShows: [pick('Quiet Canal')],
    });
    expect(of('plex-jit-tautulli-notify')).toMatchObject({ notifier: '3', notifierName: 'Family' });
  });

  it('shows in the sidebar who gets what next, and runs from there', async () => {
    const sidebar = await editor.upNext();
    await sidebar.getByText('Harbour Lights').first().waitFor();
    for (const words of ['Ann', 'Bob', 'Night Ferry', 'S01E03']) await sidebar.getByText(words).first().waitFor();
    const link = sidebar.getByRole('link', { name: 'Harbour Lights' }).first();
    expect(await link.getAttribute('href')).toBe(`${LINKS}/series/harbour-lights`);
    stage().home.clear();
    await sidebar.getByRole('button', { name: 'Plan only' }).focus();
    await editor.page.keyboard.press('Enter');
    await sidebar.locator('.plex-jit-dry').waitFor();
    expect(stage().home.changes()).toEqual([]);
  });

  it('exports no key', async () => {
    const flow = await editor.exported();
    expect(flow).toContain(stage().home.sandbox.urls.sonarr);
    for (const key of keys()) expect(flow.includes(key)).toBe(false);
  });

  it('finds every value as it was in the reopened forms, also in a new page', async () => {
    await editor.load(stage().home.red.url);
    for (const type of FLOW_TYPES) {
      await editor.open(id(type));
      expect(await editor.values(), type).toEqual(filled.get(type));
      if (type === 'plex-jit-sonarr-lookup') {
        await editor.editServer('server');
        expect(await editor.values()).toMatchObject({ 'node-config-input-linkUrl': LINKS });
        await editor.close('ok');
      }
      await editor.close('ok');
    }
    expect(await editor.changed()).toBe(false);
  });

  it('undoes and redoes a change of a form', async () => {
    const type = 'plex-jit-next-episodes';
    await editor.open(id(type));
    await editor.fill({ episodesToCheck: '9' });
    await editor.close('ok');
    expect(await editor.property(id(type), 'episodesToCheck')).toBe('9');
    await editor.invoke('core:undo');
    expect(await editor.property(id(type), 'episodesToCheck')).toBe('2');
    expect(await editor.changed()).toBe(false);
    await editor.invoke('core:redo');
    expect(await editor.property(id(type), 'episodesToCheck')).toBe('9');
  });

  it('prints no error and no warning in the browser', () => {
    expect(editor.complaints).toEqual([]);
  });
});
