import { describe, expect, it } from 'vitest';
import { editorNodes } from '../nodes/editor.js';
import { EXAMPLES, readExample } from './flows.js';

const definitions = new Map(editorNodes.map((node) => [node.type, node.definition]));
const PLACEHOLDER = /^\$\{[A-Z_]+\}$/;

it('there are six, numbered', () => {
  expect(EXAMPLES.map((name) => name.slice(0, 5))).toEqual(['01 - ', '02 - ', '03 - ', '04 - ', '05 - ', '06 - ']);
});

it('no two share an id, so that all can be imported side by side', () => {
  const ids = EXAMPLES.flatMap((name) => readExample(name).map(({ id }) => id));
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});

describe.each(EXAMPLES)('%s', (name) => {
  const flow = readExample(name);
  const byId = new Map(flow.map((node) => [node.id, node]));
  const ours = flow.filter(({ type }) => type.startsWith('plex-jit-'));
  const ofType = (type: string) => flow.filter((node) => node.type === type);

  it('takes its servers from the environment, and holds no key', () => {
    for (const { url, credentials } of ours.filter(({ type }) => /^plex-jit-(tautulli|sonarr|sabnzbd)$/.test(type))) {
      expect(url).toMatch(PLACEHOLDER);
      expect(credentials?.apiKey).toMatch(PLACEHOLDER);
      expect(Object.keys(credentials ?? {})).toEqual(['apiKey']);
    }
  });

  it('has every setting of the forms', () => {
    for (const node of ours) {
      const fields = Object.keys(definitions.get(node.type)?.defaults ?? {});
      expect(
        fields.filter((field) => !(field in node)),
        node.id,
      ).toEqual([]);
    }
  });

  it('wires only to nodes that are there, and names only servers that are there', () => {
    const targets = flow.flatMap(({ wires = [] }) => wires.flat());
    expect(targets.filter((id) => !byId.has(id))).toEqual([]);
    for (const { id, server, sabnzbd } of ours)
      for (const named of [server, sabnzbd]) if (named) expect(byId.has(named as string), id).toBe(true);
  });

  it('uses core nodes besides ours', () => {
    const CORE = [
      'tab',
      'comment',
      'inject',
      'debug',
      'catch',
      'template',
      'change',
      'switch',
      'function',
      'delay',
      'json',
      'http in',
      'http response',
      'http request',
    ];
    expect(flow.filter(({ type }) => !type.startsWith('plex-jit-') && !CORE.includes(type))).toEqual([]);
  });

  it('says what to set, step by step, and catches what goes wrong', () => {
    expect(ofType('comment').map((node) => node.name?.slice(0, 3))).toEqual(expect.arrayContaining(['1 ·', '2 ·']));
    expect(ofType('comment').filter(({ info }) => String(info).length < 40)).toEqual([]);
    const [everything] = ofType('catch');
    expect(everything).toMatchObject({ scope: null, uncaught: false });
  });

  it('does not run at deploy', () => {
    expect(ofType('inject').filter(({ once }) => once !== false)).toEqual([]);
  });

  it('is laid out without two nodes in one place', () => {
    const places = flow.filter(({ x }) => x !== undefined).map(({ x, y }) => `${String(x)},${String(y)}`);
    expect(places.filter((place, i) => places.indexOf(place) !== i)).toEqual([]);
  });
});
