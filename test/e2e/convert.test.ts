import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convert } from '../../src/convert/convert.js';
import { envFile } from '../../src/convert/env-file.js';
import { readJson } from '../../src/convert/json/read.js';
import type { Sandbox } from '../sandbox/index.js';
import { INJECT, startHousehold, type Household } from './bench.js';
import { twoPeople, TWO_PEOPLE_NEED } from './households.js';

const PACKAGE = 'node_modules/@plex-jit/node-red-plex-jit';

/** As the reference wants it, with a comma missing and a comment. */
const configFor = ({ urls, keys }: Pick<Sandbox, 'urls' | 'keys'>): string => `{
  "tautulli": {"url": "${urls.tautulli}/api/v2", "key": "${keys.tautulli}", "notifier": 3},
  "sonarr": {"url": "${urls.sonarr}/", "key": "${keys.sonarr}"} // the one upstairs
  "sabnzbd": {"url": "${urls.sabnzbd}/api", "key": "${keys.sabnzbd}"},
  "episodes_to_check": 1, "check_overflow": 0, "days_to_check": 2, "skip_specials": true, "exec_frequency": 30
}`;

const environment = (sandbox: Sandbox): Record<string, string> =>
  parseEnv(envFile(convert(readJson(configFor(sandbox))).variables)) as Record<string, string>;

describe('a household that comes from jitplex', () => {
  let home: Household;
  let said: { readonly stdout: string; readonly stderr: string };
  let flow: string;
  beforeAll(async () => {
    home = await startHousehold(twoPeople, [{ id: 'empty', type: 'tab', label: 'empty' }], { env: environment });
    await writeFile(join(home.userDir, 'config.json'), configFor(home.sandbox));
    const { bin } = JSON.parse(await readFile(join(home.userDir, PACKAGE, 'package.json'), 'utf8')) as {
      bin: Readonly<Record<string, string>>;
    };
    const [command = '', ...others] = Object.values(bin);
    expect(others).toEqual([]);
    said = await promisify(execFile)(
      join(home.userDir, PACKAGE, command),
      ['convert', 'config.json', '--out', 'taken'],
      {
        cwd: home.userDir,
      },
    );
    flow = await readFile(join(home.userDir, 'taken/plex-jit-flow.json'), 'utf8');
  });
  afterAll(() => home[Symbol.asyncDispose]());

  it('runs the one command of the packed package, and is told no key', async () => {
    expect(said.stderr).toBe('');
    expect(said.stdout).toContain('line 3, column ');
    const env = await readFile(join(home.userDir, 'taken/plex-jit.env'), 'utf8');
    for (const key of ['tautulli', 'sonarr', 'sabnzbd'] as const) {
      expect(said.stdout + flow).not.toContain(home.sandbox.keys[key]);
      expect(env).toContain(home.sandbox.keys[key]);
    }
    expect(parseEnv(env)).toEqual(environment(home.sandbox));
  });

  it('deploys the flow, which asks nobody anything until its button is pressed', async () => {
    const answer = await fetch(`${home.red.url}/flows`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'node-red-deployment-type': 'full' },
      body: flow,
    });
    expect(answer.status).toBe(204);
    expect(home.red.output).not.toMatch(/missing types|\[error\]/i);
    expect(home.sandbox.servers.sonarr.exchanges).toEqual([]);
  });

  it('has one episode fetched for everybody, as its configuration says, and is told so by its notifier', async () => {
    await home.red.run(INJECT);
    expect([...home.grabbed()].toSorted()).toEqual(TWO_PEOPLE_NEED.slice(0, 2));
    expect(home.sandbox.world.notifications()).toMatchObject([{ notifierId: 3 }]);
  });
});
