import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkUrl } from '../../src/editor/fields/check.js';
import { certificate } from '../clients/support/certificates.js';
import { LocalServer } from '../clients/support/server.js';
import { type Sandbox, startSandbox } from '../sandbox/index.js';
import { Editor, codesOf, specOf } from './editor.js';

const HOUSEHOLD = 'test/sandbox/worlds/household.json';
const ID = 'sonarr-1';
const VARIABLES = ['MY_KEY', 'MY_URL', 'MY_UNSET', 'MY_TIMEOUT', 'SONARR_URL', 'SONARR_API_KEY'];

let sandbox: Sandbox;
/** Somebody else's server, which answers like Sonarr. */
let other: LocalServer;

beforeEach(async () => {
  for (const name of VARIABLES) delete process.env[name];
  sandbox = await startSandbox(HOUSEHOLD);
  other = await LocalServer.start('');
  other.behave = () => ({ body: { appName: 'Sonarr', version: '5.0.0.1' } });
});

afterEach(async () => {
  for (const name of VARIABLES) delete process.env[name];
  await sandbox.close();
  await other[Symbol.asyncDispose]();
});

const deployed = (settings: object = {}, credentials: object = { apiKey: sandbox.keys.sonarr }): Promise<Editor> =>
  Editor.start([{ id: ID, type: 'plex-jit-sonarr', name: '', url: sandbox.urls.sonarr, ...settings }], {
    [ID]: credentials,
  });

const spec = (more: object): object => ({ ...specOf('sonarr', sandbox), id: ID, ...more });

/** Nothing of a request, not even a connection, came to the other server; the answer and the log hold no key. */
const nothingSent = (text: string, editor: Editor): void => {
  expect(other.received).toEqual([]);
  expect(text + editor.log).not.toContain(sandbox.keys.sonarr);
};

describe('a stored key', () => {
  it.each([{ apiKey: '__PWRD__' }, { apiKey: undefined }])('is used for the URL it is stored for (%o)', async (key) => {
    await using editor = await deployed();
    expect((await editor.test(spec(key))).body.ok).toBe(true);
    const written = `${sandbox.urls.sonarr.replace('http:', 'HTTP:')}/`;
    expect((await editor.test(spec({ ...key, url: written }))).body.ok).toBe(true);
  });

  it('goes to no other URL, and the finding says to type it again', async () => {
    await using editor = await deployed();
    for (const url of [other.url, `${sandbox.urls.sonarr}/other`]) {
      const reply = await editor.test(spec({ apiKey: '__PWRD__', url }));
      expect(codesOf(reply)).toEqual(['error stored-key-other-url']);
      expect(reply.body.findings[0]?.text).toContain(`is for ${sandbox.urls.sonarr} and is not sent anywhere else`);
      nothingSent(reply.text, editor);
    }
    expect(sandbox.servers.sonarr.exchanges).toEqual([]);
    const list = await editor.list({ ...spec({ apiKey: '__PWRD__', url: other.url }), kind: 'tags' });
    expect(list.body).toMatchObject({ items: [], finding: { code: 'stored-key-other-url' } });
    nothingSent(list.text, editor);
  });

  it('goes through no other proxy than the one it is deployed with', async () => {
    await using editor = await deployed();
    const reply = await editor.test(spec({ apiKey: '__PWRD__', proxy: 'somebody' }));
    expect(codesOf(reply)).toEqual(['error stored-key-other-way']);
    expect(sandbox.servers.sonarr.exchanges).toEqual([]);
  });

  describe('that is deployed with a TLS configuration', () => {
    const TLS = { type: 'tls-config', cert: '', key: '', ca: '' };
    const CONFIGS = [
      { ...TLS, id: 'strict', verifyservercert: true },
      { ...TLS, id: 'lax', verifyservercert: false },
    ];
    /** Somebody between, who answers at the same address with a certificate of their own. */
    const between = async (
      tls: string | undefined,
      work: (editor: Editor, form: (more: object) => object, received: () => readonly unknown[]) => Promise<void>,
    ): Promise<void> => {
      await using server = await LocalServer.start('', certificate('self-signed'));
      server.behave = () => ({ body: { appName: 'Sonarr', version: '5.0.0.1' } });
      const node = {
        id: ID,
        type: 'plex-jit-sonarr',
        name: '',
        url: server.url,
        ...(tls === undefined ? {} : { tls }),
      };
      await using editor = await Editor.start([...CONFIGS, node], { [ID]: { apiKey: 'the-stored-key' } });
      await work(
        editor,
        (more) => spec({ url: server.url, apiKey: '__PWRD__', tls: tls ?? '', ...more }),
        () => server.received,
      );
    };

    it.each([
      ['strict', 'lax'],
      ['strict', ''],
      ['', 'lax'],
      [undefined, 'lax'],
    ])('%s is not sent with %s: that would trust another', async (tls, other) => {
      await between(tls, async (editor, form, received) => {
        const reply = await editor.test(form({ tls: other }));
        expect(codesOf(reply)).toEqual(['error stored-key-other-way']);
        expect(reply.body.findings[0]?.text).toContain('is only sent with the TLS configuration and proxy');
        const list = await editor.list({ ...form({ tls: other }), kind: 'tags' });
        expect(list.body).toMatchObject({ items: [], finding: { code: 'stored-key-other-way' } });
        expect(received()).toEqual([]);
        expect(reply.text + list.text + editor.log).not.toContain('the-stored-key');
      });
    });

    it('is sent with that one, and a typed one with any', async () => {
      await between('lax', async (editor, form, received) => {
        await editor.test(form({}));
        expect(JSON.stringify(received())).toContain('the-stored-key');
      });
      await between('strict', async (editor, form, received) => {
        await editor.test(form({ tls: 'lax', apiKey: 'just-typed' }));
        expect(JSON.stringify(received())).toContain('just-typed');
      });
    });

    it('says first that another one is not there yet', async () => {
      await between('strict', async (editor, form) => {
        expect(codesOf(await editor.test(form({ tls: 'new' })))).toEqual(['error no-tls']);
      });
    });
  });

  it.each(['password', 'headers', 'user'])('is guarded like a stored %s', async (name) => {
    await using editor = await deployed({}, { apiKey: sandbox.keys.sonarr, [name]: 'X-Secret: stored-secret' });
    const stored = { apiKey: 'typed-key', [name]: '__PWRD__' };
    expect(codesOf(await editor.test(spec({ ...stored, url: other.url })))).toEqual(['error stored-key-other-url']);
    expect(other.received).toEqual([]);
    await editor.test(spec({ ...stored, url: other.url, [name]: '' }));
    expect(JSON.stringify(other.received)).not.toContain('stored-secret');
  });

  it('of another kind of server, or of an unknown node, is not found', async () => {
    await using editor = await deployed();
    const kinds = [{ type: 'plex-jit-tautulli' }, { id: 'unknown' }, { id: '' }];
    for (const kind of kinds) {
      const reply = await editor.test(spec({ apiKey: '__PWRD__', ...kind }));
      expect(codesOf(reply)).toEqual(['error no-key']);
    }
    expect(sandbox.servers.sonarr.exchanges).toEqual([]);
  });

  it('is used when its node is disabled', async () => {
    await using editor = await deployed({ d: true });
    expect((await editor.test(spec({ apiKey: '__PWRD__' }))).body.ok).toBe(true);
  });

  it('gives way to one that is typed, for any URL', async () => {
    await using editor = await deployed({ url: other.url });
    expect((await editor.test(spec({ url: sandbox.urls.sonarr, apiKey: sandbox.keys.sonarr }))).body.ok).toBe(true);
    expect(other.received).toEqual([]);
  });
});

