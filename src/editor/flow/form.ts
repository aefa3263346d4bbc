import type { ListKind } from '../../admin/list/index.js';
import { FORM_VERSION, isVariable } from '../../core/forms/index.js';
import { markValue, prefixOf, prepare } from '../fields/prepare.js';
import { keepVariables, showVariables, trimVariables } from '../fields/variables.js';
import { tellLaterVersion } from '../later-version.js';
import type { Picked } from '../../core/contracts/index.js';
import { PickBox } from '../pick/box.js';
import { picksOf } from '../pick/model.js';
import { Source, wordsFor } from '../pick/source.js';
import type { FormNode } from '../red.js';
import { RulesList } from '../rules/list.js';
import { showInterval } from './interval-warning.js';
import { showServer } from './server-warning.js';
import { prepareTell, tellOf } from './tell.js';
import { showUsualMessage } from './usual-message.js';

/** The settings that are lists of picks, and what they are picked from. */
const LISTS: Readonly<Record<string, ListKind>> = {
  viewersAllowed: 'viewers',
  viewersDenied: 'viewers',
  librariesAllowed: 'libraries',
  librariesDenied: 'libraries',
  excludeTags: 'tags',
  ignoreShows: 'series',
  sharedViewers: 'viewers',
};

/** A node as `oneditsave` changes it. */
interface SavedNode {
  readonly id: string;
  [property: string]: unknown;
}

interface OpenForm {
  readonly node: FormNode;
  readonly boxes: ReadonlyMap<string, PickBox>;
  readonly rules: RulesList | null;
}

/** Node-RED opens one form of a flow node at a time. */
let open: OpenForm | null = null;

const inputOf = (field: string): HTMLInputElement | null => {
  const input = document.getElementById(`node-input-${field}-pick`);
  return input instanceof HTMLInputElement ? input : null;
};

const valueOf = (node: FormNode, field: string): readonly Picked[] => {
  if (field !== 'notifier') return picksOf(field, node[field]);
  const { notifier, notifierName } = node as { readonly notifier?: unknown; readonly notifierName?: unknown };
  const id = typeof notifier === 'string' || typeof notifier === 'number' ? String(notifier) : '';
  const name = typeof notifierName === 'string' ? notifierName : '';
  if (id === '') return [];
  // What has no name was typed, or saved by version 1.
  return [name === '' ? { id: '', name: id } : { id, name }];
};

const pickBox = (node: FormNode, field: string, { kind, source }: { kind: ListKind; source: Source }) => {
  const input = inputOf(field);
  if (input === null) return [];
  const several = field !== 'notifier';
  const words = wordsFor(kind, node._(`label.${field}`));
  const box = new PickBox({
    input,
    several,
    field,
    value: valueOf(node, field),
    words,
    load: () => source.list(kind),
    ...(field === 'notifier' ? { changed: (picks) => markNotifier(node, input, picks) } : {}),
  });
  if (field === 'notifier') markNotifier(node, input, box.value);
  return [[field, box] as const];
};

/** Names are for people: what is typed and is none that is listed must be the number. */
const markNotifier = (node: FormNode, input: HTMLElement, picks: readonly Picked[]): void =>
  markValue(node, { field: 'notifier', input }, notifierOf(picks).notifier);

const rulesList = (node: FormNode, source: Source): RulesList | null => {
  const list = document.getElementById('node-input-rules-list');
  const rules = Array.isArray(node.rules) ? (node.rules as readonly unknown[]) : [];
  const lookAhead = (): string => String($('#node-input-episodesToCheck').val() ?? '');
  return list === null ? null : new RulesList(list, rules, { source, lookAhead });
};

/** For `oneditprepare` of the nodes that stand in a flow: hints, pick lists, rules. */
export const prepareFlowNode = (node: FormNode): void => {
  prepare(node);
  showVariables(node);
  tellLaterVersion(node);
  const source = new Source(node);
  const fields = Object.entries({ ...LISTS, notifier: 'notifiers' } as Readonly<Record<string, ListKind>>);
  const boxes = new Map(fields.flatMap(([field, kind]) => pickBox(node, field, { kind, source })));
  const rules = rulesList(node, source);
  open = { node, boxes, rules };
  // What was deleted on its server is told before the next run finds out. A show to ignore need not be there.
  const check = (): void => {
    for (const [field, box] of boxes) if (LISTS[field] !== 'series') void box.check();
    rules?.check();
  };
  check();
  // Node-RED tells of a change shortly after the form is opened, too: an answer that was there before it is asked for again.
  $('#node-input-server').on('change', () => {
    for (const box of boxes.values()) box.reset();
    check();
  });
  showServer(node);
  showInterval(node);
  showUsualMessage();
  prepareTell(node.tell);
};

/** What is in a box, or, while the variable is in it that stood there, what was saved. */
const savedPicks = (field: string, saved: unknown, picks: readonly Picked[]): unknown => {
  const isKept = isVariable(saved) && JSON.stringify(picksOf(field, saved)) === JSON.stringify(picks);
  return isKept ? saved : picks.map(({ id, name }) => ({ id, name }));
};

/** What was typed counts as a number, what was picked as that one with its name. */
const notifierOf = ([pick]: readonly Picked[]): { readonly notifier: string; readonly notifierName: string } => {
  if (pick === undefined) return { notifier: '', notifierName: '' };
  return pick.id === '' ? { notifier: pick.name, notifierName: '' } : { notifier: pick.id, notifierName: pick.name };
};

/** For `oneditsave`: what was picked, which Node-RED does not read from the fields by itself. */
export const saveFlowNode = (node: SavedNode): void => {
  if (open?.node.id !== node.id) return;
  const { boxes, rules } = open;
  for (const [field, box] of boxes) {
    if (field === 'notifier') Object.assign(node, notifierOf(box.value));
    else node[field] = savedPicks(field, node[field], box.value);
  }
  if (rules !== null) node.rules = rules.value;
  if ('tell' in node) node.tell = tellOf(node.tell);
  keepVariables(node, prefixOf(open.node));
  trimVariables(prefixOf(open.node));
  node.configVersion = FORM_VERSION;
  open = null;
};
