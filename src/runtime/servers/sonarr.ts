import { sonarrClient } from '../../clients/sonarr/client.js';
import type { SonarrClient } from '../../clients/sonarr/types.js';
import type { Choice } from '../../core/contracts/index.js';
import type { LastView } from '../../core/up-next/index.js';
import { openLastViews } from '../../state/last-views.js';
import type { Memory } from '../../state/memory.js';
import type { StateOptions } from '../../state/options.js';
import { type SonarrShared, openSonarrShared } from '../../state/sonarr-shared.js';
import { type SonarrState, openSonarrState } from '../../state/sonarr.js';
import { linkUrlOf } from '../link-url.js';
import { nodeLog } from '../logs.js';
import { toNodeError } from '../node-error.js';
import type { Node, NodeAPI } from '../node-types.js';
import { forget, shared } from '../registry.js';
import { Server, type ServerCredentials, type ServerDef } from '../server.js';
import type { Values } from '../settings/fields.js';
import { formSettings } from '../settings/read.js';
import { FEEDS, SONARR } from '../settings/tables.js';
import { findServer, registerServer } from './register.js';
import { SabnzbdServer, findSabnzbd } from './sabnzbd.js';

const TYPE = 'plex-jit-sonarr';

export interface SonarrDef extends ServerDef {
  /** Hours. */
  cacheTime: string | number;
  /** Hours. */
  searchCache: string | number;
  /** Id of the SABnzbd that it feeds, or empty. */
  sabnzbd: string;
  /** What that is called in Sonarr; none is empty, and missing in version 1 of the form. */
  downloadClient?: Choice;
  /** Where people reach it, for links; empty or missing is the URL. */
  linkUrl?: string;
}

export class SonarrServer extends Server<SonarrClient> {
  readonly #RED: NodeAPI;
  readonly #config: SonarrDef;
  readonly #linkUrl: string | null;
  #joined: SonarrShared | undefined;
  #toldLost = false;
  #lastViews: Memory<LastView> | undefined;

  constructor(RED: NodeAPI, node: Node<ServerCredentials>, config: SonarrDef) {
    super({ RED, node, config, service: 'sonarr', client: sonarrClient });
    this.#RED = RED;
    this.#config = config;
    this.#linkUrl = linkUrlOf(config.linkUrl, nodeLog(node));
  }

  /** @throws NodeError `wrong-setting`, `not-set-up` */
  get settings(): Values<typeof SONARR> {
    return formSettings(SONARR, this.#config);
  }

  /** The SABnzbd that it feeds; null when none is named or that one cannot be used. */
  get sabnzbd(): SabnzbdServer | null {
    const server = this.#fed;
    return server instanceof SabnzbdServer && server.isSetUp ? server : null;
  }

  /** That the SABnzbd that it feeds is not there, as a sentence; null when it is, or none is named. The log is told once. */
  get lostSabnzbd(): string | null {
    if (!(this.#fed instanceof Error)) return null;
    const text = `The SABnzbd that ${this.name} feeds is not there; it may have been deleted or disabled. Choose another in the Sonarr server node, or none: until then, downloads that SABnzbd has lost are not noticed.`;
    if (!this.#toldLost) nodeLog(this.node).warn('no-sabnzbd', text);
    this.#toldLost = true;
    return text;
  }

  get #fed(): SabnzbdServer | Error | null {
    if (!this.#config.sabnzbd) return null;
    try {
      return findSabnzbd(this.#RED, this.#config.sabnzbd);
    } catch (error) {
      return toNodeError(error);
    }
  }

  /** Which of Sonarr's download clients is ours; empty when all may be. @throws NodeError `wrong-setting`, `not-set-up` */
  get downloadClient(): Choice {
    return formSettings(FEEDS, this.#config).downloadClient;
  }

  /** Where links into it lead. @throws NodeError `not-set-up` */
  get linkUrl(): string {
    return this.#linkUrl ?? this.ref.url;
  }

  /** What the sidebar showed last of the flows that ask it. @throws NodeError `not-set-up` */
  get lastViews(): Memory<LastView> {
    this.#lastViews ??= openLastViews(this.#own);
    return this.#lastViews;
  }

  /** What is remembered; kept in this process over deploys. */
  async state(): Promise<SonarrState> {
    const open = (): SonarrState => openSonarrState(this.#own);
    // At another URL the same ids may be other series and episodes.
    if (shared(this.#key, open).url !== this.ref.url) forget(this.#key);
    const state = shared(this.#key, open);
    await state.load();
    return state;
  }

  /** Intents and the lock of the Sonarr at this URL, which all config nodes with that URL share. */
  async shared(): Promise<SonarrShared> {
    const { url } = this.ref;
    const state = shared(`sonarr-shared ${url}`, () =>
      openSonarrShared({ url, stores: [], log: nodeLog(this.node), now: Date.now }),
    );
    this.#joined = state;
    await state.join(this.store);
    await state.load();
    return state;
  }

  override close(removed: boolean): void {
    super.close(removed);
    this.#joined?.leave(this.store);
    if (removed) forget(this.#key);
  }

  /** What a memory of its own is opened with. */
  get #own(): StateOptions {
    return { store: this.store, server: this.ref, log: nodeLog(this.node), now: Date.now };
  }

  get #key(): string {
    return `sonarr ${this.node.id} ${this.storeName ?? ''}`;
  }
}

export const registerSonarr = (RED: NodeAPI): void =>
  registerServer(RED, { type: TYPE, make: (node, config: SonarrDef) => new SonarrServer(RED, node, config) });

/** @throws NodeError `not-set-up` */
export const findSonarr = (RED: NodeAPI, id: string | undefined): SonarrServer =>
  findServer<SonarrServer>(RED, id, { type: TYPE, product: 'Sonarr' });
