import { describe, expect, it } from 'vitest';
import type { NodeAPI } from '../../src/runtime/node-types.js';
import { proxyFor } from '../../src/runtime/proxy.js';

const NAS = 'http://nas:8989/sonarr';

interface Given {
  readonly env?: Readonly<Record<string, string>>;
  readonly options?: object;
  readonly node?: object;
}

const red = ({ env = {}, options = {}, node }: Given) =>
  ({
    settings: { proxyOptions: { env, ...options } },
    nodes: { getNode: (id: string) => (id === 'p1' ? (node ?? null) : null) },
  }) as unknown as NodeAPI;

const hostFor = (given: Given, url = NAS, id = ''): string | null => proxyFor(red(given), id, url)?.host ?? null;

describe('the proxy of the environment', () => {
  it('is none where nothing is set', () => {
    expect(hostFor({})).toBeNull();
  });

  it.each([
    [{ http_proxy: 'http://proxy:3128' }, NAS, 'proxy'],
    [{ HTTP_PROXY: 'http://proxy:3128' }, NAS, 'proxy'],
    [{ http_proxy: 'proxy:3128' }, NAS, 'proxy'],
    [{ https_proxy: 'http://proxy:3128' }, NAS, null],
    [{ https_proxy: 'http://proxy:3128' }, 'https://nas', 'proxy'],
    [{ all_proxy: 'http://proxy:3128' }, 'https://nas', 'proxy'],
    [{ http_proxy: '', HTTP_PROXY: 'http://upper:1' }, NAS, 'upper'],
  ])('%o at %s is %s', (env, url, host) => {
    expect(hostFor({ env }, url)).toBe(host);
  });

  it.each([
    ['nas', null],
    ['other, nas', null],
    ['nas:8989', null],
    ['nas:80', 'proxy'],
    ['*', null],
    ['as', 'proxy'],
  ])('with no_proxy %j is %s', (no_proxy, host) => {
    expect(hostFor({ env: { http_proxy: 'http://proxy:3128', no_proxy } })).toBe(host);
  });

  it.each(['.lan', '*.lan', 'nas.home.lan', 'NAS.home.lan'])(
    'leaves out what ends as no_proxy says: %s',
    (no_proxy) => {
      expect(hostFor({ env: { http_proxy: 'http://proxy:3128', no_proxy } }, 'http://nas.home.lan:8989')).toBeNull();
    },
  );

  it.each(['http://localhost:8989', 'http://127.0.0.1', 'http://[::1]:8989'])(
    'is none for this computer: %s',
    (url) => {
      expect(hostFor({ env: { http_proxy: 'http://proxy:3128' } }, url)).toBeNull();
    },
  );

  it("heeds proxyOptions in Node-RED's settings", () => {
    const env = { http_proxy: 'http://lower:1', HTTP_PROXY: 'http://upper:1' };
    expect(hostFor({ env })).toBe('lower');
    expect(hostFor({ env, options: { favourUpperCase: true } })).toBe('upper');
    expect(hostFor({ env: { HTTP_PROXY: 'http://upper:1' }, options: { lowerCaseOnly: true } })).toBeNull();
  });

  it('may have a login in its URL', () => {
    const env = { http_proxy: 'http://ann:p%40ss@proxy:3128' };
    expect(proxyFor(red({ env }), '', NAS)).toEqual({
      ...{ protocol: 'http:', host: 'proxy', port: 3128 },
      ...{ user: 'ann', password: 'p@ss' },
    });
  });

  it.each(['socks5://proxy:1080', 'http://', 'http://:3128'])('%s is refused, without its address', (address) => {
    expect(() => hostFor({ env: { http_proxy: address } })).toThrow(/^its URL is invalid$/);
  });
});

describe('the http proxy node', () => {
  const node = { type: 'http proxy', url: 'http://proxy', noproxy: ['skip'], credentials: {} };

  it('comes before the environment', () => {
    expect(hostFor({ node, env: { http_proxy: 'http://other:1' } }, NAS, 'p1')).toBe('proxy');
    expect(hostFor({ node, env: { http_proxy: 'http://other:1' } }, 'http://skip', 'p1')).toBeNull();
  });

  it('brings its login and the usual port', () => {
    const credentials = { username: 'ann', password: 'secret' };
    expect(proxyFor(red({ node: { ...node, credentials } }), 'p1', NAS)).toMatchObject({
      ...{ port: 80, user: 'ann', password: 'secret' },
    });
  });

  it.each([undefined, { ...node, type: 'tls-config' }, { ...node, url: '' }])('%o is not there', (other) => {
    expect(() => proxyFor(red(other === undefined ? {} : { node: other }), 'p1', NAS)).toThrow(/does not exist/);
  });
});
