import { describe, expect, test } from 'vitest';
import { openConnection } from '../../src/clients/http/connection.js';
import type { FailureCode } from '../../src/clients/http/failures.js';
import { sabnzbdClient } from '../../src/clients/sabnzbd/client.js';
import { sonarrClient } from '../../src/clients/sonarr/client.js';
import { tautulliClient } from '../../src/clients/tautulli/client.js';
import type { ServiceName } from '../../src/core/contracts/index.js';
import { connectionTo, failing } from './support/fixtures.js';
import { type Recording, recording, recordingNames, replay } from './support/recordings.js';
import { LocalServer } from './support/server.js';

const queryOf = ({ request: { query } }: Recording): URLSearchParams => new URLSearchParams(query);

interface Recorded {
  readonly name: string;
  readonly recording: Recording;
}

const recorded = (service: ServiceName): readonly Recorded[] =>
  recordingNames(service).map((name) => ({ name, recording: recording(service, name) }));

/** Sends the recorded answer to the client's own call and gives its error. */
const errorOf = async (
  service: ServiceName,
  answer: Recording,
  code: FailureCode,
  call: (url: string) => Promise<unknown>,
) => {
  await using server = await LocalServer.start();
  // A question about the key is asked in between; the answer to it is not what is looked at here.
  server.behave = ({ form }) => (form.get('mode') === 'auth' ? { body: { auth: 'badkey' } } : replay(answer));
  const error = await failing(call(server.url), code);
  expect(error.service).toBe(service);
  expect(error.message).not.toMatch(/NzbDrone|Traceback|Possible commands|<html|\n| at [A-Z]\w+\./);
  return error;
};

const sonarr = (url: string) => sonarrClient(openConnection(connectionTo('sonarr', url)));
const sabnzbd = (url: string) => sabnzbdClient(openConnection(connectionTo('sabnzbd', url)));
const tautulli = (url: string) => tautulliClient(openConnection(connectionTo('tautulli', url)));

type Call = (url: string) => Promise<unknown>;
/** The call of ours that the recorded request stands for, by method and path; null for routes we never ask. */
const SONARR_ROUTES: Readonly<Record<string, Call>> = {
  'GET /api/v3/system/status': (url) => sonarr(url).status(),
  'GET /api/v3/series': (url) => sonarr(url).series(),
  'GET /api/v3/tag': (url) => sonarr(url).tags(),
  'GET /api/v3/episode': (url) => sonarr(url).episodesByIds([45, 46]),
  'GET /api/v3/queue': (url) => sonarr(url).queue(),
  'GET /api/v3/history/since': (url) => sonarr(url).historySince('2026-11-20T00:00:00.000Z'),
  'GET /api/v3/history': (url) => sonarr(url).grabsOfEpisode(45),
  'GET /api/v3/release': (url) => sonarr(url).searchEpisode(45),
  'POST /api/v3/release': (url) => sonarr(url).grab({ guid: 'g', indexerId: 1 }),
  'POST /api/v3/command': (url) => sonarr(url).commandEpisodeSearch(45),
  'PUT /api/v3/episode/monitor': (url) => sonarr(url).setMonitored([45, 46], true),
  'GET /api/v3/health': (url) => sonarr(url).health(),
  'GET /api/v3/diskspace': (url) => sonarr(url).diskSpace(),
  // Wrong bases and unknown paths: any read of ours would meet them.
  'GET /sonarr/api/v3/system/status': (url) => sonarr(url).status(),
  'POST /sonarr/api/v3/command': (url) => sonarr(url).commandEpisodeSearch(45),
  'GET /other/api/v3/system/status': (url) => sonarr(url).status(),
  'GET //api/v3/system/status': (url) => sonarr(url).status(),
  'GET /api//v3/system/status': (url) => sonarr(url).status(),
  'GET /api/v3/nosuch': (url) => sonarr(url).status(),
  'POST /api/v3/nosuch': (url) => sonarr(url).commandEpisodeSearch(45),
  'GET /': (url) => sonarr(url).status(),
};

/** Exceptions to what the status says. */
const SONARR_CODES: Readonly<Record<string, FailureCode>> = {
  episodes_ids_dup: 'unknown-episode',
  episodes_ids_unknown: 'unknown-episode',
  put_monitor_dup: 'unknown-episode',
  put_monitor_unknown: 'unknown-episode',
  put_monitor_unknown_single: 'unknown-episode',
  release_unknown_episode: 'unknown-episode',
  forms_root: 'login-page',
  forms_wrong_base_key: 'login-page',
  forms_wrong_base_accept_json: 'login-page',
};

const sonarrCode = (name: string, { status, request }: Recording): FailureCode => {
  const isGrab = request.method === 'POST' && request.path === '/api/v3/release';
  const byStatus: Readonly<Record<number, FailureCode>> = {
    200: 'not-json',
    302: 'login-page',
    307: 'redirect',
    401: 'key-refused',
    404: isGrab ? 'release-gone' : 'not-found',
    405: 'not-found',
    409: isGrab ? 'release-refused' : 'conflict',
    500: isGrab ? 'download-client-failed' : 'server-error',
    503: 'unavailable',
  };
  return SONARR_CODES[name] ?? byStatus[status] ?? 'bad-request';
};

