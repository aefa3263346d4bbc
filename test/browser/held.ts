import type { Stage } from './stage.js';

/**
 * Statements of the settings file that let a test see what Node-RED's process holds: `GET /held`.
 * Sockets are told by the port of the server they go to.
 */
export const SHOW_HELD = `
const { events } = require.main.require('@node-red/util');
const tally = (emitter) => emitter.eventNames().map((name) => [String(name), emitter.listenerCount(name)]);
settings.httpAdminMiddleware = (request, response, next) => {
  if (request.path !== '/held') return next();
  response.json({
    timers: process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length,
    listeners: Object.fromEntries([...tally(process), ...tally(events)]),
    ports: process._getActiveHandles().map(({ remotePort }) => remotePort).filter(Boolean),
  });
};
`;

/** What is left of the package's work in Node-RED's process. */
export interface Held {
  readonly timers: number;
  readonly listeners: Readonly<Record<string, number>>;
  /** Connections to the sandbox's servers. */
  readonly connections: number;
}

export async function held({ home }: Stage): Promise<Held> {
  const { timers, listeners, ports } = (await (await home.red.ask('/held')).json()) as Omit<Held, 'connections'> & {
    ports: readonly number[];
  };
  const servers = Object.values(home.sandbox.urls)
    .flat()
    .map((url) => Number(new URL(url).port));
  return { timers, listeners, connections: ports.filter((port) => servers.includes(port)).length };
}
