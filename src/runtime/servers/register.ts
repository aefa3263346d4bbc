import { warnOfLaterVersion } from '../later-version.js';
import { notSetUp } from '../node-error.js';
import type { Node, NodeAPI } from '../node-types.js';
import { CREDENTIALS, type ServerCredentials, type ServerDef } from '../server.js';

/** What every kind of server does when its config node goes. */
export interface Closable {
  /** `removed`: the node was deleted, not only deployed anew. */
  close(removed: boolean): void;
}

interface ServerNode<S> extends Node<ServerCredentials> {
  plexJitServer?: S;
}

export interface ServerType<S extends Closable, Def extends ServerDef> {
  readonly type: string;
  make(node: Node<ServerCredentials>, config: Def): S;
}

/** Registers a config node that holds one server. */
export const registerServer = <S extends Closable, Def extends ServerDef>(
  RED: NodeAPI,
  kind: ServerType<S, Def>,
): void => {
  RED.nodes.registerType<ServerNode<S>, Def, object, ServerCredentials>(
    kind.type,
    function (this: ServerNode<S>, config: Def) {
      RED.nodes.createNode(this, config);
      warnOfLaterVersion(this, config);
      const server = kind.make(this, config);
      this.plexJitServer = server;
      this.on('close', (removed: boolean, done: () => void) => {
        server.close(removed);
        done();
      });
    },
    { credentials: CREDENTIALS },
  );
};

/**
 * The server of a config node, looked up anew each time: config nodes come and go with deploys.
 * @throws NodeError `not-set-up` when none is chosen or it is not there (deleted, disabled)
 */
export const findServer = <S>(RED: NodeAPI, id: string | undefined, kind: { type: string; product: string }): S => {
  if (!id) throw notSetUp(`choose a ${kind.product} server.`);
  const node = RED.nodes.getNode(id) as ServerNode<S> | null | undefined;
  if (node?.type !== kind.type || node.plexJitServer === undefined) {
    throw notSetUp(
      `the chosen ${kind.product} server does not exist; it may have been deleted or disabled. Choose another in this node.`,
    );
  }
  return node.plexJitServer;
};
