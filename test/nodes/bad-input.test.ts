import { describe, expect, it } from 'vitest';
import type { Lookup, Plan } from '../../src/core/contracts/index.js';
import { item, plan } from '../runtime/builders.js';
import type { Exchange } from '../sandbox/http/types.js';
import { type Bench, type BenchNode, WORLD, bench } from './bench.js';
import { GOOD, NODES, type NodeName, goodMessage } from './good-messages.js';

const serverOf = (node: NodeName) => node.split('-')[0] as 'tautulli' | 'sonarr' | 'sabnzbd';
const PRODUCTS = { tautulli: 'Tautulli', sonarr: 'Sonarr', sabnzbd: 'SABnzbd' };
const withServer = NODES.filter((node) => node !== 'next-episodes');

const loaded = (node: NodeName, settings: object = {}, servers: Record<string, object> = {}) =>
  bench(WORLD, { type: node, ...GOOD[node].settings, ...settings }, { servers });

const caughtOf = async (b: Bench, node: NodeName) => {
  b.send(goodMessage(node, b));
  return (await b.caught.first).error;
};

/** Open ends of connections in this process, the servers' ends among them. */
const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

describe('a form left half-filled and deployed', () => {
  it.each(withServer)('%s without a server: says which to choose, at once and for each message', async (node) => {
    await using b = await loaded(node, { server: '' });
    expect(b.shown).toEqual(['not set up']);
    expect(await caughtOf(b, node)).toMatchObject({
      code: 'not-set-up',
      message: `Not set up: choose a ${PRODUCTS[serverOf(node)]} server.`,
    });
    await b.statusIs('not set up');
  });

  it.each(withServer)('%s with a server whose URL or key is empty: says which', async (node) => {
    const kind = serverOf(node);
    await using b = await loaded(node, {}, { [kind]: { url: '' } });
    const name = PRODUCTS[kind];
    expect((await caughtOf(b, node))?.message).toBe(
      `Not set up: ${name} has no URL. Enter it in the form of that server.`,
    );
    expect(b.requests(kind)).toEqual([]);
  });

  it.each([
    [{ url: null }, /^Not set up: Sonarr has no URL\. Enter it in the form of that server\.$/],
    [{ url: 8989 }, /^The URL of Sonarr .*/],
    [{ url: {} }, /^Not set up: Sonarr has no URL\. Enter it in the form of that server\.$/],
    [{ timeout: 'soon' }, /^The setting "Timeout.*" \(timeout\) must be a number.*, but is "soon"\.$/],
    [{ timeout: {} }, /\(timeout\) must be/],
    [{ cacheTime: '-1' }, /\(cacheTime\) must be a number from .*, but is -1\.$/],
    [
      { tls: 'gone' },
      /^Not set up: the TLS configuration of \w+ does not exist: it was deleted, is disabled or is not deployed\. Choose another in the form of that server\.$/,
    ],
    [{ proxy: 'gone', url: 'http://nas:8989' }, /^Not set up: the proxy of \w+ cannot be used: it does not exist\.$/],
  ])('a Sonarr server with %j is told in a sentence', async (sonarr, sentence) => {
    await using b = await loaded('sonarr-lookup', {}, { sonarr });
    const error = await caughtOf(b, 'sonarr-lookup');
    expect(error?.code).not.toBe('internal');
    expect(error?.message).toMatch(sentence);
  });

  it.each(NODES)('%s with all fields empty works with their defaults', async (node) => {
    const empty = [
      'viewersAllowed',
      'excludeTags',
      'ignoreShows',
      'sharedViewers',
      'rules',
      'tell',
      'notifier',
      'raise',
    ];
    const numbers = [
      'daysToCheck',
      'unitsRead',
      'episodesToCheck',
      'keepFree',
      'waitForJob',
      'log',
      'choose',
      'subject',
    ];
    const fields = Object.fromEntries([...empty, ...numbers].map((name) => [name, '']));
    await using b = await loaded(node, fields);
    b.send(goodMessage(node, b));
    await b.completed.first;
    expect(b.caught.all).toEqual([]);
  });
});

describe('an imported flow', () => {
  const EXTRA = {
    color: '#fff',
    constructor: 'x',
    toString: 5,
    plexJit: { dryRun: false },
    prepare: null,
    extra: { deep: [{ a: { b: null } }] },
    on: 'nothing',
  };

  it.each(NODES)('with properties that %s and its servers do not know runs as without them', async (node) => {
    const servers = { tautulli: EXTRA, sonarr: EXTRA, sabnzbd: EXTRA };
    await using b = await loaded(node, EXTRA, servers);
    b.send(goodMessage(node, b));
    await b.out.first;
    expect(b.caught.all).toEqual([]);
  });

  it.each(NODES)('with %s of a later version says so at deploy, and what is new in it is ignored', async (node) => {
    const later = { configVersion: 3, viewersMaybe: [{ who: 1 }], unheardOf: { of: 'it' } };
    await using b = await loaded(node, later);
    b.send(goodMessage(node, b));
    await b.out.first;
    expect(b.warned[0]).toMatch(
      /^This node was saved by a newer version of the package \(settings of version 3; this one knows 2\)\..* update /,
    );
  });

  it.each(['tautulli', 'sonarr', 'sabnzbd'] as const)(
    'with a %s server of a later version says so at deploy, once, and the server works',
    async (kind) => {
      const node = NODES.find((name) => name.startsWith(kind)) ?? 'sonarr-lookup';
      await using b = await loaded(node, {}, { [kind]: { configVersion: 3, unheardOf: { of: 'it' } } });
      b.send(goodMessage(node, b));
      await b.out.first;
      expect(b.caught.all).toEqual([]);
      expect(b.warnedBy(kind)).toEqual([
        expect.stringMatching(
          /This node was saved by a newer version of the package \(settings of version 3; this one knows 2\)\..* update /,
        ),
      ]);
    },
  );

  it('with servers of this version, or of the first, is not warned of', async () => {
    await using b = await loaded('sonarr-lookup', {}, { sonarr: { configVersion: 2 } });
    expect([...b.warnedBy('sonarr'), ...b.warnedBy('tautulli')]).toEqual([]);
  });

  it('of a later version whose values mean something else is refused by the setting: nothing is guessed', async () => {
    await using b = await loaded('sonarr-lookup', { configVersion: 3, excludeTags: [{ tag: 3, not: true }] });
    expect(await caughtOf(b, 'sonarr-lookup')).toMatchObject({
      code: 'wrong-setting',
      message: expect.stringContaining('excludeTags must be a list of names or of { id, name }') as string,
    });
    expect(b.warned[0]).toContain('newer version');
  });

  it('of this version, or of the first, is not warned of', async () => {
    await using b = await loaded('next-episodes', { configVersion: 2, log: 'off' });
    expect(b.warned).toEqual([]);
  });
});

