import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PickBox } from '../../src/editor/pick/box.js';
import type { Listed } from '../../src/editor/pick/model.js';
import { FakeElement } from './fake-element.js';

beforeEach(() => void vi.stubGlobal('document', { createElement: () => new FakeElement() }));
afterEach(() => vi.unstubAllGlobals());

const words = {
  label: '',
  asking: '',
  nothing: '',
  typeInstead: '',
  more: () => '',
  remove: () => '',
  gone: () => '',
};

it('is filled by the server that is chosen now, although that of before answers later', async () => {
  const answers: ((listed: Listed) => void)[] = [];
  const load = () => new Promise<Listed>((resolve) => answers.push(resolve));
  const input = new FakeElement();
  const box = new PickBox({
    input: input as unknown as HTMLInputElement,
    several: false,
    field: 'notifier',
    value: [],
    words,
    load,
  });
  const checked = box.check();
  box.reset();
  answers[0]?.({ items: [{ id: '3', name: 'Mail' }] });
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.({ items: [{ id: '7', name: 'Chat' }] });
  await checked;
  const typed = (name: string) => {
    input.value = name;
    return box.value;
  };
  expect(typed('Mail')).toEqual([{ id: '', name: 'Mail' }]);
  expect(typed('Chat')).toEqual([{ id: '7', name: 'Chat' }]);
});
