import { FORM_VERSION, RANGES, isVariable } from '../../core/forms/index.js';
import { prefixOf, prepare } from '../fields/prepare.js';
import { fromVariable, trimVariables } from '../fields/variables.js';
import { warning } from '../fields/warning.js';
import { serversOf } from '../flow/workspace.js';
import { tellLaterVersion } from '../later-version.js';
import { type FormNode, editor } from '../red.js';
import { text } from '../texts.js';
import type { PickBox } from '../pick/box.js';
import { clientOf, downloadClientBox } from './download-client.js';
import { type FormSpec, formSpec } from './form-spec.js';
import { sameServer } from './same-url.js';
import { collapsible } from './section.js';
import { storeHint, storesFor } from './stores.js';
import { testButton } from './test-button.js';

const STORED = '__PWRD__';

const fieldOf = (node: FormNode, name: string): JQuery => $(`#${prefixOf(node)}-${name}`);

const valueOf =
  (node: FormNode) =>
  (name: string): string =>
    String(fieldOf(node, name).val() ?? '');

/** The form as it stands, saved or not. */
const specOfForm = (node: FormNode): FormSpec => formSpec(node, valueOf(node));

const warnOfSameUrl = (node: FormNode): void => {
  const url = fieldOf(node, 'url');
  warning(url, () => {
    const { id, type } = node;
    const other = sameServer({ id, type, url: url.val() }, serversOf(type));
    if (other === null) return '';
    const { name = '' } = other;
    return text('server.sameUrl', { name: name === '' ? type.replace('plex-jit-', '') : name });
  });
};

/** A key may come from the environment with the URL; then, and only then, the field may stay empty. */
const warnOfNoKey = (node: FormNode): void => {
  const product = node.type.replace('plex-jit-', '').toUpperCase();
  const look = warning(fieldOf(node, 'apiKey'), () => {
    const [url, key] = [valueOf(node)('url').trim(), valueOf(node)('apiKey').trim()];
    return key !== '' || url === '' || isVariable(url)
      ? ''
      : text('server.noKey', { url: `${product}_URL`, key: `${product}_API_KEY` });
  });
  fieldOf(node, 'url').on('input change', look);
};

const fillStores = (node: FormNode): void => {
  const select = fieldOf(node, 'contextStore');
  const { context } = editor().settings;
  const chosen = typeof node.contextStore === 'string' ? node.contextStore : '';
  storesFor(context, chosen).forEach((name) =>
    $('<option>')
      .val(name)
      .text(isVariable(name) ? fromVariable(name) : name)
      .appendTo(select),
  );
  select.val(chosen);
  warning(select, () => {
    const key = storeHint(context, String(select.val() ?? ''));
    return key === null ? '' : text(key);
  });
};

/** Whether anything in the part of the form that is folded away is not as it is by default. */
const hasMore = (node: FormNode): boolean => {
  const { tls, proxy, timeout, user, password, headers } = specOfForm(node);
  const isUsualTimeout = timeout === '' || Number(timeout) === RANGES.timeout.fallback;
  return !isUsualTimeout || [tls, proxy, user, password, headers].some((value) => value !== '');
};

/** A stored secret is shown as dots: the first key that is pressed replaces it as a whole. */
const selectStored = (node: FormNode): void => {
  for (const name of ['apiKey', 'password', 'headers']) {
    const input = fieldOf(node, name);
    input.on('focus', () => {
      if (input.val() === STORED) input.trigger('select');
    });
  }
};

/** The open form's field for the download client. */
const boxes = new WeakMap<FormNode, PickBox>();

/**
 * For `oneditprepare` of the three server forms: everything of `prepare`, the stores to choose from, the test button in
 * `.plex-jit-test`, the folded part, and what is to be known about the URL and the store.
 */
export const prepareServer = (node: FormNode): void => {
  prepare(node);
  tellLaterVersion(node);
  warnOfSameUrl(node);
  warnOfNoKey(node);
  fillStores(node);
  selectStored(node);
  collapsible($('#plex-jit-more-button'), hasMore(node));
  const spec = (): FormSpec => specOfForm(node);
  const box = downloadClientBox(node, spec);
  if (box !== null) {
    boxes.set(node, box);
    void box.check();
  }
  const { changed } = testButton($('.plex-jit-test'), spec);
  $('#node-config-dialog-edit-form').on('input change', 'input, select', changed);
};

/** For `oneditsave` of the three server forms: what stands in no field of Node-RED's own. */
export const saveServer = (node: FormNode): void => {
  trimVariables(prefixOf(node));
  const picked = boxes.get(node)?.value;
  if (picked !== undefined) Object.assign(node, { downloadClient: clientOf(node.downloadClient, picked) });
  Object.assign(node, { configVersion: FORM_VERSION });
};
