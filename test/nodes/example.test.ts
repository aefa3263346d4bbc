import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, editorNodes } from './editor.js';

interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly z?: string;
  readonly wires?: readonly (readonly string[])[];
  readonly credentials?: Readonly<Record<string, string>>;
  readonly [property: string]: unknown;
}

const flow = JSON.parse(readFileSync(join(ROOT, 'examples', '01 - Plex Just-In-Time.json'), 'utf8')) as FlowNode[];
const ofType = (type: string) => flow.filter((node) => node.type === type);
const byId = new Map(flow.map((node) => [node.id, node]));
const definitions = new Map(editorNodes.map((node) => [node.type, node.definition]));
const ours = flow.filter((node) => node.type.startsWith('plex-jit-')).map((node) => [node.id, node] as const);

/** Where a message goes from there, by types. */
const next = (node: FlowNode | undefined, output = 0) => (node?.wires?.[output] ?? []).map((id) => byId.get(id)?.type);

describe('the example flow', () => {
  it('holds every node of the package', () => {
    expect(new Set(ours.map(([, node]) => node.type))).toEqual(new Set(definitions.keys()));
  });

  it.each(ours)('has exactly the settings of its form in %s', (_id, node) => {
    const layout = ['id', 'type', 'z', 'x', 'y', 'wires', 'credentials'];
    const saved = Object.keys(node).filter((key) => !layout.includes(key));
    expect(saved.sort()).toEqual(Object.keys(definitions.get(node.type)?.defaults ?? {}).sort());
  });

  it.each(ours)('has the defaults in %s, but for its servers', (_id, node) => {
    for (const [key, { value, type }] of Object.entries(definitions.get(node.type)?.defaults ?? {})) {
      if (type === undefined && key !== 'url') expect(node[key], key).toEqual(value);
    }
  });

  it('is wired from end to end, both outputs of the search going on', () => {
    const [history] = ofType('plex-jit-tautulli-history');
    const [search] = ofType('plex-jit-sonarr-search');
    expect(next(history)).toEqual(['plex-jit-sonarr-lookup']);
    expect(next(ofType('plex-jit-sonarr-lookup')[0])).toEqual(['plex-jit-next-episodes']);
    expect(next(ofType('plex-jit-next-episodes')[0])).toEqual(['plex-jit-sonarr-search']);
    expect(next(search, 0)).toEqual(['plex-jit-sabnzbd-priority']);
    expect(next(search, 1)).toEqual(['plex-jit-sabnzbd-priority']);
    expect(next(ofType('plex-jit-sabnzbd-priority')[0])).toEqual(['plex-jit-tautulli-notify']);
    expect(next(ofType('plex-jit-tautulli-notify')[0])).toEqual(['debug', 'change']);
    expect(next(ofType('catch')[0])).toEqual(['template']);
  });

  it('wires only to nodes that are there, and names only servers that are there', () => {
    const targets = flow.flatMap((node) => (node.wires ?? []).flat());
    expect(targets.filter((id) => !byId.has(id))).toEqual([]);
    for (const [, node] of ours) {
      for (const [key, { type }] of Object.entries(definitions.get(node.type)?.defaults ?? {})) {
        if (type?.startsWith('plex-jit-')) expect(byId.get(String(node[key]))?.type, `${node.id}.${key}`).toBe(type);
      }
    }
  });

  it('does not run at deploy: first when its button is pressed, or an hour later', () => {
    expect(ofType('inject').map(({ once, repeat, name }) => [name, once, repeat])).toEqual([
      ['look first (dry run)', false, ''],
      ['every hour', false, '3600'],
    ]);
  });

  it('takes its servers from the environment and holds no key', () => {
    for (const service of ['tautulli', 'sonarr', 'sabnzbd']) {
      const [server] = ofType(`plex-jit-${service}`);
      expect(server?.url).toBe(`\${${service.toUpperCase()}_URL}`);
      expect(server?.credentials).toEqual({ apiKey: `\${${service.toUpperCase()}_API_KEY}` });
    }
    expect(flow.filter((node) => node.credentials !== undefined)).toHaveLength(3);
  });

  it('explains itself in comment nodes', () => {
    expect(ofType('comment').length).toBeGreaterThanOrEqual(4);
    expect(ofType('comment').every((node) => String(node.info).length > 0)).toBe(true);
  });
});
