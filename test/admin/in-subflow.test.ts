import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../sandbox/index.js';
import { Editor, codesOf } from './editor.js';

const ID = 'sonarr-1';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox('test/sandbox/worlds/household.json');
});
afterEach(() => sandbox.close());

/** A subflow with a Sonarr server in it, whose URL is a variable of the subflow; and its instances. */
const withInstances = (...urls: readonly string[]): object[] => [
  { id: 'tab', type: 'tab', label: 'Home' },
  { id: 'sub', type: 'subflow', name: 'Box', env: [{ name: 'BOX_URL', type: 'str', value: '' }], in: [], out: [] },
  { id: ID, type: 'plex-jit-sonarr', z: 'sub', name: '', url: '${BOX_URL}' },
  ...urls.map((value, i) => ({
    ...{ id: `box-${i}`, type: 'subflow:sub', z: 'tab', x: 100, y: 100, wires: [] },
    env: [{ name: 'BOX_URL', type: 'str', value }],
  })),
];

const SPEC = { type: 'plex-jit-sonarr', id: ID, url: '${BOX_URL}', timeout: '30', apiKey: '__PWRD__' };

describe('a server inside a subflow', () => {
  it('is tested, and asked for lists, with what its first instance has for the variables', async () => {
    const credentials = { [ID]: { apiKey: sandbox.keys.sonarr } };
    await using editor = await Editor.start(withInstances(sandbox.urls.sonarr, 'http://nas.invalid'), credentials);
    const reply = await editor.test(SPEC);
    expect(codesOf(reply)[0]).toBe('ok connected');
    const list = await editor.list({ ...SPEC, kind: 'tags' });
    expect(list.body.finding).toBeUndefined();
  });

  it('has its stored key used for the URL of its first instance only, however that is written', async () => {
    await using other = await startSandbox('test/sandbox/worlds/household.json');
    const flow = withInstances(sandbox.urls.sonarr, other.urls.sonarr);
    await using editor = await Editor.start(flow, { [ID]: { apiKey: sandbox.keys.sonarr } });
    expect(codesOf(await editor.test({ ...SPEC, url: sandbox.urls.sonarr }))[0]).toBe('ok connected');
    expect(codesOf(await editor.test({ ...SPEC, url: other.urls.sonarr }))).toEqual(['error stored-key-other-url']);
    expect(other.servers.sonarr.exchanges).toEqual([]);
  });

  it('leaves out an instance that is disabled, and is found in a subflow inside a subflow', async () => {
    const [tab, sub, server, off, on] = withInstances('http://nas.invalid', sandbox.urls.sonarr);
    const outer = { id: 'outer', type: 'subflow', name: 'Outer', in: [], out: [] };
    const inOuter = { id: 'outer-1', type: 'subflow:outer', z: 'tab', x: 100, y: 100, wires: [] };
    const credentials = { [ID]: { apiKey: sandbox.keys.sonarr } };
    const flow = [tab, sub, server, { ...off, d: true }, outer, { ...on, z: 'outer' }, inOuter] as object[];
    await using editor = await Editor.start(flow, credentials);
    expect(codesOf(await editor.test(SPEC))[0]).toBe('ok connected');
  });

  it('has no value for them while there is no instance', async () => {
    await using editor = await Editor.start(withInstances(), { [ID]: { apiKey: sandbox.keys.sonarr } });
    expect(codesOf(await editor.test(SPEC))).toEqual(['error unset-variable']);
    expect(sandbox.servers.sonarr.exchanges).toEqual([]);
  });
});
