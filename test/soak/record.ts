import type { Lookup, Plan, Play } from '../../src/core/contracts/index.js';
import type { Exchange } from '../sandbox/http/types.js';
import { placeOf, type Step } from './flow.js';
import type { FlowNodeDef, LogLine, Message } from './red.js';

/** A job of SABnzbd as it was at one moment. */
export interface JobThen {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  readonly paused: boolean;
}

/** Something that a flow sent, without what it shares with others. */
export interface Sent {
  readonly step: Step;
  readonly flow: number;
  readonly output: number;
  readonly payload: unknown;
}

/** An exchange with one of the servers; which of the Sonarrs it was. */
export interface Heard extends Exchange {
  readonly sonarr: number;
  /** By the servers' clock. */
  readonly when: number;
}

/** What one run came to, as seen from outside. */
export class RunRecord {
  /** By the servers' clock, milliseconds. */
  ended = 0;
  after: readonly JobThen[] = [];
  readonly heard: Heard[] = [];
  readonly sent: Sent[] = [];
  readonly caught: { readonly step: string; readonly error: Error & { code?: unknown; cause?: unknown } }[] = [];
  readonly lines: LogLine[] = [];
  readonly shown = new Map<string, { readonly fill?: string; readonly text?: string }>();
  /** A power cut came in between. */
  cut = false;

  constructor(
    readonly number: number,
    readonly began: number,
    readonly before: readonly JobThen[],
    readonly over: Readonly<Record<string, unknown>>,
    /** Nothing was broken when it began, and it ran by itself. */
    readonly calm: boolean,
  ) {}

  get dry(): boolean {
    return this.over.dryRun === true;
  }

  /** Nothing went wrong on the servers. */
  get healthy(): boolean {
    return this.calm && !this.cut && this.heard.every(({ fault }) => fault === null);
  }

  /** What every node shows, and what was asked last. */
  get state(): string {
    const nodes = [...this.shown].map(([node, { text = '' }]) => `${node} "${text}"`);
    const last = this.heard
      .slice(-3)
      .map(({ method, path, search, fault }) => `${method} ${path}?${search} ${fault ?? ''}`);
    return [...nodes, ...last].join('; ');
  }

  /** The last that a step of a flow sent by its first output. */
  last(step: Step, flow: number): unknown {
    return this.sent.findLast((one) => one.step === step && one.flow === flow && one.output === 0)?.payload;
  }

  plays(flow: number): readonly Play[] | undefined {
    return this.last('history', flow) as readonly Play[] | undefined;
  }
  lookup(flow: number): Lookup | undefined {
    return this.last('lookup', flow) as Lookup | undefined;
  }
  plan(step: 'next' | 'search' | 'priority' | 'notify', flow: number): Plan | undefined {
    return this.last(step, flow) as Plan | undefined;
  }

  /** All plans of that step, of all flows. */
  plans(step: 'next' | 'search' | 'priority' | 'notify'): readonly { readonly flow: number; readonly plan: Plan }[] {
    return this.sent.filter((one) => one.step === step).map(({ flow, payload }) => ({ flow, plan: payload as Plan }));
  }

  /** Requests that change something. */
  get changes(): readonly Heard[] {
    return this.heard.filter(({ server, method, requestBody }) =>
      server === 'sonarr' ? method !== 'GET' : /cmd=notify|name=|mode=switch/.test(requestBody),
    );
  }

  /** Requests by which something is searched. */
  get searches(): readonly Heard[] {
    return this.heard.filter(
      ({ server, method, path }) =>
        server === 'sonarr' &&
        ((method === 'GET' && path.endsWith('/release')) || (method === 'POST' && path.endsWith('/command'))),
    );
  }

  keep(node: FlowNodeDef, output: number, msg: Message): void {
    const place = placeOf(node.id);
    if (place !== null) this.sent.push({ ...place, output, payload: structuredClone(msg.payload) });
  }

  failed(node: FlowNodeDef, error: Error): void {
    this.caught.push({ step: node.id, error });
  }

  logged(line: LogLine): void {
    this.lines.push(line);
  }

  status(node: FlowNodeDef, status: { readonly fill?: string; readonly text?: string }): void {
    this.shown.set(node.id, status);
  }
}
