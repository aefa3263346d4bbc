import { describe, expect, it } from 'vitest';
import { isChosen, isChosenTag, nameOf } from '../../src/core/picks.js';
import { lookAheadFor } from '../../src/core/planning/look-ahead.js';
import { isAllowed } from '../../src/core/plays/index.js';
import { ignoreList } from '../../src/core/matching/index.js';

const anna = { id: '3', name: 'Anna' };

describe('something that was picked', () => {
  it('is known by its id alone: a renamed one is still meant, one that took its name is not', () => {
    expect(isChosen(anna, { id: '3', name: 'Ann' })).toBe(true);
    expect(isChosen({ id: '9', name: 'Ann' }, { id: '3', name: 'Ann' })).toBe(false);
    expect(isChosen({ id: null, name: 'Ann' }, { id: '3', name: 'Ann' })).toBe(false);
  });

  it('is called by its name, else by its id', () => {
    expect(nameOf({ id: '3', name: 'Ann' })).toBe('Ann');
    expect(nameOf({ id: '3', name: ' ' })).toBe('3');
  });
});

describe('something that was typed', () => {
  it.each(['anna', ' ANNA ', '3'])('is a name or an id, in any case: %j', (text) => {
    expect(isChosen(anna, text)).toBe(true);
    expect(isChosen(anna, { id: '', name: text })).toBe(true);
  });

  it('is a label for a tag, never its id: a label may look like a number', () => {
    expect(isChosenTag({ id: 4, label: 'Kids' }, 'kids')).toBe(true);
    expect(isChosenTag({ id: 4, label: 'Kids' }, '4')).toBe(false);
    expect(isChosenTag({ id: 4, label: 'Kids' }, { id: '4', name: 'children' })).toBe(true);
    expect(isChosenTag({ id: 5, label: 'children' }, { id: '4', name: 'children' })).toBe(false);
  });
});

it('a renamed viewer passes the allow-list, and is kept out by the deny-list', () => {
  const picked = [{ id: '3', name: 'Ann' }];
  expect(isAllowed(anna, { allowed: picked, denied: [] })).toBe(true);
  expect(isAllowed({ id: '4', name: 'Ann' }, { allowed: picked, denied: [] })).toBe(false);
  expect(isAllowed(anna, { allowed: [], denied: picked })).toBe(false);
});

describe('a picked show to ignore', () => {
  const show = { title: 'Harbour Lights', year: 2024, ids: { tvdb: 4711 } };

  it('is known by its id alone', () => {
    expect(ignoreList([{ id: 'tvdb:4711', name: 'Old Title' }])(show)).not.toBeNull();
    expect(ignoreList([{ id: 'tvdb:4712', name: 'Harbour Lights' }])(show)).toBeNull();
    expect(ignoreList([{ id: 'elsewhere:1', name: 'Harbour Lights' }])(show)).toBeNull();
  });

  it("can have Sonarr's id, picked or typed", () => {
    expect(ignoreList([{ id: 'sonarr:12', name: 'Harbour Lights' }])({ ...show, sonarrId: 12 })).not.toBeNull();
    expect(ignoreList([' Sonarr: 12'])({ ...show, sonarrId: 12 })).not.toBeNull();
    expect(ignoreList(['sonarr:12'])(show)).toBeNull();
  });
});

describe('a rule', () => {
  const settings = {
    ...{ episodesToCheck: 5, checkOverflow: 3, execFrequency: 60, skipSpecials: true },
    ...{ sharedViewers: [], searchesPerRun: 10, searchesPerDay: 50 },
  };
  const subject = { viewer: anna, library: { id: '2', name: 'Series' }, tags: ['kids'], tagIds: [4] };
  const looking = (rule: object) =>
    lookAheadFor(subject, { ...settings, rules: [{ for: 'viewer', name: '', episodesToCheck: 1, ...rule }] }).episodes;

  it.each([
    [{ for: 'viewer', id: '3', name: 'Ann' }, 1],
    [{ for: 'viewer', id: '4', name: 'Anna' }, 5],
    [{ for: 'viewer', id: '', name: 'anna' }, 1],
    [{ for: 'viewer', name: '3' }, 1],
    [{ for: 'library', id: '2', name: 'TV' }, 1],
    [{ for: 'library', id: '3', name: 'Series' }, 5],
    [{ for: 'tag', id: '4', name: 'children' }, 1],
    [{ for: 'tag', id: '5', name: 'kids' }, 5],
    [{ for: 'tag', name: '4' }, 5],
    [{ for: 'tag', name: 'Kids' }, 1],
  ])('with an id counts by it, else by its name: %j', (rule, episodes) => {
    expect(looking(rule)).toBe(episodes);
  });
});