describe('${NAME}', () => {
  it('as URL and key is what the environment holds', async () => {
    process.env.MY_KEY = sandbox.keys.sonarr;
    process.env.MY_URL = sandbox.urls.sonarr;
    await using editor = await Editor.start();
    expect((await editor.test(spec({ id: '', url: '${MY_URL}', apiKey: '${MY_KEY}' }))).body.ok).toBe(true);
  });

  it('as key goes to the URL that is deployed', async () => {
    process.env.MY_KEY = sandbox.keys.sonarr;
    await using editor = await deployed({}, { apiKey: '${MY_KEY}' });
    expect((await editor.test(spec({ apiKey: '${MY_KEY}' }))).body.ok).toBe(true);
    expect((await editor.test(spec({ apiKey: '__PWRD__' }))).body.ok).toBe(true);
  });

  it('as key goes with no other TLS configuration to a URL that was typed', async () => {
    process.env.MY_KEY = sandbox.keys.sonarr;
    const lax = { id: 'lax', type: 'tls-config', cert: '', key: '', ca: '', verifyservercert: false };
    const node = { id: ID, type: 'plex-jit-sonarr', name: '', url: sandbox.urls.sonarr };
    await using editor = await Editor.start([lax, node], { [ID]: { apiKey: '${MY_KEY}' } });
    for (const apiKey of ['${MY_KEY}', '__PWRD__']) {
      const reply = await editor.test(spec({ apiKey, tls: 'lax' }));
      expect(codesOf(reply)).toEqual([
        `error ${apiKey === '__PWRD__' ? 'stored-key-other-way' : 'variable-other-url'}`,
      ]);
    }
    expect(sandbox.servers.sonarr.exchanges).toEqual([]);
  });

  it.each(['apiKey', 'password', 'headers'])('as %s goes to no other URL that was typed', async (name) => {
    process.env.MY_KEY = sandbox.keys.sonarr;
    await using editor = await deployed();
    const reply = await editor.test(spec({ url: other.url, apiKey: 'typed-key', [name]: '${MY_KEY}' }));
    expect(codesOf(reply)).toEqual(['error variable-other-url']);
    nothingSent(reply.text, editor);
  });

  it('that is not set is named', async () => {
    await using editor = await deployed();
    for (const more of [{ url: '${MY_UNSET}' }, { apiKey: '${MY_UNSET}' }, { timeout: '${MY_UNSET}' }]) {
      const reply = await editor.test(spec(more));
      expect(codesOf(reply)).toEqual(['error unset-variable']);
      expect(reply.body.findings[0]?.text).toContain('MY_UNSET is not set');
    }
  });

  it('as name is not looked up: an answer would show what it holds', async () => {
    process.env.MY_KEY = 'what-nobody-may-see';
    await using editor = await Editor.start();
    const reply = await editor.test(spec({ name: '${MY_KEY}', apiKey: 'wrong-key-1' }));
    expect(codesOf(reply)).toEqual(['error key-refused']);
    expect(reply.text).not.toContain('what-nobody-may-see');
  });

  it('as part of a URL is none', async () => {
    await using editor = await Editor.start();
    const reply = await editor.test(spec({ url: 'http://${MY_URL}:8989' }));
    expect(codesOf(reply)).toEqual(['error bad-url']);
  });

  it('as time-out is a number', async () => {
    process.env.MY_TIMEOUT = '20';
    await using editor = await Editor.start();
    expect((await editor.test(spec({ timeout: '${MY_TIMEOUT}' }))).body.ok).toBe(true);
  });
});

