import { afterAll, describe, expect, it } from 'vitest';
import { SERVER } from '../../src/runtime/server.js';
import type { Field, Table } from '../../src/runtime/settings/fields.js';
import { HISTORY, LOOKUP, NOTIFY_FORM, PLANNING, PRIORITY, SEARCH, SONARR } from '../../src/runtime/settings/tables.js';
import { type Bench, bench, WORLD } from './bench.js';
import { GOOD, type NodeName, goodMessage } from './good-messages.js';

const VARIABLE = 'PLEX_JIT_SETTING';
const WRITTEN = `\${${VARIABLE}}`;

type Kind = 'tautulli' | 'sonarr' | 'sabnzbd';

/** Where each table of settings stands: in the node itself, or in a server that the node uses. */
const PLACES: readonly { node: NodeName; server?: Kind; table: Table }[] = [
  { node: 'tautulli-history', table: HISTORY },
  { node: 'tautulli-history', server: 'tautulli', table: SERVER },
  { node: 'sonarr-lookup', table: LOOKUP },
  { node: 'sonarr-lookup', server: 'sonarr', table: { ...SERVER, ...SONARR } },
  { node: 'next-episodes', table: PLANNING },
  { node: 'sonarr-search', table: SEARCH },
  { node: 'sabnzbd-priority', table: PRIORITY },
  { node: 'sabnzbd-priority', server: 'sabnzbd', table: SERVER },
  { node: 'tautulli-notify', table: NOTIFY_FORM },
];

/** For settings that take any text: one, and what shows that it was taken. */
const TAKEN: Readonly<Record<string, readonly [string, RegExp]>> = {
  viewersAllowed: ['Nobody, Else', /"filtered":\{"viewers":1,/],
  viewersDenied: ['Nobody, Ann', /"filtered":\{"viewers":1,/],
  librariesAllowed: ['Films', /"libraries":1,/],
  librariesDenied: ['TV Shows', /"libraries":1,/],
  excludeTags: ['kids', /Sonarr has no tag \\"kids\\"/],
  ignoreShows: ['Harbour Lights', /"excluded":\{"by":"list","name":"Harbour Lights"/],
  // What these do shows only elsewhere.
  subject: ['On their way', /^\{/],
  body: ['{{text}}', /^\{/],
  sharedViewers: ['Ann, Bob', /^\{/],
  notifierName: ['Family', /^\{/],
};

/** What becomes of a good message: the error at Catch, else what is sent on. */
const becomes = async (b: Bench, node: NodeName): Promise<string> => {
  const [sent, caught] = [b.out.all.length, b.caught.all.length];
  b.send(goodMessage(node, b));
  await b.until(() => b.out.all.length > sent || b.caught.all.length > caught, 'the end of the message');
  const error = b.caught.all[caught]?.error;
  return error === undefined ? JSON.stringify(b.out.all[sent]) : `${error.code}: ${error.message}`;
};

const takesAnyText = ({ schema, fromForm }: Field<unknown>): boolean => schema.safeParse(fromForm('?')).success;

afterAll(() => {
  delete process.env[VARIABLE];
});

describe.each(PLACES)('the settings of $node $server from the environment', ({ node, server, table }) => {
  it.each(Object.entries(table))('%s is taken at run time, and told when it is not set', async (setting, field) => {
    const [value, shown] = takesAnyText(field)
      ? (TAKEN[setting] ?? ['', /no value for it in this test/])
      : ['?', new RegExp(`^wrong-setting: .*\\b${setting}\\b.*"\\?"`)];
    const written = { [setting]: WRITTEN };
    const own = { type: node, ...GOOD[node].settings, ...(server === undefined ? written : {}) };
    const servers = server === undefined ? {} : { [server]: written };
    process.env[VARIABLE] = value;
    await using b = await bench(WORLD, own, { servers });
    expect(await becomes(b, node)).toMatch(shown);
    delete process.env[VARIABLE];
    await b.unload();
    await b.load(own, servers);
    expect(await becomes(b, node)).toBe(
      `not-set-up: Not set up: the environment variable ${VARIABLE} (setting ${setting}) is not set. Set it where Node-RED runs and restart Node-RED, or enter a value.`,
    );
  });
});
