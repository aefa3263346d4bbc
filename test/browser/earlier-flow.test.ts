import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { INJECT, withSettings } from '../e2e/bench.js';
import { ROOT } from '../e2e/packed.js';
import type { Editor } from './editor.js';
import { onEachLine } from './on-each-line.js';
import { HOUSE } from './values.js';

type Saved = Parameters<typeof withSettings>[0];

/** What version 1 saved where it saves otherwise than today: lists as texts, rules without ids, a notifier without its name. */
const SETTINGS = {
  'jit-history': { viewersDenied: 'Nobody, Bob' },
  'jit-lookup': { excludeTags: 'by-hand', ignoreShows: 'Quiet Canal' },
  'jit-next': { rules: [{ for: 'viewer', name: 'Ann', episodesToCheck: 2 }], sharedViewers: 'Bob' },
  'jit-notify': { notifier: '3' },
};
const FORMS = ['jit-history', 'jit-lookup', 'jit-next', 'jit-search', 'jit-priority', 'jit-notify'];
const SERVERS = [
  ['jit-tautulli', 'jit-history'],
  ['jit-sonarr', 'jit-lookup'],
  ['jit-sabnzbd', 'jit-priority'],
] as const;

const saved = async (): Promise<readonly object[]> => {
  const flow = JSON.parse(await readFile(join(ROOT, 'test/fixtures/flows/version-1.json'), 'utf8')) as Saved;
  return withSettings(flow, SETTINGS);
};

onEachLine('a flow saved by version 1', { world: HOUSE, flow: saved() }, (stage) => {
  let editor: Editor;
  let grabbed: readonly string[];
  beforeAll(async () => {
    editor = await stage().open({ width: 1900 });
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  it('runs as it was saved', async () => {
    const { home } = stage();
    await home.red.run(INJECT);
    grabbed = home.grabbed();
    expect(grabbed).toHaveLength(2);
    expect(home.sandbox.world.notifications()).toMatchObject([{ notifierId: 3 }]);
    expect(home.red.output).not.toMatch(/\[error\]/i);
  });

  it('opens in every form with what it held, and is saved as today', async () => {
    for (const id of FORMS) {
      await editor.open(id);
      if (id === 'jit-history') expect(await editor.picked('viewersDenied')).toEqual(['Nobody', 'Bob']);
      if (id === 'jit-lookup') expect(await editor.picked('excludeTags')).toEqual(['by-hand']);
      if (id === 'jit-lookup') expect(await editor.picked('ignoreShows')).toEqual(['Quiet Canal']);
      if (id === 'jit-next') expect(await editor.picked('sharedViewers')).toEqual(['Bob']);
      await editor.close('ok');
      expect(await editor.property(id, 'configVersion'), id).toBe(2);
      expect(await editor.property(id, 'valid'), id).toBe(true);
    }
    const id = expect.any(String) as string;
    const bob = { id, name: 'Bob' };
    expect(await editor.property('jit-history', 'viewersDenied')).toEqual([{ id, name: 'Nobody' }, bob]);
    expect(await editor.property('jit-lookup', 'excludeTags')).toEqual([{ id, name: 'by-hand' }]);
    expect(await editor.property('jit-lookup', 'ignoreShows')).toEqual([{ id, name: 'Quiet Canal' }]);
    expect(await editor.property('jit-next', 'sharedViewers')).toEqual([bob]);
    expect(await editor.property('jit-next', 'rules')).toEqual([
      { for: 'viewer', id, name: 'Ann', episodesToCheck: 2 },
    ]);
    expect(await editor.property('jit-notify', 'notifier')).toBe('3');
  });

  it.each(SERVERS)('opens %s too, with its key of the environment', async (server, form) => {
    await editor.open(form);
    await editor.editServer('server');
    expect((await editor.test())[0]).toMatch(/^ok: /);
    await editor.close('ok');
    await editor.close('ok');
    expect(await editor.property(server, 'configVersion')).toBe(2);
  });

  it('means the same after that', async () => {
    const { home } = stage();
    await home.red.restarted(() => editor.deploy());
    home.clear();
    await home.red.run(INJECT);
    expect(home.changes()).toEqual([]);
    expect(home.grabbed()).toEqual(grabbed);
    expect(home.red.output).not.toMatch(/\[error\]/i);
  });

  it('prints no error and no warning in the browser', () => {
    expect(editor.complaints).toEqual([]);
  });
});
