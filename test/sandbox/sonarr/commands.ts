import type { Timeline } from '../world/clock.js';
import { instant, timeSpan } from './answers.js';

type Status = 'queued' | 'started' | 'completed' | 'failed';

interface Command {
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly own: Readonly<Record<string, unknown>>;
  readonly work: CommandWork;
  readonly quiet: boolean;
  status: Status;
  message: string | null;
  exception: string | null;
  readonly queued: number;
  started: number | null;
  ended: number | null;
}

/** Tells its progress; throws when the command fails. */
export type CommandWork = (tell: (message: string) => void) => Promise<void>;

export interface NewCommand {
  readonly name: string;
  /** Its own properties: what makes two commands the same. */
  readonly own: Readonly<Record<string, unknown>>;
  readonly work: CommandWork;
  /** Runs without messages. */
  readonly quiet?: boolean;
}

const WORKERS = 3;

/** Sonarr's command queue: three workers, and one command for all who ask for the same while it is not finished. */
export class Commands {
  private readonly all: Command[] = [];

  constructor(private readonly timeline: Timeline) {}

  send({ name, own, work, quiet = false }: NewCommand): Command {
    const same = this.all.find((c) => c.ended === null && c.name === name && sameProperties(c.own, own));
    if (same !== undefined) return same;
    const command: Command = {
      id: this.all.length + 1,
      name,
      title: name.replace(/([a-z])([A-Z])/g, '$1 $2'),
      own,
      work,
      quiet,
      status: 'queued',
      message: null,
      exception: null,
      queued: this.timeline.now(),
      started: null,
      ended: null,
    };
    this.all.push(command);
    this.timeline.at(this.timeline.now(), () => this.startNext());
    return command;
  }

  list(): readonly Command[] {
    return this.all;
  }

  find(id: number): Command | undefined {
    return this.all[id - 1];
  }

  private startNext(): void {
    const running = this.all.filter((c) => c.status === 'started').length;
    for (const command of this.all.filter((c) => c.status === 'queued').slice(0, WORKERS - running))
      void this.run(command);
  }

  private async run(command: Command): Promise<void> {
    command.status = 'started';
    command.started = this.timeline.now();
    try {
      await command.work((message) => {
        command.message = message;
      });
      command.status = 'completed';
    } catch (error) {
      command.message = 'Failed';
      command.exception = `NzbDrone.Sandbox: ${error instanceof Error ? error.message : String(error)}\n   at Sandbox`;
      command.status = 'failed';
    }
    command.ended = this.timeline.now();
    this.startNext();
  }
}

/** Lists are compared as sets. */
const sameProperties = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean =>
  canonical(a) === canonical(b);

const canonical = (own: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.entries(own).map(([k, v]) => [k, Array.isArray(v) ? [...new Set(v.map(String))].sort() : v]));

export const commandResource = (c: Command) => ({
  name: c.name,
  commandName: c.title,
  message: c.message ?? undefined,
  body: {
    ...c.own,
    sendUpdatesToClient: true,
    updateScheduledTask: true,
    requiresDiskAccess: false,
    isExclusive: false,
    isLongRunning: false,
    name: c.name,
    trigger: 'manual',
    suppressMessages: c.quiet,
  },
  priority: 'normal',
  status: c.status,
  result: c.status === 'completed' ? 'successful' : 'unknown',
  queued: instant(c.queued),
  started: c.started === null ? undefined : instant(c.started),
  ended: c.ended === null ? undefined : instant(c.ended),
  duration: c.ended === null ? undefined : `${timeSpan((c.ended - (c.started ?? c.ended)) / 1000)}.0000000`,
  exception: c.exception ?? undefined,
  trigger: 'manual',
  stateChangeTime: c.started === null ? undefined : instant(c.started),
  sendUpdatesToClient: true,
  updateScheduledTask: true,
  id: c.id,
});
