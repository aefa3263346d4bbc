import { describe, expect, it } from 'vitest';
import { isAnyUnknown, ownNames } from '../../../src/core/downloads/index.js';

const CLIENTS = [
  { id: 1, name: 'SABnzbd' },
  { id: 3, name: 'NAS' },
];

describe('the names of the chosen download client', () => {
  it.each([
    ['none is chosen', '', []],
    ['it was typed', 'nas', ['NAS', 'nas']],
    ['it was typed as it is', 'NAS', ['NAS']],
    ['it was picked', { id: '3', name: 'NAS' }, ['NAS']],
    ['it was renamed', { id: '3', name: 'Old' }, ['NAS', 'Old']],
    ['it was renamed, and another has its name now', { id: '3', name: 'SABnzbd' }, ['NAS']],
    ['another has its name now, written otherwise', { id: '3', name: ' sabNZBD' }, ['NAS']],
    ['it was made anew', { id: '7', name: 'NAS' }, ['NAS']],
    ['it was picked by its name, as the form once did', { id: 'NAS', name: 'NAS' }, ['NAS']],
    ['Sonarr has it no more', { id: '7', name: 'Gone' }, ['Gone']],
    ['it was typed and is a number', '3', ['3']],
  ])('when %s', (_when, choice, names) => {
    expect(ownNames(choice, CLIENTS)).toEqual(names);
  });

  it('are the picked one while the clients are not known', () => {
    expect(ownNames({ id: '3', name: 'Old' }, null)).toEqual(['Old']);
    expect(ownNames('', null)).toEqual([]);
  });
});

describe('a job of a client that nobody knows', () => {
  it.each([
    ['ours, another known one, or none that Sonarr names', 'NAS', ['nas', 'SABnzbd', null], false],
    ['our former name', { id: '3', name: 'Old' }, ['Old'], false],
    ['a new name', 'NAS', ['NAS', 'Attic'], true],
    ['a new name, while none is chosen', '', ['Attic'], false],
  ])('%s', (_what, choice, names, isUnknown) => {
    const jobs = names.map((client) => ({ client }));
    expect(isAnyUnknown(jobs, choice, CLIENTS)).toBe(isUnknown);
  });

  it('is every other one while the clients are not known', () => {
    expect(isAnyUnknown([{ client: 'NAS' }], 'NAS', null)).toBe(false);
    expect(isAnyUnknown([{ client: 'SABnzbd' }], 'NAS', null)).toBe(true);
  });
});
