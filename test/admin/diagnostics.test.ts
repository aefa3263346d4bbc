import { afterEach, describe, expect, it, vi } from 'vitest';
import { plain, plainNumber } from '../../src/admin/diagnostics/plain.js';
import { secretsOf, without } from '../../src/admin/diagnostics/secrets.js';
import { type ServerConfig, serverReport } from '../../src/admin/diagnostics/servers.js';
import type { NodeAPI } from '../../src/runtime/node-types.js';
import { HISTORY, LOOKUP, NOTIFY_FORM, PLANNING, SEARCH } from '../../src/runtime/settings/tables.js';

const { choose, dryRun } = SEARCH;
const { body, notifier, notifierName, tell } = NOTIFY_FORM;

describe('a setting in a report without names', () => {
  it.each([
    ['a show called 1923', LOOKUP.ignoreShows, '1923', 'text of 4 letters'],
    ['such a show as a number, in a flow that was written by hand', LOOKUP.ignoreShows, 1923, 'number'],
    ['a viewer called like a word of ours', HISTORY.viewersDenied, 'force', 'text of 5 letters'],
    ['a list of names', HISTORY.viewersDenied, ['Ann', 'Bob'], '2 entries'],
    ['the name of a notifier', notifierName, '4711', 'text of 4 letters'],
    ['a template', body, 'true', 'text of 4 letters'],
    ['a word that is none of this setting', choose, 'Ann', 'text of 3 letters'],
    ['an environment variable', choose, '${ANNS_CHOICE}', 'from the environment'],
    ['rules', PLANNING.rules, [{ for: 'viewer', name: 'Ann', episodesToCheck: 2 }], '1 entries'],
    ['something else', LOOKUP.ignoreShows, { Ann: 1 }, 'object'],
  ])('tells nothing of %s', (_what, field, value, shown) => {
    expect(plain(field, value)).toBe(shown);
  });

  it.each([
    ['a number', LOOKUP.unitsRead, '24', '24'],
    ['a number out of its range', LOOKUP.unitsRead, '-1', '-1'],
    ['a word of ours', choose, 'sonarr', 'sonarr'],
    ['a switch', dryRun, true, true],
    ['a switch from the environment', dryRun, 'true', 'true'],
    ['the number of a notifier', notifier, '3', '3'],
    ['an empty field', body, '', ''],
    ['a field that was not saved', tell, undefined, 'default'],
  ])('shows %s', (_what, field, value, shown) => {
    expect(plain(field, value)).toBe(shown);
  });

  it('shows what the package counts itself', () => {
    expect([plainNumber('30'), plainNumber(2), plainNumber('Ann'), plainNumber(undefined)]).toEqual([
      ...['30', 2, 'text of 3 letters', 'default'],
    ]);
  });
});

describe('a server in a report', () => {
  afterEach(() => vi.useRealTimers());

  const withServer = (server: object, credentials: object = {}): NodeAPI =>
    ({
      nodes: {
        getNode: () => ({ type: 'plex-jit-tautulli', plexJitServer: server }),
        getCredentials: () => credentials,
      },
    }) as unknown as NodeAPI;

  it('waits no more than a second for a context store that does not answer', async () => {
    vi.useFakeTimers();
    const state = () => new Promise(() => undefined);
    const RED = withServer({ isSetUp: true, ref: { url: 'http://nas:8181' }, state });
    const config = { id: 'a', type: 'plex-jit-tautulli', url: 'http://nas:8181' } as ServerConfig;
    const report = serverReport(RED, config, false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await report).toMatchObject({ type: 'plex-jit-tautulli', memory: {} });
  });

  it('shows no part of an extra header either, of several on one line', () => {
    const headers = 'Authorization: Bearer s3cret | X-Other: sid=session-9921';
    const report = { error: 's3cret has expired', log: ['session-9921 too', 'Bearer is asked for'] };
    expect(without(report, secretsOf(withServer({}, { headers }), ['a']))).toEqual({
      error: '*** has expired',
      log: ['*** too', 'Bearer is asked for'],
    });
  });
});
