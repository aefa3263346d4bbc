import { afterAll, beforeAll, expect, it } from 'vitest';
import { exampleFlow, INJECT } from '../e2e/bench.js';
import { twoPeople } from '../e2e/households.js';
import type { Editor } from './editor.js';
import { onEachLine } from './on-each-line.js';
import { upNextAnswers, VIEW } from './up-next-view.js';

const EXAMPLE = { world: twoPeople, flow: exampleFlow() };

onEachLine(
  'below another path',
  { ...EXAMPLE, root: '/house/red', settings: `settings.httpAdminRoot = '/house/red';` },
  (stage) => {
    let editor: Editor;
    beforeAll(async () => {
      editor = await stage().open();
    });
    afterAll(() => editor[Symbol.asyncDispose]());

    it('tests a server', async () => {
      await editor.open('jit-history');
      await editor.editServer('server');
      expect((await editor.test())[0]).toMatch(/^ok: /);
      await editor.close('cancel');
      await editor.close('cancel');
    });

    it('lists what can be picked', async () => {
      await editor.open('jit-history');
      await editor.fill({ viewersAllowed: ['Ann'] });
      expect(await editor.picked('viewersAllowed')).toEqual(['Ann']);
      await editor.close('cancel');
    });

    it('runs from the sidebar, which shows by itself what came of it', async () => {
      const sidebar = await editor.upNext();
      await sidebar.getByRole('button', { name: 'Run now' }).click();
      await sidebar.getByText('Harbour Lights').first().waitFor();
      expect(editor.complaints).toEqual([]);
    });
  },
);

const PEOPLE = `
const people = { owner: { username: 'owner', permissions: '*' }, guest: { username: 'guest', permissions: 'read' },
  visitor: { username: 'visitor', permissions: ['settings.read', 'nodes.read', 'plugins.read', 'flows.read', 'status.read'] } };
settings.adminAuth = {
  type: 'credentials',
  users: async (name) => people[name] ?? null,
  authenticate: async (name, password) => (password === 'password of ' + name ? people[name] : null),
  tokens: async (token) => people[token.replace('token-of-', '')] ?? null,
};
`;
const as = (name: string): Record<string, string> => ({ authorization: `Bearer token-of-${name}` });
const WRITES = ['test', 'list', 'run'];
const READS = ['up-next', 'diagnostics'];

onEachLine('behind a login', { ...EXAMPLE, settings: PEOPLE, headers: as('owner') }, (stage) => {
  let editor: Editor;
  beforeAll(async () => {
    await stage().home.red.run(INJECT);
    stage().home.clear();
    editor = await stage().open({ login: ['guest', 'password of guest'] });
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  const ask = async (path: string, method: string, headers: Record<string, string>): Promise<number> => {
    const init = { method, headers: { 'content-type': 'application/json', ...headers } };
    const body = method === 'POST' ? { body: JSON.stringify({ flow: 'jit-example-tab', dryRun: true }) } : {};
    return (await fetch(`${stage().home.red.url}/plex-jit/${path}`, { ...init, ...body })).status;
  };

  it('shows the sidebar to whoever may only read', async () => {
    const sidebar = await editor.upNext();
    await sidebar.getByText('Harbour Lights').first().waitFor();
    expect(await sidebar.getByRole('alert').count()).toBe(0);
  });

  it('does nothing when they press its buttons, and says why', async () => {
    const sidebar = await editor.upNext();
    for (const name of ['Run now', 'Plan only']) {
      await sidebar.getByRole('button', { name }).focus();
      await editor.page.keyboard.press('Enter');
    }
    await sidebar.getByText('You may look, but not start a run.').first().waitFor();
    expect(stage().home.sandbox.servers.tautulli.exchanges).toEqual([]);
  });

  it('ignores no show for them, and says why', async () => {
    await upNextAnswers(editor, { json: VIEW });
    const sidebar = await editor.upNext();
    const ignore = sidebar.getByRole('button', { name: 'Ignore this show: Lantern Street' });
    await ignore.focus();
    await editor.page.keyboard.press('Enter');
    expect(await ignore.getAttribute('title')).toBe('You may not change flows.');
    expect(await sidebar.getByText('Ignored once you deploy').count()).toBe(0);
    expect(await editor.property('jit-lookup', 'ignoreShows')).toEqual([]);
    await upNextAnswers(editor, null);
  });

  it('tests and lists nothing for them: the forms say which right is needed', async () => {
    await editor.open('jit-history');
    await editor.tabTo('viewersAllowed-pick');
    await editor.page.keyboard.press('ArrowDown');
    await editor.form.getByText('testing and listing need write permission').waitFor();
    await editor.editServer('server');
    const test = editor.form.locator('.plex-jit-test');
    expect(await test.getByRole('button').isDisabled()).toBe(true);
    expect(await test.innerText()).toContain('You have read-only access');
    await editor.close('cancel');
    await editor.close('cancel');
    expect(stage().home.sandbox.servers.tautulli.exchanges).toEqual([]);
  });

  it('teaches whoever may not even read which right is needed, and shows what there is once they have it', async () => {
    await using visitor = await stage().open({ login: ['visitor', 'password of visitor'] });
    const sidebar = await visitor.upNext();
    const failure = sidebar.getByRole('alert');
    await failure.getByText('You may not see this.').waitFor();
    await failure.getByText('It requires the permission plex-jit.read').waitFor();
    expect(await sidebar.innerText()).not.toContain('Harbour Lights');
    // As after a change of the settings file.
    await visitor.page.route('**/plex-jit/up-next*', async (route) =>
      route.fulfill({ response: await route.fetch({ headers: as('guest') }) }),
    );
    await failure.getByRole('button', { name: 'Try again' }).focus();
    await visitor.page.keyboard.press('Enter');
    await sidebar.getByText('Harbour Lights').first().waitFor();
    expect(await failure.count()).toBe(0);
  });

  it.each(READS)('%s: refused without a login or the right, told to a reader', async (path) => {
    expect(await ask(path, 'GET', {})).toBe(401);
    expect(await ask(path, 'GET', as('visitor'))).toBe(401);
    expect(await ask(path, 'GET', as('guest'))).toBe(200);
  });

  it.each(WRITES)('%s: refused without a login and to a reader', async (path) => {
    expect(await ask(path, 'POST', {})).toBe(401);
    expect(await ask(path, 'POST', as('guest'))).toBe(401);
    expect(await ask(path, 'POST', as('owner'))).not.toBe(401);
  });
});
