import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../src/clients/http/failures.js';
import type { ServiceName } from '../../src/core/contracts/index.js';
import type { WorldFault } from '../sandbox/world/format.js';
import { type ClientHousehold, type Clients, startHousehold } from './household.js';

/** Something that changes a server, and how to see in the world whether it was done. */
interface Write {
  readonly name: string;
  readonly service: ServiceName;
  readonly route: string;
  /** What has to be known before; its answer goes to `send`. */
  readonly prepare?: (household: ClientHousehold) => Promise<{ guid: string; indexerId: number }>;
  readonly send: (household: ClientHousehold, release: { guid: string; indexerId: number }) => Promise<unknown>;
  /** How often it was done. */
  readonly done: (household: ClientHousehold) => number;
  /** It is given a minute and more, whatever the time-out is. */
  readonly patient?: true;
  /** The answer says something that is needed; without it a status of success is all there is to know. */
  readonly needsAnswer?: true;
}

const EPISODE = ['Harbour Watch', 1, 7] as const;
const episodeId = ({ sandbox }: ClientHousehold): number => sandbox.world.episode(...EPISODE).id;
/** The job that stands last, which nobody has raised. */
const JOB = 'Ubuntu.Weekly.Notes.2026';
const jobs = ({ sandbox }: ClientHousehold) => sandbox.world.sabJobs();
const idOf = (household: ClientHousehold): string => jobs(household).find(({ name }) => name === JOB)?.id ?? '';

const WRITES: readonly Write[] = [
  {
    name: 'a grab',
    service: 'sonarr',
    route: 'POST /api/v3/release',
    prepare: async (household) => {
      const { rows } = await household.clients.sonarr.searchEpisode(episodeId(household));
      const release = rows.find(({ approved }) => approved);
      if (release === undefined) throw new Error('nothing was approved');
      return release;
    },
    send: ({ clients }, release) => clients.sonarr.grab(release),
    done: ({ sandbox }) => sandbox.world.grabs().length,
    patient: true,
  },
  {
    name: 'monitoring',
    service: 'sonarr',
    route: 'PUT /api/v3/episode/monitor',
    prepare: async ({ sandbox }) => {
      sandbox.world.setMonitored(...EPISODE, false);
      return Promise.resolve({ guid: '', indexerId: 0 });
    },
    send: (household) => household.clients.sonarr.setMonitored([episodeId(household)], true),
    done: ({ sandbox }) => Number(sandbox.world.episode(...EPISODE).monitored),
  },
  {
    name: 'a command to search',
    service: 'sonarr',
    route: 'POST /api/v3/command',
    send: (household) => household.clients.sonarr.commandEpisodeSearch(episodeId(household)),
    done: (household) => Number(household.sandbox.world.episode(...EPISODE).lastSearch !== null),
    needsAnswer: true,
  },
  {
    name: 'a priority',
    service: 'sabnzbd',
    route: 'name=priority',
    send: (household) => household.clients.sabnzbd.setPriority([idOf(household)], 'High'),
    done: (household) => jobs(household).filter(({ priority }) => priority === 1).length,
    needsAnswer: true,
  },
  {
    name: 'a move in the queue',
    service: 'sabnzbd',
    route: 'mode=switch',
    send: (household) => household.clients.sabnzbd.switchTo(idOf(household), 0),
    done: (household) => Number(jobs(household)[0]?.name === JOB),
    needsAnswer: true,
  },
  {
    name: 'a message',
    service: 'tautulli',
    route: 'cmd=notify',
    send: ({ clients }) => clients.tautulli.notify({ notifier: 1, subject: 'Next', body: 'E02' }),
    done: ({ sandbox }) => sandbox.world.notifications().length,
    patient: true,
  },
];

/** Something to ask that changes nothing. */
const READS: Readonly<Record<ServiceName, (clients: Clients) => Promise<unknown>>> = {
  tautulli: ({ tautulli }) => tautulli.notifiers(),
  sonarr: ({ sonarr }) => sonarr.queue(),
  sabnzbd: ({ sabnzbd }) => sabnzbd.queue(),
};

interface Lost {
  readonly fault: Omit<WorldFault, 'server' | 'route' | 'times'>;
  readonly code: FailureCode;
  /** The server did it all the same. */
  readonly isDone: boolean;
}

