import { FORM_VERSION } from '../core/forms/index.js';
import { prefixOf } from './fields/prepare.js';
import type { FormNode } from './red.js';
import { text } from './texts.js';

/** What is to be known of a node that a later version of the package saved; null of any other. The runtime says it at deploy. */
export const laterVersion = (configVersion: unknown): string | null => {
  const version = Number(configVersion);
  return version > FORM_VERSION ? text('form.laterVersion', { version, known: FORM_VERSION }) : null;
};

/** Says it above the first field. */
export const tellLaterVersion = (node: FormNode): void => {
  const said = laterVersion(node.configVersion);
  if (said === null) return;
  const first = $(`#${prefixOf(node)}-name`).closest('.form-row');
  $('<div class="form-tips plex-jit-later" role="note">').text(said).insertBefore(first);
};
