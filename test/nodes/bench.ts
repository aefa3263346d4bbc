import { contextStore } from '../../src/runtime/context-store.js';
import { type Sandbox, type SandboxOptions, type WorldFile, startSandbox } from '../sandbox/index.js';
import { Inbox, type Message, until } from './inbox.js';
import { NODES, type ShownStatus, type TestNode, events, helper, hooks } from './runtime.js';

export interface BenchNode {
  /** Without `plex-jit-`. */
  readonly type: string;
  readonly [setting: string]: unknown;
}

let benches = 0;

/** One of our nodes in a real flow, with servers, and with Catch, Complete and Status nodes that watch it. */
export class Bench implements AsyncDisposable {
  readonly out = new Inbox();
  /** The second output. */
  readonly early = new Inbox();
  readonly caught = new Inbox();
  readonly completed = new Inbox();
  readonly statuses = new Inbox();
  readonly ids: { tautulli: string; sonarr: string; sabnzbd: string; node: string };
  readonly sandbox: Sandbox;
  /** Texts that the editor showed below the node, in order; a cleared one is "". */
  readonly shown: string[] = [];
  /** Messages for which the node called `done()`, with an error or without: Complete and Catch are deaf while a flow stops. */
  readonly done: Message[] = [];
  /** Ids of the node and of others like it, which share its servers. */
  readonly #copies: readonly string[];
  #flow: object[] = [];
  #credentials: object = {};

  constructor(sandbox: Sandbox, copies = 1) {
    this.sandbox = sandbox;
    // What is remembered lives in the process under the config node's id: each bench has its own.
    const own = `${process.pid}-${(benches += 1)}`;
    this.ids = { tautulli: `t-${own}`, sonarr: `s-${own}`, sabnzbd: `q-${own}`, node: `n-${own}` };
    this.#copies = Array.from({ length: copies }, (_, i) => (i === 0 ? `n-${own}` : `n-${own}-${i}`));
    events.on('node-status', this.#heard);
    hooks.add(this.#hook, ({ msg, node }) => {
      if (node.id === this.ids.node) this.done.push(msg);
    });
  }

