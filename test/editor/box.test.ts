import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PickBox } from '../../src/editor/pick/box.js';
import type { Picked } from '../../src/core/contracts/index.js';
import type { Listed } from '../../src/editor/pick/model.js';
import { FakeElement } from './fake-element.js';

let made: FakeElement[] = [];

beforeEach(() => {
  made = [];
  const createElement = () => made[made.push(new FakeElement()) - 1];
  vi.stubGlobal('document', { createElement, activeElement: null });
});
afterEach(() => vi.unstubAllGlobals());

const words = {
  label: '',
  asking: 'asking',
  nothing: 'nothing',
  typeInstead: 'type it',
  more: (count: number) => `${count} more`,
  noMatch: 'no match',
  remove: () => '',
  gone: (name: string) => `${name} is gone`,
  unknown: (name: string) => `${name} is unknown`,
};

it('is filled by the server that is chosen now, although that of before answers later', async () => {
  const answers: ((listed: Listed) => void)[] = [];
  const load = () => new Promise<Listed>((resolve) => answers.push(resolve));
  const input = new FakeElement();
  const box = new PickBox({
    input: input as unknown as HTMLInputElement,
    several: false,
    field: 'notifier',
    value: [{ id: '1', name: 'Old' }],
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

it('leaves the keys to an input method while it composes: its Enter picks a character and ends no name', () => {
  const input = new FakeElement();
  const load = () => Promise.resolve({ items: [] });
  const options = { several: true, field: 'ignoreShows', value: [{ id: '', name: 'Early' }], words, load };
  const box = new PickBox({ input: input as unknown as HTMLInputElement, ...options });
  const prevented: string[] = [];
  const presses = (key: string, isComposing: boolean) =>
    input.does('keydown', { key, isComposing, preventDefault: () => prevented.push(key) });
  input.value = 'しんげき';
  for (const key of ['ArrowDown', 'Enter']) presses(key, true);
  expect([prevented, input.value]).toEqual([[], 'しんげき']);
  input.value = '進撃の巨人';
  presses('Enter', false);
  expect([prevented, input.value]).toEqual([['Enter'], '']);
  expect(box.value.map(({ name }) => name)).toEqual(['Early', '進撃の巨人']);
});

describe('what is said below it', () => {
  const many = Array.from({ length: 130 }, (_, i) => ({ id: String(i), name: `Viewer ${i}` }));

  /** A field with a list, as somebody uses it. */
  const used = (value: readonly Picked[], of: { several?: boolean; listed?: Listed } = {}) => {
    const { several = false, listed = { items: many } } = of;
    const input = new FakeElement();
    vi.stubGlobal('document', { ...document, activeElement: input });
    const options = { field: 'viewersAllowed', words, load: () => Promise.resolve(listed) };
    const box = new PickBox({ input: input as unknown as HTMLInputElement, several, value, ...options });
    const partOf = (name: string, has: string) => made.findLast((one) => one.getAttribute(name) === has);
    const [status, ofList] = [partOf('class', 'plex-jit-said'), partOf('class', 'plex-jit-of-list')];
    const types = async (text: string) => {
      input.value = text;
      input.does('input');
      await new Promise(setImmediate);
      return ofList?.text ?? '';
    };
    const said = () =>
      [`${status?.text ?? ''}${ofList?.text ?? ''}`, status?.classes.has('plex-jit-warning') === true] as const;
    const leaves = () => {
      input.does('blur');
      return said();
    };
    const chips = () => partOf('class', 'plex-jit-chips')?.children.map(({ text, title }) => [text.trim(), title]);
    return { box, input, types, leaves, said, chips };
  };

  it('how many more there are, or that none matches, goes away once it is not so or the field is left', async () => {
    const { types, leaves } = used([]);
    expect(await types('')).toBe('30 more');
    expect(await types('Viewer 12')).toBe('');
    expect(await types('Zoe')).toBe('no match');
    expect(await types('Viewer 129')).toBe('');
    await types('Viewer');
    await types('');
    expect(leaves()).toEqual(['', false]);
  });

  it('is no complaint about what is written in full or comes from the environment', async () => {
    const { types } = used([{ id: '7', name: 'Viewer 7' }], { several: true });
    expect(await types('viewer 7')).toBe('');
    expect(await types('viewer 8, 9')).toBe('');
    expect(await types('${VIEWER}')).toBe('');
    expect(await types('viewer 8, Zoe')).toBe('no match');
  });

  it('is why there is no list, also when the field is left', async () => {
    const { types, leaves } = used([], { listed: { sentence: 'It refused.' } });
    await types('Zoe');
    expect(leaves()).toEqual(['It refused. type it', false]);
  });

  it.each([false, true])('is that there is nothing to pick, of several: %s', async (several) => {
    const { types, said } = used([], { several, listed: { items: [] } });
    await types('');
    expect(said()).toEqual(['nothing', false]);
  });

  it('warns of what was typed and is not listed, in other words than of what was picked and is gone', async () => {
    const { box, types, leaves, said } = used([]);
    await types('Zoe');
    expect(leaves()).toEqual(['Zoe is unknown', true]);
    expect(box.value).toEqual([{ id: '', name: 'Zoe' }]);
    await types('999');
    expect(leaves()).toEqual(['999 is unknown', true]);
    await types('99');
    expect(leaves()).toEqual(['', false]);
    const other = used([{ id: '999', name: 'Old' }]);
    await other.box.check();
    expect(other.said()).toEqual(['Old is gone', true]);
    expect(said()).toEqual(['', false]);
  });

  it('is that there is nothing to pick, whether one or several can be', async () => {
    for (const several of [false, true]) {
      const { types, said } = used([], { several, listed: { items: [] } });
      await types('');
      expect(said()).toEqual(['nothing', false]);
    }
  });

  it('stands at each of several and in words below them, also when the list comes after it', async () => {
    const { box, types, leaves, said, chips } = used([{ id: '', name: 'Early' }], { several: true });
    await box.check();
    await types('Viewer 3, Zoe, ${ANN}');
    leaves();
    expect(chips()).toEqual([
      ['Early', 'Early is unknown'],
      ['Viewer 3', ''],
      ['Zoe', 'Zoe is unknown'],
      ['${ANN}', ''],
    ]);
    expect(said()).toEqual(['Early is unknown Zoe is unknown', true]);
  });
});
