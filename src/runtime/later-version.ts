import { FORM_VERSION } from '../core/forms/index.js';
import { coded } from '../core/log-codes.js';
import type { Node, NodeDef } from './node-types.js';

/** Says at deploy that a node was saved by a later version of the package: what this one does not know of it is ignored. */
export const warnOfLaterVersion = (node: Pick<Node, 'warn'>, config: NodeDef): void => {
  const { configVersion } = config as { readonly configVersion?: unknown };
  const version = Number(configVersion);
  if (!(version > FORM_VERSION)) return;
  node.warn(
    coded(
      'later-version',
      `This node was saved by a newer version of the package (settings of version ${version}; this one knows ${FORM_VERSION}). ` +
        'New settings are ignored, and lost at the next deploy from this editor: update @plex-jit/node-red-plex-jit.',
    ),
  );
};
