import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/runtime/context-store.js';
import type { Node, NodeAPI } from '../../src/runtime/node-types.js';
import type { ServerCredentials } from '../../src/runtime/server.js';
import { type SonarrDef, SonarrServer } from '../../src/runtime/servers/sonarr.js';
import { TautulliServer } from '../../src/runtime/servers/tautulli.js';
import { toInstant } from '../../src/core/time.js';
import type { GrabIntent } from '../../src/state/entries.js';

/** The context of one config node, as Node-RED keeps it. */
class FakeContext implements Context {
  readonly values = new Map<string, unknown>();
  writes = 0;

  get(key: string, _store: string | undefined, callback: (error: unknown, value?: unknown) => void): void {
    callback(null, structuredClone(this.values.get(key)));
  }
  set(key: string, value: unknown, _store: string | undefined, callback: (error?: unknown) => void): void {
    this.writes += 1;
    this.values.set(key, structuredClone(value));
    callback();
  }
}

let nodes = 0;
const newId = (): string => `servers-test-${(nodes += 1)}`;
const silent = () => undefined;

const given = (context: FakeContext, id: string) => {
  const RED = {
    settings: {},
    nodes: { getNode: () => null },
    util: { evaluateNodeProperty: () => '' },
  } as unknown as NodeAPI;
  const node = {
    ...{ id, credentials: { apiKey: 'key-1' }, context: () => context },
    ...{ warn: silent, log: silent, debug: silent, error: silent },
  } as unknown as Node<ServerCredentials>;
  const config = { url: 'http://nas:1/x', timeout: '30', tls: '', contextStore: '', name: '' };
  return { RED, node, config };
};

const tautulli = (context: FakeContext, id: string): TautulliServer => {
  const { RED, node, config } = given(context, id);
  return new TautulliServer(RED, node, config as never);
};

const sonarr = (context: FakeContext, { id = newId(), url }: { id?: string; url: string }): SonarrServer => {
  const { RED, node, config } = given(context, id);
  return new SonarrServer(RED, node, { ...config, url, sabnzbd: '' } as unknown as SonarrDef);
};

const intent = (episodeId: number): GrabIntent => ({
  ...{ episodeId, episodeIds: [episodeId], seriesId: 1, guid: 'g', indexerId: 1, title: 'T' },
  at: toInstant(Date.now()),
});

const told = { id: '2 grab:nzo_1', at: toInstant(Date.now()) };

describe('what is remembered of a Tautulli', () => {
  it('stays in the process over a deploy', async () => {
    const [context, id] = [new FakeContext(), newId()];
    const before = tautulli(context, id);
    const state = await before.state();
    before.close(false);
    expect(await tautulli(context, id).state()).toBe(state);
  });

  it('goes when its node is removed: one that comes back with the same id begins with what its store holds', async () => {
    const id = newId();
    const before = tautulli(new FakeContext(), id);
    await (await before.state()).announced.put(told);
    before.close(true);
    expect((await tautulli(new FakeContext(), id).state()).announced.all()).toEqual([]);
  });
});

describe('what is remembered of a Sonarr', () => {
  const attempt = { episodeId: 5, at: told.at, outcome: 'nothing', failures: 0 } as const;

  it('goes when its node is removed', async () => {
    const [id, url] = [newId(), 'http://nas:2'];
    const before = sonarr(new FakeContext(), { id, url });
    await (await before.state()).attempts.put(attempt);
    before.close(true);
    expect((await sonarr(new FakeContext(), { id, url }).state()).attempts.all()).toEqual([]);
  });

  it('stays over a deploy', async () => {
    const [context, id, url] = [new FakeContext(), newId(), 'http://nas:3'];
    const before = sonarr(context, { id, url });
    await (await before.state()).attempts.put(attempt);
    before.close(false);
    expect((await sonarr(context, { id, url }).state()).attempts.all()).toEqual([attempt]);
  });
});

describe('two nodes of one Sonarr', () => {
  it('both keep the intents to grab, and one that was closed is written to no more', async () => {
    const [one, two] = [new FakeContext(), new FakeContext()];
    const url = 'http://nas:4/sonarr';
    const [first, second] = [sonarr(one, { url }), sonarr(two, { url: `${url}/` })];
    await first.shared();
    const { intents } = await second.shared();
    await intents.put(intent(1));
    expect([one.writes, two.writes]).toEqual([1, 1]);
    first.close(true);
    await intents.put(intent(2));
    expect([one.writes, two.writes]).toEqual([1, 2]);
    expect((await sonarr(new FakeContext(), { url }).shared()).intents.size).toBe(2);
  });
});