describe('no key', () => {
  it('is that of the environment, for the URL of the environment only', async () => {
    process.env.SONARR_URL = sandbox.urls.sonarr;
    process.env.SONARR_API_KEY = sandbox.keys.sonarr;
    await using editor = await Editor.start();
    expect((await editor.test(spec({ id: '', apiKey: '' }))).body.ok).toBe(true);
    const reply = await editor.test(spec({ id: '', apiKey: '', url: other.url }));
    expect(codesOf(reply)).toEqual(['error no-key']);
    nothingSent(reply.text, editor);
  });
});

describe('a form that is half filled', () => {
  it.each([
    ['tautulli', '', 'http://nas:8181 or http://nas:8181/tautulli'],
    ['sonarr', 'nas', 'http://nas:8989 or http://nas:8989/sonarr'],
    ['sabnzbd', 'nas', 'http://nas:8080 or http://nas:8080/sabnzbd'],
  ])('shows what a URL of %s looks like', async (service, url, example) => {
    await using editor = await Editor.start();
    const { body } = await editor.test(spec({ type: `plex-jit-${service}`, id: '', url }));
    expect(body.findings[0]?.text).toContain(`It should look like ${example}`);
  });

  it.each([
    [{ url: '' }, 'no-url', /URL is missing/],
    [{ url: '   ' }, 'no-url', /URL is missing/],
    [{ url: 'nas:8989' }, 'bad-url', /must begin with http:.* It should look like http:/],
    [{ url: 'http://me:hunter2@nas:8989' }, 'bad-url', /contains a user name or password/],
    [{ url: 'http://${HOST}:8989' }, 'bad-url', /a variable must be the whole URL/],
    [{ apiKey: '' }, 'no-key', /Copy it from Settings → General in Sonarr/],
    [{ timeout: '0' }, 'bad-timeout', /1 to 600/],
    [{ timeout: 'soon' }, 'bad-timeout', /1 to 600/],
    [{ headers: 'no colon' }, 'bad-headers', /Name: value/],
    [{ tls: 'gone' }, 'no-tls', /Deploy it first/],
  ])('%o is told as %s, and nothing is sent', async (more, code, words) => {
    await using editor = await Editor.start();
    const reply = await editor.test(spec(more));
    expect(codesOf(reply)).toEqual([`error ${code}`]);
    expect(reply.body).toMatchObject({ ok: false, product: 'Sonarr', version: null, ms: null });
    expect(reply.body.findings[0]?.text).toMatch(words);
    expect(reply.text).not.toContain('hunter2');
    expect(sandbox.servers.sonarr.exchanges).toEqual([]);
  });

  it.each([
    ['http://${HOST}:8989', 'partVariable'],
    ['http://nas :8989', 'space'],
    ['http://nas:8989/#/series', 'query'],
  ])('tells of the URL %s the fault that its field tells', async (url, fault) => {
    await using editor = await Editor.start();
    expect((await editor.test(spec({ url }))).body.findings[0]?.params).toEqual({ fault });
    expect(checkUrl(url)?.key).toBe(`problem.${fault}`);
  });

  it('takes the list\'s "add new" for no TLS configuration', async () => {
    await using editor = await Editor.start();
    expect((await editor.test(spec({ tls: '_ADD_' }))).body.ok).toBe(true);
  });
});
