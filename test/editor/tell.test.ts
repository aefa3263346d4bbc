import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { prepareTell, tellOf } from '../../src/editor/flow/tell.js';
import { fakeEditor } from './fake-editor.js';

interface Choice {
  readonly value: string;
  checked: boolean;
  readonly parentElement: { after(label: { children: readonly unknown[] }): void };
}

let choices: Choice[];
const choice = (value: string): Choice => ({
  value,
  checked: false,
  parentElement: {
    after: ({ children }) => void choices.push(children.find((one) => typeof one === 'object') as Choice),
  },
});

beforeEach(() => {
  choices = ['grabbed', 'problems', 'unmatched'].map(choice);
  fakeEditor();
  vi.stubGlobal('document', {
    querySelectorAll: () => choices,
    createElement: () => {
      const made = {
        ...choice(''),
        children: [] as unknown[],
        append: (...all: unknown[]) => made.children.push(...all),
      };
      return made;
    },
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(globalThis, 'RED');
});

const tick = (value: string, checked = true): void => {
  for (const one of choices) if (one.value === value) one.checked = checked;
};

describe('what is told', () => {
  it.each([
    [['grabbed', 'problems']],
    [['unmatched', 'grabbed']],
    [[]],
    [['${TELL}']],
    [['problems', '${TELL}', 'grabbed']],
  ])('%j stays the same thing while nothing is ticked', (saved) => {
    prepareTell(saved);
    expect(tellOf(saved)).toBe(saved);
  });

  it('follows what is ticked; a variable can be ticked off', () => {
    const saved = ['problems', '${TELL}'];
    prepareTell(saved);
    tick('grabbed');
    expect(tellOf(saved)).toEqual(['problems', '${TELL}', 'grabbed']);
    tick('${TELL}', false);
    expect(tellOf(saved)).toEqual(['problems', 'grabbed']);
  });

  it('has no choice of its own for what is no variable', () => {
    prepareTell(['grabbed', 'nonsense']);
    expect(choices.map(({ value }) => value)).toEqual(['grabbed', 'problems', 'unmatched']);
    expect(tellOf(['grabbed', 'nonsense'])).toEqual(['grabbed']);
  });

  it('is left alone in a form without the choices', () => {
    choices = [];
    prepareTell(undefined);
    expect(tellOf(undefined)).toBeUndefined();
  });
});
