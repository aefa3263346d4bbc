import { sabnzbdClient } from '../../clients/sabnzbd/client.js';
import type { SabnzbdClient } from '../../clients/sabnzbd/types.js';
import { type SabnzbdState, openSabnzbdState } from '../../state/sabnzbd.js';
import { nodeLog } from '../logs.js';
import type { Node, NodeAPI } from '../node-types.js';
import { shared } from '../registry.js';
import { Server, type ServerCredentials, type ServerDef } from '../server.js';
import { findServer, registerServer } from './register.js';

const TYPE = 'plex-jit-sabnzbd';

export class SabnzbdServer extends Server<SabnzbdClient> {
  #joined: SabnzbdState | undefined;

  constructor(RED: NodeAPI, node: Node<ServerCredentials>, config: ServerDef) {
    super({ RED, node, config, service: 'sabnzbd', client: sabnzbdClient });
  }

  /** The wanted order and the lock of the SABnzbd at this URL, which all config nodes with that URL share. */
  async state(): Promise<SabnzbdState> {
    const { url } = this.ref;
    const state = shared(`sabnzbd ${url}`, () =>
      openSabnzbdState({ url, stores: [], log: nodeLog(this.node), now: Date.now }),
    );
    this.#joined = state;
    await state.join(this.store);
    await state.load();
    return state;
  }

  override close(removed: boolean): void {
    super.close(removed);
    this.#joined?.leave(this.store);
  }
}

export const registerSabnzbd = (RED: NodeAPI): void =>
  registerServer(RED, { type: TYPE, make: (node, config: ServerDef) => new SabnzbdServer(RED, node, config) });

/** @throws NodeError `not-set-up` */
export const findSabnzbd = (RED: NodeAPI, id: string | undefined): SabnzbdServer =>
  findServer<SabnzbdServer>(RED, id, { type: TYPE, product: 'SABnzbd' });
