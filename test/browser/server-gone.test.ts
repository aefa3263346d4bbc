import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleFlow } from '../e2e/bench.js';
import { twoPeople } from '../e2e/households.js';
import type { Editor } from './editor.js';
import { onEachLine } from './on-each-line.js';

/** Each form that names a server, and what its server is called there. */
const FORMS = {
  'jit-history': 'Tautulli',
  'jit-lookup': 'Sonarr',
  'jit-search': 'Sonarr',
  'jit-priority': 'SABnzbd',
  'jit-notify': 'Tautulli',
};

/** As a flow is imported without its server nodes. */
const withoutServers = async (): Promise<readonly object[]> =>
  (await exampleFlow()).filter(({ type }) => !/^plex-jit-(tautulli|sonarr|sabnzbd)$/.test(type));

onEachLine('a server node that is not there', { world: twoPeople, flow: withoutServers() }, (stage) => {
  describe.each(Object.entries(FORMS))('in the form of %s', (id, product) => {
    let editor: Editor;
    beforeAll(async () => {
      editor = await stage().open({ language: 'de' });
    });
    afterAll(() => editor[Symbol.asyncDispose]());

    const said = (): Promise<string> => editor.form.locator('#node-input-server-warning').innerText();

    it('is told until one is chosen', async () => {
      await editor.open(id);
      expect(await said()).toBe(
        `Kein ${product} gewählt, oder das gewählte wurde gelöscht: eines auswählen oder mit + hinzufügen.`,
      );
      await editor.addServer('server');
      await editor.fill({ url: 'http://nas:1', apiKey: 'not-the-key' });
      await editor.close('ok');
      expect(await said()).toBe('');
      await editor.close('cancel');
      expect(editor.complaints).toEqual([]);
    });
  });
});
