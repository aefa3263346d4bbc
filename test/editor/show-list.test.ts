import { describe, expect, it } from 'vitest';
import { ignoreList } from '../../src/core/matching/ignored.js';
import { names, withShow } from '../../src/editor/up-next/show-list.js';
import { LOOKUP } from '../../src/runtime/settings/tables.js';

const show = { title: 'Night Shift', ignoreId: 'tvdb:99' };
const nameless = { title: 'Home Video', ignoreId: '' };

/** As a node reads its form. */
const ignores = (list: unknown, { title, ignoreId }: typeof show): boolean => {
  const choices = LOOKUP.ignoreShows.schema.parse(LOOKUP.ignoreShows.fromForm(list));
  const tvdb = ignoreId === '' ? null : Number(ignoreId.split(':')[1]);
  return ignoreList(choices)({ title, year: null, ids: { tvdb } }) !== null;
};

describe('"ignore this show" writes the list of either form version, so that the node ignores the show', () => {
  it.each([
    ['', 'Night Shift'],
    ['Echo Bay\n', 'Echo Bay\nNight Shift'],
    [undefined, 'Night Shift'],
    [[], [{ id: 'tvdb:99', name: 'Night Shift' }]],
    [
      [{ id: '', name: 'Echo Bay' }],
      [
        { id: '', name: 'Echo Bay' },
        { id: 'tvdb:99', name: 'Night Shift' },
      ],
    ],
  ])('%j becomes %j', (before, after) => {
    expect(withShow(before, show)).toEqual(after);
    expect(ignores(after, show)).toBe(true);
    expect(names(before, show)).toBe(false);
    expect(names(after, show)).toBe(true);
  });

  it('by its title, when it has no id', () => {
    const after = withShow([], nameless);
    expect(after).toEqual([{ id: '', name: 'Home Video' }]);
    expect(ignores(after, nameless)).toBe(true);
    expect(names(after, nameless)).toBe(true);
  });

  it('and knows a show that a user has typed', () => {
    expect(names('night shift ', show)).toBe(true);
    expect(names('tvdb:99', show)).toBe(true);
    expect(names([{ id: '', name: 'Night Shift' }], show)).toBe(true);
    expect(names([{ id: 'tvdb:98', name: 'Night Shift' }], show)).toBe(false);
  });
});
