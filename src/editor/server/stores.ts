import { isVariable } from '../../core/forms/index.js';
import type { Editor } from '../red.js';

type Stores = Editor['settings']['context'];

/** The stores to choose from; one that was chosen once and is gone from the settings stays, or it would be lost on saving. */
export const storesFor = (context: Stores, chosen: string): readonly string[] => {
  const stores = context?.stores ?? [];
  return chosen === '' || stores.includes(chosen) ? stores : [...stores, chosen];
};

/** What is to be known about a store, as a key of the shared catalogue; null when nothing is. */
export const storeHint = (context: Stores, chosen: string): 'store.gone' | 'store.memory' | null => {
  if (isVariable(chosen)) return null;
  if (chosen !== '' && !(context?.stores ?? []).includes(chosen)) return 'store.gone';
  // The editor is told only names; Node-RED's own settings file calls it memoryOnly, and memory is what it has without one.
  return /^memory/i.test(chosen === '' ? (context?.default ?? 'memory') : chosen) ? 'store.memory' : null;
};
