import { createServer as createTcp } from 'node:net';
import { describe, expect, it } from 'vitest';
import { AUTHORITY, certificate } from '../clients/support/certificates.js';
import { replayed } from '../clients/support/recordings.js';
import { type Behaviour, LocalServer } from '../clients/support/server.js';
import { SONARR_KEY, startSandbox } from '../sandbox/index.js';
import { Editor, codesOf, specOf } from './editor.js';

const HOUSEHOLD = 'test/sandbox/worlds/household.json';
const KEY = '0123456789abcdef0123456789abcdef';
const PRODUCTS = ['tautulli', 'sonarr', 'sabnzbd'] as const;
type Product = (typeof PRODUCTS)[number];

const spec = (product: Product, url: string, more: object = {}) => ({
  ...specOf(product, {
    urls: { tautulli: url, sonarr: url, sonarrs: [url], sabnzbd: url },
    keys: { tautulli: KEY, sonarr: KEY, sabnzbd: KEY, nzb: KEY, indexer: KEY },
  }),
  timeout: '5',
  ...more,
});

const testing = async (product: Product, url: string, more: object = {}) => {
  await using editor = await Editor.start();
  const reply = await editor.test(spec(product, url, more));
  expect(reply.status).toBe(200);
  expect(reply.body.ok).toBe(false);
  expect(reply.text + editor.log).not.toContain(KEY);
  return { codes: codesOf(reply), texts: reply.body.findings.map(({ text }) => text), findings: reply.body.findings };
};

const listening = async (behave: Behaviour, base = ''): Promise<LocalServer> => {
  const server = await LocalServer.start(base);
  server.behave = behave;
  return server;
};

const page =
  (text: string): Behaviour =>
  () => ({ type: 'text/html', body: `<html><body>${text}</body></html>` });

