import { isVariable } from '../../core/forms/index.js';
import type { Picked } from '../../core/contracts/index.js';
import { PickBox } from '../pick/box.js';
import { Lister } from '../pick/lister.js';
import { picksOf } from '../pick/model.js';
import { askList, wordsFor } from '../pick/source.js';
import type { FormNode } from '../red.js';
import { ownText, text } from '../texts.js';
import { findingText } from './findings.js';
import type { FormSpec } from './form-spec.js';

const FIELD = 'downloadClient';

/** One pick is saved as itself, not as a list. */
const savedPick = (saved: unknown): readonly Picked[] => picksOf(FIELD, typeof saved === 'object' ? [saved] : saved);

/** What is in the box, or, while the variable is in it that stood there, what was saved. */
export const clientOf = (saved: unknown, picks: readonly Picked[]): unknown =>
  isVariable(saved) && JSON.stringify(savedPick(saved)) === JSON.stringify(picks) ? saved : (picks[0] ?? '');

/** The field "called in Sonarr": its download clients to pick from, asked with the connection as it stands in the form. */
export const downloadClientBox = (node: FormNode, spec: () => FormSpec): PickBox | null => {
  const input = document.getElementById('plex-jit-download-client');
  if (!(input instanceof HTMLInputElement)) return null;
  const lister = new Lister({
    spec,
    post: askList,
    sentenceOf: findingText,
    words: { noServer: '', noAnswer: text('pick.noAnswer') },
  });
  return new PickBox({
    input,
    several: false,
    field: FIELD,
    value: savedPick(node[FIELD]),
    words: wordsFor('download-clients', ownText(node, `label.${FIELD}`) ?? ''),
    load: () => lister.list('download-clients'),
  });
};