  get #hook(): string {
    return `onComplete.bench-${this.ids.node}`;
  }

  readonly #heard = ({ id, status }: ShownStatus): void => {
    if (id === this.ids.node) this.shown.push(status?.text ?? '');
  };

  async load(node: BenchNode, servers: Readonly<Record<string, object>> = {}): Promise<void> {
    const { ids, sandbox } = this;
    const z = `tab-${ids.node}`;
    const watch = (type: string, extra: object = { scope: this.#copies }) => ({
      id: `${type}-${ids.node}`,
      type,
      z,
      ...extra,
      wires: [[`${type}-inbox-${ids.node}`]],
    });
    const inbox = (name: string) => ({ id: `${name}-${ids.node}`, type: 'helper', z, wires: [] });
    const server = (kind: 'tautulli' | 'sonarr' | 'sabnzbd') => ({
      id: ids[kind],
      type: `plex-jit-${kind}`,
      name: '',
      url: sandbox.urls[kind],
      ...(kind === 'sonarr' ? { sabnzbd: ids.sabnzbd } : {}),
      ...servers[kind],
    });
    const own = node.type.split('-')[0] as 'tautulli' | 'sonarr' | 'sabnzbd';
    this.#flow = [
      { id: z, type: 'tab', label: 'bench' },
      server('tautulli'),
      server('sonarr'),
      server('sabnzbd'),
      ...this.#copies.map((id) => ({
        id,
        z,
        server: ids[own],
        wires: [[`out-${ids.node}`], [`early-${ids.node}`]],
        ...node,
        type: `plex-jit-${node.type}`,
      })),
      ...['out', 'early', 'catch-inbox', 'complete-inbox', 'status-inbox'].map(inbox),
      watch('catch'),
      watch('complete'),
      watch('status'),
    ];
    this.#credentials = {
      [ids.tautulli]: { apiKey: sandbox.keys.tautulli },
      [ids.sonarr]: { apiKey: sandbox.keys.sonarr },
      [ids.sabnzbd]: { apiKey: sandbox.keys.sabnzbd },
    };
    await helper.load(NODES, this.#flow, this.#credentials);
    this.#listen();
  }

  #listen(): void {
    const collect = (name: string, inbox: Inbox) =>
      helper.getNode(`${name}-${this.ids.node}`)?.on('input', (msg) => void inbox.all.push(msg));
    collect('out', this.out);
    collect('early', this.early);
    collect('catch-inbox', this.caught);
    collect('complete-inbox', this.completed);
    collect('status-inbox', this.statuses);
  }

  send(msg: object): void {
    this.sendAsIs(structuredClone(msg));
  }

  /** What cannot be cloned: buffers, functions, what a prototype holds. */
  sendAsIs(msg: object): void {
    this.#sendTo(this.ids.node, msg);
  }

  /** To the node and its copies. */
  sendAll(msg: object): void {
    for (const id of this.#copies) this.#sendTo(id, structuredClone(msg));
  }

  #sendTo(id: string, msg: object): void {
    const node = helper.getNode(id);
    if (node === null) throw new Error('the node is not there');
    node.receive(msg);
  }

  /** Texts of the status line, in order; a cleared one is "". */
  get statusTexts(): string[] {
    return this.statuses.all.map(({ status }) => status?.text ?? '');
  }

  statusIs(text: string | RegExp): Promise<true> {
    const fits = (shown: string) => (typeof text === 'string' ? shown === text : text.test(shown));
    return until(() => fits(this.statusTexts.at(-1) ?? '-') || undefined, `status ${String(text)}`).catch(
      (error: unknown) => {
        throw new Error(`${String(error)}; seen: ${this.statusTexts.join(' | ')}`);
      },
    );
  }

  until<T>(look: () => T | undefined | false, what: string): Promise<T> {
    return until(look, what);
  }

  /** Requests that a server got so far, as `METHOD path`. */
  requests(server: 'tautulli' | 'sonarr' | 'sabnzbd'): readonly string[] {
    return this.sandbox.servers[server].exchanges.map(({ method, path }) => `${method} ${path}`);
  }

  /** Deploys only what was changed, without that server; the node goes on naming it. */
  async deleteServer(kind: 'tautulli' | 'sonarr' | 'sabnzbd'): Promise<void> {
    this.#flow = this.#flow.filter((node) => !('id' in node && node.id === this.ids[kind]));
    await this.#deploy(this.#flow, 'nodes');
    await until(() => helper.getNode(this.ids[kind]) === null, 'the deploy');
  }

  /** Deploys only this node, with another name: it is closed and made anew, and what watches it stays. */
  async redeploy(): Promise<void> {
    const { node } = this.ids;
    const before = helper.getNode(node);
    this.#flow = this.#flow.map((one) => ('id' in one && one.id === node ? { ...one, name: 'changed' } : one));
    await this.#deploy(this.#flow, 'nodes');
    await until(() => ![null, before].includes(helper.getNode(node)), 'the deploy');
  }

  /** A full deploy, with other settings of servers: every node is closed and made anew. */
  async deploy(servers: Readonly<Record<string, object>> = {}): Promise<void> {
    const flow = this.#flow.map((node) => {
      const kind = Object.entries(this.ids).find(([, id]) => 'id' in node && node.id === id)?.[0] ?? '';
      return { ...node, ...servers[kind] };
    });
    const before = helper.getNode(this.ids.node);
    await this.#deploy(flow, 'full');
    await until(() => ![null, before].includes(helper.getNode(this.ids.node)), 'the deploy');
    this.#listen();
  }

  /** It gives up after 300 ms, which a busy machine may need: callers wait for what the deploy is to change. */
  async #deploy(flow: readonly object[], type: 'full' | 'nodes'): Promise<void> {
    await helper.setFlows(flow, type, this.#credentials).catch((error: unknown) => {
      if (!String(error).includes('timeout waiting event')) throw error;
    });
  }

  /** Closes all nodes, as a deploy does. */
  async unload(): Promise<void> {
    await helper.unload();
  }

  /** What the node wrote to Node-RED's log. */
  get logged(): string[] {
    const entries = helper.log().args.flat();
    return entries.filter(({ id }) => id === this.ids.node).map(({ msg }) => String(msg));
  }

  /** Its warnings, which stand in the debug sidebar too. */
  get warned(): string[] {
    return this.warnedBy('node');
  }

  /** Warnings of one of the nodes, servers included, in the log. */
  warnedBy(which: keyof Bench['ids']): string[] {
    const WARN = 30;
    const entries = helper.log().args.flat();
    return entries.filter(({ id, level }) => id === this.ids[which] && level === WARN).map(({ msg }) => String(msg));
  }

  /** The config node of a server. */
  server(server: 'tautulli' | 'sonarr' | 'sabnzbd'): TestNode {
    const node = helper.getNode(this.ids[server]);
    if (node === null) throw new Error(`no ${server} server`);
    return node;
  }

  /** Comes when the node that is there now is closed. */
  closed(): Promise<void> {
    return new Promise((resolve) => helper.getNode(this.ids.node)?.on('close', () => resolve()));
  }

  /** Entries of what is remembered of a server, as they stand in Node-RED's context. */
  async remembered(server: 'tautulli' | 'sonarr' | 'sabnzbd', memory: string): Promise<readonly unknown[]> {
    const kept = await contextStore(this.server(server).context(), undefined).get(`plexJit.${server}.${memory}`);
    return (kept as { entries: unknown[] } | undefined)?.entries ?? [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await helper.unload();
    events.off('node-status', this.#heard);
    hooks.remove(this.#hook);
    await this.sandbox.close();
  }
}

export const bench = async (
  world: WorldFile,
  node: BenchNode,
  options: { sandbox?: SandboxOptions; servers?: Readonly<Record<string, object>>; copies?: number } = {},
): Promise<Bench> => {
  const made = new Bench(await startSandbox(world, options.sandbox), options.copies);
  await made.load(node, options.servers);
  return made;
};

/** Ann is at S01E01 of a show of four episodes, of which only the first is there. */
export const WORLD: WorldFile = {
  series: [
    {
      title: 'Harbour Lights',
      year: 2024,
      tvdb: 4711,
      status: 'ended',
      seasons: [{ number: 1, episodes: 4, firstAired: '-200d', files: '1' }],
    },
  ],
  households: [{ viewers: [{ name: 'Ann', plays: [{ series: 'Harbour Lights', season: 1, episode: 1, at: '-3h' }] }] }],
  indexer: { spacing: 0, searchTakes: 0 },
};
