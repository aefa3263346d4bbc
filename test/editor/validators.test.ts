import { afterEach, describe, expect, it } from 'vitest';
import { RANGES, rangeWords } from '../../src/core/forms/index.js';
import { hintText } from '../../src/editor/fields/hint.js';
import { number, optionalUrl, picks, url } from '../../src/editor/fields/validators.js';
import { fakeEditor, formNode } from './fake-editor.js';

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'RED');
});

describe('a validator', () => {
  const cacheTime = number('cacheTime');
  const address = url();
  const defaults = { url: { value: '', validate: address }, cacheTime: { value: '6', validate: cacheTime } };

  it('has the two parameters by which Node-RED knows that it gives reasons', () => {
    expect([number('timeout'), url(), picks()].map((validate) => validate.length)).toEqual([2, 2, 2]);
  });

  it('says yes or no where nobody asks for the reason', () => {
    const node = formNode('sonarr', defaults);
    expect(cacheTime.call(node, '168')).toBe(true);
    expect(cacheTime.call(node, '169')).toBe(false);
  });

  it("names the field by its label, and says what it must be in the runtime's words", () => {
    fakeEditor();
    const reason = cacheTime.call(formNode('sonarr', defaults), '169', {});
    expect(reason).toBe('Refresh the series list after (h): Must be a number from 0 to 168.');
    expect(reason).toContain(rangeWords(RANGES.cacheTime));
  });

  it('of an address that may be missing takes none, and holds another to the rules of a URL', () => {
    fakeEditor();
    const check = optionalUrl();
    const node = formNode('sonarr', { linkUrl: { value: '', validate: check } });
    for (const good of ['', ' ', undefined, '${SONARR_LINKS}', 'https://home.example/sonarr'])
      expect(check.call(node, good, {})).toBe(true);
    expect(check.call(node, 'sonarr:8989', {})).toBe('Address for links: The URL must begin with http:// or https://.');
    expect(check.call(node, 'https://ann:pw@home.example', {})).toMatch(
      /^Address for links: User name and password belong/,
    );
  });

  it("speaks the editor's language", () => {
    fakeEditor('de');
    const node = formNode('sonarr', defaults, 'de');
    expect(address.call(node, '', {})).toBe('URL: Die URL fehlt.');
  });

  it('names the field by its setting where it has no label, and says the key where the catalogue is not loaded', () => {
    Object.assign(globalThis, { RED: { _: (key: string) => key } });
    const node = { ...formNode('sonarr', defaults), _: (key: string) => key };
    expect(cacheTime.call(node, 'x', {})).toBe('cacheTime: problem.number');
  });
});

describe('the hint beside a number', () => {
  it('tells range, unit, what empty means and what 0 does', () => {
    fakeEditor();
    expect(hintText(formNode('sonarr', {}), 'cacheTime', RANGES.cacheTime)).toBe(
      '0–168 hours · empty = 6 · 0 = read in every run',
    );
  });

  it('leaves out 0 where it is outside the range', () => {
    fakeEditor('de');
    expect(hintText(formNode('sonarr', {}, 'de'), 'timeout', RANGES.timeout)).toBe('1–600 Sekunden · leer = 30');
  });
});