describe('a deleted server node', () => {
  it.each(withServer)('that %s still names is told in a sentence', async (node) => {
    await using b = await loaded(node);
    await b.deleteServer(serverOf(node));
    expect(await caughtOf(b, node)).toMatchObject({
      code: 'not-set-up',
      message: `Not set up: the chosen ${PRODUCTS[serverOf(node)]} server does not exist; it may have been deleted or disabled. Choose another in this node.`,
    });
    await b.statusIs('not set up');
  });

  it.each(['tautulli-history', 'sonarr-lookup'] as const)(
    'ends the run of %s that asks it, as Node-RED starts the node anew: it says what is missing, and no request is left',
    async (node) => {
      const before = sockets();
      await using b = await loaded(node);
      const server = b.sandbox.servers[serverOf(node)];
      server.addFault({ kind: 'hang' });
      b.send(goodMessage(node, b));
      await b.until(() => server.exchanges.length > 0, 'the request');
      await b.deleteServer(serverOf(node));
      await b.until(() => b.shown.at(-1) === 'not set up', 'the status');
      expect([...b.out.all, ...b.caught.all]).toEqual([]);
      await b.until(() => sockets() <= before, 'the sockets to close');
      expect((await caughtOf(b, node))?.code).toBe('not-set-up');
    },
  );

  it('that Sonarr feeds is done without: it is optional', async () => {
    await using b = await loaded('sonarr-lookup');
    await b.deleteServer('sabnzbd');
    b.send(goodMessage('sonarr-lookup', b));
    expect(((await b.out.first).payload as Lookup).sabnzbd).toBeNull();
  });
});

/** How many requests were under way at the same time at most. */
const mostAtOnce = (exchanges: readonly Exchange[]): number =>
  Math.max(...exchanges.map(({ at }) => exchanges.filter((one) => one.at <= at && one.at + one.ms > at).length));

const shared = (node: BenchNode) => bench(WORLD, node, { copies: 20 });

describe('a server node that twenty nodes share', () => {
  it('is asked by no more than four requests at once, over no more than four sockets', async () => {
    await using b = await shared({ type: 'sonarr-lookup' });
    b.sandbox.servers.sonarr.addFault({ kind: 'slow', seconds: 0.03 });
    let most = 0;
    b.sandbox.servers.sonarr.onExchange = () => {
      most = Math.max(most, sockets());
    };
    b.sendAll(goodMessage('sonarr-lookup', b));
    await b.completed.nth(19);
    expect(b.caught.all).toEqual([]);
    expect(mostAtOnce(b.sandbox.servers.sonarr.exchanges)).toBe(4);
    // Ours and the server's ends.
    expect(most).toBeLessThanOrEqual(8);
  });

  it('searches an episode once, whichever node wants it: one lock', async () => {
    await using b = await shared({ type: 'sonarr-search' });
    const wanted = item({ action: 'search', reason: { code: 'search', text: 'missing', until: null } });
    const episodeId = 2;
    const payload = plan({
      at: new Date().toISOString(),
      sonarr: { id: b.ids.sonarr, name: 'Sonarr', url: b.sandbox.urls.sonarr },
      items: [{ ...wanted, episodeId }],
    });
    b.sendAll({ payload });
    await b.completed.nth(19);
    expect(b.requests('sonarr').filter((request) => request === 'POST /api/v3/release')).toHaveLength(1);
    const results = b.out.all.map((msg) => (msg.payload as Plan).items[0]?.result?.code);
    expect(results.filter((code) => code === 'grabbed')).toHaveLength(1);
  });

  it('lets all of them close while it hangs, at once and silently', async () => {
    const before = sockets();
    await using b = await shared({ type: 'sonarr-lookup' });
    b.sandbox.servers.sonarr.addFault({ kind: 'hang' });
    b.sendAll(goodMessage('sonarr-lookup', b));
    await b.until(() => b.sandbox.servers.sonarr.exchanges.length > 0, 'the requests');
    const began = Date.now();
    await b.unload();
    expect(Date.now() - began).toBeLessThan(1500);
    expect([...b.out.all, ...b.caught.all]).toEqual([]);
    await b.until(() => sockets() <= before, 'the sockets to close');
  });
});
