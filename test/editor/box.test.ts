import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PickBox } from '../../src/editor/pick/box.js';
import type { Listed } from '../../src/editor/pick/model.js';
import { FakeElement } from './fake-element.js';

beforeEach(() => void vi.stubGlobal('document', { createElement: () => new FakeElement() }));
afterEach(() => vi.unstubAllGlobals());

const words = {
  ...{ label: '', asking: '', nothing: '', typeInstead: '' },
  more: () => '',
  remove: () => '',
  gone: () => '',
};

it('what another server listed is not picked from, although it answered after the choice of this one', async () => {
  const answers: ((listed: Listed) => void)[] = [];
  const load = () => new Promise<Listed>((resolve) => answers.push(resolve));
  const input = new FakeElement();
  const box = new PickBox({
    ...{ input: input as unknown as HTMLInputElement, several: false, field: 'notifier', value: [], words, load },
  });
  const first = box.check();
  box.reset();
  answers[0]?.({ items: [{ id: '3', name: 'Ann' }] });
  await first;
  input.value = 'Ann';
  expect(box.value).toEqual([{ id: '', name: 'Ann' }]);
});
