import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exampleFlow, INJECT, startHousehold, textsBelow, withSettings, type Household } from './bench.js';
import { twoPeople } from './households.js';
import { EACH_LINE } from './lines.js';

const changesNothingAgain = async (home: Household): Promise<void> => {
  home.clear();
  await home.red.run(INJECT);
  expect(home.changes()).toEqual([]);
  expect(home.sandbox.servers.sonarr.exchanges.map(({ path }) => path)).not.toContain('/api/v3/release');
};

const STORES = `settings.contextStorage = {
  default: 'forgets',
  forgets: { module: 'memory' },
  keeps: { module: 'localfilesystem' },
};`;

const inStore = async (contextStore: string): Promise<object[]> =>
  withSettings(await exampleFlow(), {
    'jit-tautulli': { contextStore },
    'jit-sonarr': { contextStore },
    'jit-sabnzbd': { contextStore },
  });

/** Whom git names as the author of the project's first commit. */
const SOMEBODY = {
  GIT_AUTHOR_NAME: 'somebody',
  GIT_AUTHOR_EMAIL: 'somebody@example.org',
  GIT_COMMITTER_NAME: 'somebody',
  GIT_COMMITTER_EMAIL: 'somebody@example.org',
};

for (const { line, skip } of EACH_LINE)
  describe.skipIf(skip)(`Node-RED ${line.name}`, () => {
    it('remembers in the memory store until Node-RED ends, and grabs nothing twice after it', async () => {
      await using home = await startHousehold(twoPeople, await inStore(''), { line, settings: STORES });
      await home.red.run(INJECT);
      expect(home.grabbed()).toHaveLength(10);
      await changesNothingAgain(home);
      await home.red.stop();
      await home.red.start();
      await home.red.run(INJECT);
      expect(home.grabbed()).toHaveLength(10);
      expect(await textsBelow(join(home.userDir, 'context')).catch(() => new Map())).toEqual(new Map());
    }, 60_000);

    it('remembers in a file store, cached or not, over a restart', async () => {
      await using home = await startHousehold(twoPeople, await inStore('keeps'), { line, settings: STORES });
      await home.red.run(INJECT);
      await home.red.stop();
      expect([...(await textsBelow(join(home.userDir, 'context'))).values()].join()).toContain('Harbour Lights');
      await home.red.start();
      await changesNothingAgain(home);
    }, 60_000);

    it('works in a project, whose files hold no key', async () => {
      const settings = 'settings.editorTheme.projects = { enabled: true };';
      await using home = await startHousehold(twoPeople, [], { line, settings, env: () => SOMEBODY });
      const project = {
        name: 'house',
        summary: '',
        credentialSecret: 'a secret of the project',
        files: { flow: 'flows.json', credentials: 'flows_cred.json' },
      };
      const post = (path: string, body: object): Promise<Response> =>
        home.red.ask(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'node-red-api-version': 'v2' },
          body: JSON.stringify(body),
        });
      expect(await (await post('/projects', project)).json()).toMatchObject({ name: 'house' });
      const flows = await exampleFlow();
      await home.red.restarted(async () => expect((await post('/flows', { flows })).status).toBe(200));
      await home.red.run(INJECT);
      expect(home.grabbed()).toHaveLength(10);
      const file = await readFile(join(home.userDir, 'projects/house/flows.json'), 'utf8');
      expect(file).toContain('plex-jit-sonarr-search');
      for (const key of Object.values(home.sandbox.keys)) expect(file.includes(key)).toBe(false);
    }, 60_000);
  });