const LOST: readonly Lost[] = [
  { fault: { kind: 'reset-before' }, code: 'reset', isDone: false },
  { fault: { kind: 'reset-after' }, code: 'reset', isDone: true },
  { fault: { kind: 'status', status: 502 }, code: 'unavailable', isDone: false },
  { fault: { kind: 'status', status: 503 }, code: 'unavailable', isDone: false },
  { fault: { kind: 'status', status: 504 }, code: 'unavailable', isDone: false },
  { fault: { kind: 'status', status: 403 }, code: 'forbidden', isDone: false },
  { fault: { kind: 'status', status: 429 }, code: 'too-many-requests', isDone: false },
  { fault: { kind: 'html' }, code: 'not-json', isDone: false },
  { fault: { kind: 'html', status: 401 }, code: 'auth-required', isDone: false },
  { fault: { kind: 'html', status: 404 }, code: 'not-found', isDone: false },
  { fault: { kind: 'html', status: 500 }, code: 'server-error', isDone: false },
  { fault: { kind: 'redirect' }, code: 'redirect', isDone: false },
  { fault: { kind: 'login' }, code: 'login-page', isDone: false },
  { fault: { kind: 'login', status: 200 }, code: 'login-page', isDone: false },
  { fault: { kind: 'wrong-key' }, code: 'key-refused', isDone: false },
];
/** No answer in time: after the time-out, or, where more time is given, when the node is closed. */
const SILENT: readonly Lost[] = [
  { fault: { kind: 'hang' }, code: 'timeout', isDone: false },
  { fault: { kind: 'hang-after' }, code: 'timeout', isDone: true },
];

const NOTHING = { guid: '', indexerId: 0 };
/** Milliseconds. */
const TIMEOUT = 2000;

const named = ({ fault: { kind, status } }: Lost): string => (status === undefined ? kind : `${kind} ${status}`);

const until = async (holds: () => boolean): Promise<void> => {
  const deadline = Date.now() + 5000;
  while (!holds() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe.each(WRITES)('$name whose answer is lost', ({ service, route, prepare, send, done, patient, needsAnswer }) => {
  const table = [...LOST, ...SILENT].map((lost) => ({ ...lost, name: named(lost) }));

  it.concurrent.each(table)(
    '$name: sent once, never again by itself; the next request goes through',
    async ({ fault, code, isDone }) => {
      const silent = code === 'timeout';
      await using household = await startHousehold(silent ? TIMEOUT : 5000);
      const server = household.sandbox.servers[service];
      const what = (await prepare?.(household)) ?? NOTHING;
      server.addFault({ ...fault, route });
      const sent = () => server.exchanges.filter(({ fault: struck }) => struck !== null);
      const sending = household.failureOf(service, send(household, what));
      if (silent && patient) {
        await until(() => sent().length > 0);
        household.abort();
      }
      expect((await sending).code).toBe(silent && patient ? 'aborted' : code);
      // As long as a repetition would take to come.
      if (!silent) await new Promise((resolve) => setTimeout(resolve, 250));
      expect(sent()).toHaveLength(1);
      await until(() => done(household) === Number(isDone));
      expect(done(household)).toBe(Number(isDone));
      // Recovery of the same client; one that was closed asks nothing more.
      server.clearFaults();
      if (silent && patient) return;
      if (isDone) await READS[service](household.clients);
      else await send(household, what);
      await until(() => done(household) === 1);
      expect(done(household)).toBe(1);
    },
  );

  it.concurrent('half of an answer of success is taken for what it is', async () => {
    await using household = await startHousehold();
    const server = household.sandbox.servers[service];
    const what = (await prepare?.(household)) ?? NOTHING;
    server.addFault({ kind: 'truncated', route });
    if (needsAnswer) {
      const error = await household.failureOf(service, send(household, what));
      expect(error.code).toBe('bad-json');
    } else await send(household, what);
    expect(server.exchanges.filter(({ fault: struck }) => struck !== null)).toHaveLength(1);
    await until(() => done(household) === 1);
    expect(done(household)).toBe(1);
  });

  it.concurrent('goes through with the same client once the server is back', async () => {
    await using household = await startHousehold();
    const server = household.sandbox.servers[service];
    const what = (await prepare?.(household)) ?? NOTHING;
    server.addFault({ kind: 'refused' });
    const error = await household.failureOf(service, send(household, what));
    // A connection that was open from before is found cut.
    expect(['refused', 'reset']).toContain(error.code);
    server.clearFaults();
    await send(household, what);
    await until(() => done(household) === 1);
    expect(done(household)).toBe(1);
  });
});
