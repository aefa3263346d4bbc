import { tautulliClient } from '../../clients/tautulli/client.js';
import type { TautulliClient } from '../../clients/tautulli/types.js';
import { openTautulliState, type TautulliState } from '../../state/tautulli.js';
import { nodeLog } from '../logs.js';
import type { Node, NodeAPI } from '../node-types.js';
import { forget, shared } from '../registry.js';
import { Server, type ServerCredentials, type ServerDef } from '../server.js';
import { findServer, registerServer } from './register.js';

const TYPE = 'plex-jit-tautulli';

export class TautulliServer extends Server<TautulliClient> {
  constructor(RED: NodeAPI, node: Node<ServerCredentials>, config: ServerDef) {
    super({ RED, node, config, service: 'tautulli', client: tautulliClient });
  }

  /** What is remembered; kept in this process over deploys, as nodes that are not deployed anew go on using it. */
  async state(): Promise<TautulliState> {
    const state = shared(this.#key, () =>
      openTautulliState({ store: this.store, server: this.ref, log: nodeLog(this.node), now: Date.now }),
    );
    await state.load();
    return state;
  }

  override close(removed: boolean): void {
    super.close(removed);
    if (removed) forget(this.#key);
  }

  get #key(): string {
    return `tautulli ${this.node.id} ${this.storeName ?? ''}`;
  }
}

export const registerTautulli = (RED: NodeAPI): void =>
  registerServer(RED, { type: TYPE, make: (node, config: ServerDef) => new TautulliServer(RED, node, config) });

/** @throws NodeError `not-set-up` */
export const findTautulli = (RED: NodeAPI, id: string | undefined): TautulliServer =>
  findServer<TautulliServer>(RED, id, { type: TYPE, product: 'Tautulli' });