describe.each(PRODUCTS)('the test of a %s that cannot be asked', (product) => {
  it('says refused, and what localhost is inside a container', async () => {
    for (const url of ['http://127.0.0.1:1', 'http://localhost:1']) {
      const { codes, texts } = await testing(product, url);
      expect(codes).toEqual(['error refused', 'warning localhost-container']);
      expect(texts[0]).toMatch(/refused the connection.*host and port are correct\.$/);
      expect(texts[1]).toContain(`In a container, ${new URL(url).hostname} is the container itself`);
    }
  });

  it('says that a name is not known, and where names of containers resolve', async () => {
    const { codes, texts } = await testing(product, `http://${product}.invalid:8080`);
    expect(codes).toEqual(['error unknown-host', 'warning container-name']);
    expect(texts[1]).toMatch(/only resolve within the same Docker network: if \w+\.invalid is one/);
  });

  it('says time-out, no later than the time-out of the form', async () => {
    await using silent = await listening(() => null);
    const began = Date.now();
    const { codes, texts } = await testing(product, silent.url, { timeout: '1' });
    expect(codes).toEqual(['error timeout']);
    expect(texts[0]).toMatch(/did not respond within 1 s.*raise the timeout\.$/);
    expect(Date.now() - began).toBeLessThan(4_000);
  });

  it('says that a web page answers', async () => {
    await using server = await listening(page('It works!'));
    const { codes, texts } = await testing(product, server.url);
    expect(codes).toEqual(['error not-json']);
    expect(texts[0]).toMatch(/web page instead of data .*Check the port and the URL base\.$/);
  });

  it('says that a login page answers, by its fields or by where it leads', async () => {
    await using form = await listening(page('<form><input type="password"></form>'));
    await using away = await listening(() => ({
      status: 302,
      headers: { location: 'https://auth.example.org/?rd=1' },
    }));
    for (const { url } of [form, away]) {
      const { codes, texts } = await testing(product, url);
      expect(codes).toEqual(['error login-page']);
      expect(texts[0]).toMatch(/exempt the API from the reverse proxy's login\.$/);
    }
  });

  it('says that basic auth is asked for', async () => {
    await using server = await listening(() => ({
      status: 401,
      type: 'text/html',
      headers: { 'www-authenticate': 'Basic realm="x"' },
      body: '<html></html>',
    }));
    expect((await testing(product, server.url)).codes).toEqual(['error auth-required']);
  });

  it('says http for https, and https for http', async () => {
    await using plain = await listening(() => ({ body: {} }));
    const secure = await testing(product, plain.url.replace('http:', 'https:'));
    expect(secure.codes).toEqual(['error tls-mismatch']);
    expect(secure.texts[0]).toContain('Use http:// in the URL');
    await using tls = await LocalServer.start('', certificate('good'));
    const { codes, texts } = await testing(product, tls.url.replace('https:', 'http:'));
    expect(codes).toEqual(['error tls-mismatch']);
    expect(texts[0]).toContain('Use https:// in the URL');
  });

  it.each([
    ['self-signed', 'certificate-self-signed', /self-signed\. Add it as a CA/],
    ['good', 'certificate-unknown-issuer', /unknown issuer\. Add the issuer as a CA/],
  ] as const)('says what is wrong with a certificate: %s', async (name, code, words) => {
    await using server = await LocalServer.start('', certificate(name));
    const { codes, texts } = await testing(product, server.url);
    expect(codes).toEqual([`error ${code}`]);
    expect(texts[0]).toMatch(words);
    expect(server.received).toEqual([]);
  });

  it.each([
    ['expired', 'certificate-expired', /has expired or is not valid yet\. Renew it\.$/],
    ['other-host', 'certificate-host-mismatch', /another host name\. In the URL, use the name/],
  ] as const)('with a TLS configuration that trusts the issuer: %s', async (name, code, words) => {
    await using server = await LocalServer.start('', certificate(name));
    await using editor = await Editor.start(
      [{ id: 'tls', type: 'tls-config', cert: '', key: '', ca: '', caname: 'ca.pem', verifyservercert: true }],
      {
        tls: { cadata: AUTHORITY },
      },
    );
    const reply = await editor.test(spec(product, server.url, { tls: 'tls' }));
    expect(codesOf(reply)).toEqual([`error ${code}`]);
    expect(reply.body.findings[0]?.text).toMatch(words);
  });

  it('never follows a redirect, and says where it leads', async () => {
    await using other = await listening(() => ({ body: {} }));
    await using server = await listening(() => ({ status: 301, headers: { location: `${other.url}/elsewhere` } }));
    const { codes, texts } = await testing(product, server.url);
    expect(codes).toEqual(['error redirect']);
    expect(texts[0]).toContain(`redirected the request (301): ${other.url}/elsewhere.`);
    expect(other.received).toEqual([]);
  });

  it('looks around without the key, the password and the headers, with few requests', async () => {
    await using server = await listening(page('It works!'));
    await using editor = await Editor.start();
    await editor.test(
      spec(product, server.url, { user: 'ann', password: 'pass-1234', headers: 'X-Token: token-1234' }),
    );
    const [first, ...others] = server.received;
    expect(first?.headers).toMatchObject({ 'x-token': 'token-1234' });
    expect(others.length).toBeGreaterThan(0);
    expect(others.length).toBeLessThanOrEqual(5);
    for (const { method, headers, query, body } of others) {
      expect(method).toBe('GET');
      expect(JSON.stringify([headers, [...query], body])).not.toMatch(
        /token-1234|authorization|x-api-key|0123456789abcdef/i,
      );
    }
  });

  it('is good again once the server is', async () => {
    await using sandbox = await startSandbox(HOUSEHOLD);
    await using editor = await Editor.start();
    sandbox.servers[product].addFault({ kind: 'refused' });
    expect((await editor.test(specOf(product, sandbox))).body.ok).toBe(false);
    sandbox.servers[product].clearFaults();
    expect((await editor.test(specOf(product, sandbox))).body.ok).toBe(true);
  });

  it('says that the key is wrong, and where the right one stands', async () => {
    await using sandbox = await startSandbox(HOUSEHOLD);
    const { findings } = await testing(product, sandbox.urls[product]);
    expect(findings[0]).toMatchObject({ level: 'error', code: 'key-refused' });
    expect(findings[0]?.text).toMatch(/Copy the key from (Settings|Config) → /);
  });

  it('suggests the URL without a base path that is not there', async () => {
    await using sandbox = await startSandbox(HOUSEHOLD);
    const url = sandbox.urls[product];
    const { codes, findings } = await testing(product, `${url}/surplus`);
    expect(codes).toEqual(['error url-base-surplus']);
    expect(findings[0]?.params).toMatchObject({ base: '/surplus', suggested: url });
    expect(findings[0]?.text).toContain(`Use ${url} as its URL.`);
  });

  it('says which of the three it is when the address is that of another', async () => {
    await using sandbox = await startSandbox(HOUSEHOLD);
    for (const other of PRODUCTS.filter((one) => one !== product)) {
      const { findings } = await testing(product, sandbox.urls[other]);
      expect(findings[0], `${product} at ${other}`).toMatchObject({ code: 'other-product' });
      expect(String(findings[0]?.params.found).toLowerCase()).toBe(other);
    }
  });
});

describe('a base path that is missing', () => {
  it('of Sonarr is where it sends us', async () => {
    await using sandbox = await startSandbox({ series: [], households: [], sonarr: { urlBase: '/series/sonarr' } });
    const { origin } = new URL(sandbox.urls.sonarr);
    const { findings } = await testing('sonarr', origin, { apiKey: SONARR_KEY });
    expect(findings).toMatchObject([{ code: 'url-base-missing', params: { suggested: sandbox.urls.sonarr } }]);
  });

  it('of Tautulli is where its root leads', async () => {
    await using sandbox = await startSandbox({ series: [], households: [], tautulli: { urlBase: '/stats' } });
    const { origin } = new URL(sandbox.urls.tautulli);
    const { findings } = await testing('tautulli', origin);
    expect(findings).toMatchObject([{ code: 'url-base-missing', params: { suggested: sandbox.urls.tautulli } }]);
    const misspelt = await testing('tautulli', `${origin}/tautuli`);
    expect(misspelt.findings).toMatchObject([{ code: 'other-url-base', params: { suggested: sandbox.urls.tautulli } }]);
  });

  it('is looked for by the proxy that is chosen, and not beside it', async () => {
    await using forward = await listening(({ path }) =>
      path.endsWith('/sonarr/ping')
        ? { body: { status: 'OK' } }
        : { status: 404, type: 'text/html', body: '<html></html>' },
    );
    await using editor = await Editor.start([{ id: 'way', type: 'http proxy', url: forward.url, noproxy: [] }]);
    const { body } = await editor.test(spec('sonarr', 'http://nas.invalid', { proxy: 'way' }));
    expect(body.findings).toMatchObject([
      { code: 'url-base-missing', params: { suggested: 'http://nas.invalid/sonarr' } },
    ]);
  });

  it('of a reverse proxy is found under the usual name', async () => {
    await using proxy = await listening(({ path }) =>
      path === '/sabnzbd/api'
        ? { body: { version: '5.0.1' } }
        : { status: 404, type: 'text/html', body: '<html></html>' },
    );
    const { findings } = await testing('sabnzbd', proxy.url);
    expect(findings).toMatchObject([{ code: 'url-base-missing', params: { suggested: `${proxy.url}/sabnzbd` } }]);
  });
});

describe('what only one product does', () => {
  it('SABnzbd refuses a host name: the sentence names it, and host_whitelist', async () => {
    await using server = await listening(() => replayed('sabnzbd', 'err_hostname_verification_version'));
    const { codes, texts } = await testing('sabnzbd', server.url.replace('127.0.0.1', 'localhost'));
    expect(codes).toEqual(['error host-whitelist']);
    expect(texts[0]).toMatch(/host name localhost: add it to host_whitelist in SABnzbd/);
  });

  it('SABnzbd denies without a word (api_warnings off)', async () => {
    await using server = await listening(() => ({ status: 403, type: 'text/html', body: '' }));
    expect((await testing('sabnzbd', server.url)).codes).toEqual(['error forbidden-sabnzbd']);
    expect((await testing('sonarr', server.url)).codes).toEqual(['error forbidden']);
  });

  it('SABnzbd takes us for an outsider', async () => {
    await using server = await listening(() => replayed('sabnzbd', 'err_external_access_xff_version'));
    expect((await testing('sabnzbd', server.url)).codes).toEqual(['error external-refused']);
  });

  it('Tautulli has its API turned off', async () => {
    await using server = await listening(() => replayed('tautulli', 'error_api_disabled'));
    expect((await testing('tautulli', server.url)).codes).toEqual(['error api-disabled']);
  });

  it('Tautulli has no valid key of its own', async () => {
    await using server = await listening(() => replayed('tautulli', 'error_api_key_not_32_chars'));
    expect((await testing('tautulli', server.url)).codes).toEqual(['error key-not-generated']);
  });

  it('a relative of Sonarr answers with the same API', async () => {
    await using server = await listening(() => ({ body: { appName: 'Radarr', version: '5.1.0' } }));
    const { findings } = await testing('sonarr', server.url);
    expect(findings[0]).toMatchObject({ code: 'other-product', params: { found: 'Radarr' } });
  });

  it('a port that closes every connection, and speaks no https', async () => {
    const rude = createTcp((socket) => socket.destroy());
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
    const { port } = rude.address() as { port: number };
    expect((await testing('sonarr', `http://127.0.0.1:${port}`)).codes).toEqual(['error reset']);
    await new Promise((resolve) => rude.close(resolve));
  });
});
