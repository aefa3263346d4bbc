import { afterAll, beforeAll, expect, it } from 'vitest';
import { exampleFlow, withSettings } from '../e2e/bench.js';
import { twoPeople } from '../e2e/households.js';
import type { Editor } from './editor.js';
import { onEachLine } from './on-each-line.js';

/** What was picked once, and what its server no longer has. */
const SAVED = {
  'jit-history': { viewersAllowed: [{ id: '9001', name: 'Zoe' }], librariesDenied: [{ id: '77', name: 'Old films' }] },
  'jit-lookup': { excludeTags: [{ id: '44', name: 'by-hand' }], ignoreShows: [{ id: '12', name: 'Lantern Street' }] },
  'jit-next': { rules: [{ for: 'viewer', id: '9001', name: 'Zoe', episodesToCheck: 1 }] },
  'jit-sonarr': { downloadClient: { id: '5', name: 'The other one' } },
};

const GONE: Readonly<Record<string, readonly string[]>> = {
  'jit-history': ['Zoe no longer exists in Tautulli.', 'Old films no longer exists in Tautulli.'],
  'jit-lookup': ['by-hand no longer exists in Sonarr.'],
  'jit-next': ['Zoe no longer exists in Tautulli.'],
};

onEachLine(
  'what was picked and is gone',
  { world: twoPeople, flow: exampleFlow().then((flow) => withSettings(flow, SAVED)) },
  (stage) => {
    let editor: Editor;
    beforeAll(async () => {
      editor = await stage().open();
    });
    afterAll(() => editor[Symbol.asyncDispose]());

    const said = async (count: number): Promise<string[]> => {
      const warnings = editor.form.locator('.plex-jit-said.plex-jit-warning:not(:empty)');
      await warnings.nth(count - 1).waitFor();
      return warnings.allInnerTexts();
    };

    it.each(Object.entries(GONE))('is told by the form of %s when it is opened, and kept', async (id, sentences) => {
      await editor.open(id);
      expect(await said(sentences.length)).toEqual(sentences);
      await editor.close('ok');
      expect(await editor.changed()).toBe(false);
    });

    it('and by the form of the Sonarr server', async () => {
      await editor.open('jit-lookup');
      await editor.editServer('server');
      expect(await said(1)).toContain('The other one no longer exists in Sonarr.');
      await editor.close('cancel');
      await editor.close('cancel');
      expect(editor.complaints).toEqual([]);
    });
  },
);
