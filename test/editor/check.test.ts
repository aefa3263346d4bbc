import { describe, expect, it } from 'vitest';
import { isVariable } from '../../src/core/forms/index.js';
import { checkNumber, checkPicks, checkUrl } from '../../src/editor/fields/check.js';

const range = { from: 1, to: 50, whole: true };

describe('a number in a form', () => {
  it.each(['1', '50', ' 7 ', '007', '', '  ', undefined, null, 5, '${EPISODES}', '$(EPISODES)'])(
    'may be %j',
    (value) => {
      expect(checkNumber(value, range)).toBeNull();
    },
  );

  it.each(['0', '51', '-1', 'seven', '7 episodes', '${A}${B}', '1,5', '1e1', '0x10', 'Infinity', NaN, [], {}])(
    'may not be %j',
    (value) => {
      expect(checkNumber(value, range)).toEqual({ key: 'problem.whole', params: { from: 1, to: 50 } });
    },
  );

  it('may have a fraction where none is forbidden', () => {
    expect(checkNumber('1.5', range)?.key).toBe('problem.whole');
    expect(checkNumber('1.5', { ...range, whole: false })).toBeNull();
    expect(checkNumber('0.5', { ...range, whole: false })?.key).toBe('problem.number');
  });
});

describe('a URL in a form', () => {
  it.each([
    'http://nas:8989',
    'https://home.example/sonarr/',
    ' http://[::1]:8080 ',
    'http://localhost',
    'http://nas:8989/my sonarr',
    '${SONARR_URL}',
  ])('may be %j', (value) => {
    expect(checkUrl(value)).toBeNull();
  });

  it.each([
    ['', 'noUrl'],
    [undefined, 'noUrl'],
    ['nas:8989', 'scheme'],
    ['ftp://nas', 'scheme'],
    ['http://', 'url'],
    ['http://nas:99999', 'url'],
    ['http://ann:secret@nas', 'userInUrl'],
    ['http://nas:8989?apikey=1', 'query'],
    ['http://nas:8989/#/series', 'query'],
    ['http://${HOST}:8989', 'partVariable'],
    ['http://nas:8989/${BASE}', 'partVariable'],
    ['http://127.0.0.1 :8989', 'space'],
    ['http://my nas', 'space'],
    ['http://nas%20:8989/sonarr', 'space'],
    ['http://nas:89 89', 'space'],
  ])('%j is refused as %s', (value, problem) => {
    expect(checkUrl(value)?.key).toBe(`problem.${problem}`);
  });
});

describe('picks in a form', () => {
  it.each([
    [[]],
    [[{ id: '3', name: 'Ann' }]],
    [[{ id: '', name: 'Ann' }, 'Ben']],
    [{ id: '3', name: '' }],
    ['Ann, Ben'],
    [''],
    [undefined],
  ])('may be %j', (value) => {
    expect(checkPicks(value)).toBeNull();
  });

  it.each([[[{ id: '', name: ' ' }]], [[3]], [{ name: 'Ann' }], [7], [[null]]])('may not be %j', (value) => {
    expect(checkPicks(value)?.key).toBe('problem.picks');
  });
});

it.each(['${A}', ' ${A_1} ', '$(A)'])('%j is left to the environment', (value) => {
  expect(isVariable(value)).toBe(true);
});

it.each(['${}', 'x${A}', '${A}x', '$A', '', 3])('%j is not', (value) => {
  expect(isVariable(value)).toBe(false);
});