const isPage = ({ contentType }: Recording): boolean => contentType?.startsWith('text/html') ?? false;

describe('every recorded error of Sonarr', () => {
  const errors = recorded('sonarr').filter(({ recording: { status, request, ...rest } }) => {
    if (request === undefined || !(`${request.method} ${request.path}` in SONARR_ROUTES)) return false;
    return status >= 300 || (status === 200 && isPage({ status, request, ...rest }));
  });

  test('of the routes we use is looked at', () => expect(errors.length).toBeGreaterThan(55));

  test.each(errors)('$name has a code and a sentence', async ({ name, recording: answer }) => {
    const call = SONARR_ROUTES[`${answer.request.method} ${answer.request.path}`];
    const error = await errorOf('sonarr', answer, sonarrCode(name, answer), async (url) => call?.(url));
    expect(error.status).toBe(answer.status);
  });
});

const SABNZBD_CALLS: Readonly<Record<string, Call>> = {
  version: (url) => sabnzbd(url).version(),
  queue: (url) => sabnzbd(url).queue(),
  'queue priority': (url) => sabnzbd(url).setPriority(['SABnzbd_nzo_a'], 'High'),
  switch: (url) => sabnzbd(url).switchTo('SABnzbd_nzo_a', 0),
  history: (url) => sabnzbd(url).knownToHistory(['SABnzbd_nzo_a']),
};

const sabnzbdCode = ({ status, body }: Recording): FailureCode => {
  const said = typeof body === 'string' ? body : '';
  if (said.startsWith('API Key')) return 'key-refused';
  if (said.includes('Hostname')) return 'host-refused';
  if (said.includes('External')) return 'external-refused';
  if (status === 401) return 'auth-required';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 500) return 'server-error';
  return status === 200 ? 'command-refused' : 'bad-request';
};

describe('every recorded error of SABnzbd', () => {
  const errors = recorded('sabnzbd').flatMap(({ name, recording: answer }) => {
    const query = queryOf(answer);
    const mode = query.get('mode') ?? 'queue';
    const call = SABNZBD_CALLS[query.get('name') === 'priority' ? `${mode} priority` : mode];
    const refused =
      JSON.stringify(answer.body).startsWith('{"status":false') &&
      !['pause', 'delete'].includes(query.get('name') ?? '');
    return call !== undefined && (answer.status >= 400 || refused) ? [{ name, recording: answer, call }] : [];
  });

  test('of the modes we use is looked at', () => expect(errors.length).toBeGreaterThan(35));

  test.each(errors)('$name has a code and a sentence', async ({ recording: answer, call }) => {
    await errorOf('sabnzbd', answer, sabnzbdCode(answer), call);
  });
});

const TAUTULLI_CALLS: Readonly<Record<string, Call>> = {
  get_history: (url) => tautulli(url).history({ after: '2026-11-20', length: 1000, includeActivity: true }),
  get_metadata: (url) => tautulli(url).showMetadata('1007'),
  get_notifiers: (url) => tautulli(url).notifiers(),
  server_status: (url) => tautulli(url).plexConnected(),
  notify: (url) => tautulli(url).notify({ notifier: 1, subject: 's', body: 'b' }),
};

const tautulliCode = ({ status, body }: Recording): FailureCode => {
  const said = JSON.stringify(body);
  if (/Invalid apikey|Parameter apikey/.test(said)) return 'key-refused';
  if (said.includes('API not enabled')) return 'api-disabled';
  if (said.includes('API key not generated')) return 'key-not-generated';
  if (said.includes('Notification failed')) return 'notify-failed';
  if (said.includes('Please use the /api/v2')) return 'not-found';
  if (status === 200) return 'unexpected-answer';
  if (status === 401) return 'auth-required';
  if (status < 400) return said.includes('/auth/') ? 'login-page' : 'redirect';
  if (status === 404) return 'not-found';
  return status === 500 ? 'server-error' : 'bad-request';
};

describe('every recorded error of Tautulli', () => {
  const errors = recorded('tautulli').flatMap(({ name, recording: answer }) => {
    if (typeof answer.status !== 'number') return [];
    const command = queryOf(answer).get('cmd') ?? 'get_notifiers';
    const isWrong = answer.status >= 300 || JSON.stringify(answer.body).includes('"result":"error"');
    // A command of no interest to us fails like ours would.
    return isWrong ? [{ name, recording: answer, call: TAUTULLI_CALLS[command] ?? TAUTULLI_CALLS.get_notifiers }] : [];
  });

  test('is looked at', () => expect(errors.length).toBeGreaterThan(40));

  test.each(errors)('$name has a code and a sentence', async ({ recording: answer, call }) => {
    await errorOf('tautulli', answer, tautulliCode(answer), async (url) => call?.(url));
  });
});
