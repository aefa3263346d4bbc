import { describe, expect, it } from 'vitest';
import { checkUrl } from '../../src/editor/fields/check.js';
import { problemText } from '../../src/editor/fields/validators.js';
import { clientOf, savedPick } from '../../src/editor/server/download-client.js';
import { findingText } from '../../src/editor/server/findings.js';
import { formSpec } from '../../src/editor/server/form-spec.js';
import { sameServer } from '../../src/editor/server/same-url.js';
import { storeHint, storesFor } from '../../src/editor/server/stores.js';
import { fakeEditor } from './fake-editor.js';

describe('the connection of a form', () => {
  const fields: Record<string, string> = {
    ...{ name: ' Attic ', url: ' http://nas:8989 ', timeout: '30', tls: 't1', proxy: 'p1' },
    ...{ apiKey: 'typed', user: '', password: '__PWRD__', headers: '' },
  };
  const spec = (over: Record<string, string> = {}) =>
    formSpec({ id: 's1', type: 'plex-jit-sonarr' }, (name) => ({ ...fields, ...over })[name] ?? '');

  it('is what stands in the fields, a stored secret as the mark that Node-RED puts there', () => {
    expect(spec()).toEqual({
      ...{
        type: 'plex-jit-sonarr',
        id: 's1',
        name: 'Attic',
        url: 'http://nas:8989',
        timeout: '30',
        tls: 't1',
        proxy: 'p1',
      },
      ...{ apiKey: 'typed', user: '', password: '__PWRD__', headers: '' },
    });
  });

  it.each(['_ADD_', '_NONE_', ''])('has no TLS configuration and no proxy when the lists stand at %j', (id) => {
    expect(spec({ tls: id, proxy: id })).toMatchObject({ tls: '', proxy: '' });
  });

  it('keeps spaces in secrets, and has nothing of a field that the form lacks', () => {
    expect(spec({ password: ' a ' }).password).toBe(' a ');
    expect(formSpec({ id: '', type: 'plex-jit-sonarr' }, () => '').apiKey).toBe('');
  });
});

describe('another server node with the same URL', () => {
  const node = { id: 'a', type: 'plex-jit-sonarr', url: 'http://nas:8989/' };
  const other = (url: string, type = node.type) => ({ id: 'b', type, url });

  it.each(['http://nas:8989', 'HTTP://NAS:8989/', ' http://nas:8989 ', 'http://nas:8989//'])(
    'is found at %j',
    (url) => {
      expect(sameServer(node, [node, other(url)])?.id).toBe('b');
    },
  );

  it.each(['http://nas:8990', 'https://nas:8989', 'http://nas:8989/sonarr', ''])('is not found at %j', (url) => {
    expect(sameServer(node, [node, other(url)])).toBeNull();
  });

  it('is one of the same type only', () => {
    expect(sameServer(node, [other('http://nas:8989', 'plex-jit-sabnzbd')])).toBeNull();
  });

  it('is found by the same variable too, and not by two empty fields', () => {
    expect(sameServer({ ...node, url: '${URL}' }, [other('${URL}')])?.id).toBe('b');
    expect(sameServer({ ...node, url: '' }, [other('')])).toBeNull();
  });

  it('is found whether or not its base path ends in a slash', () => {
    expect(sameServer({ ...node, url: 'http://nas/sonarr/' }, [other('http://nas/sonarr')])?.id).toBe('b');
  });

  it('tells base paths apart by case, as servers do', () => {
    expect(sameServer({ ...node, url: 'http://nas/Sonarr' }, [other('http://nas/sonarr')])).toBeNull();
  });
});

describe('the context stores of a form', () => {
  const context = { default: 'memoryOnly', stores: ['memoryOnly', 'file'] };

  it('are those of the settings, and one that was chosen and is gone', () => {
    expect(storesFor(context, '')).toEqual(['memoryOnly', 'file']);
    expect(storesFor(context, 'disk')).toEqual(['memoryOnly', 'file', 'disk']);
    expect(storesFor(undefined, '')).toEqual([]);
  });

  it.each([
    ['', 'store.memory'],
    ['memoryOnly', 'store.memory'],
    ['file', null],
    ['disk', 'store.gone'],
  ])('at %j there is to be known: %s', (chosen, hint) => {
    expect(storeHint(context, chosen)).toBe(hint);
  });

  it('forget where Node-RED has no stores set', () => {
    expect(storeHint(undefined, '')).toBe('store.memory');
    expect(storeHint({ default: 'file', stores: ['file'] }, '')).toBeNull();
  });
});

it('a URL that cannot be used has the words of its field where it was tested', () => {
  fakeEditor('de');
  const finding = { level: 'error', code: 'bad-url', params: { fault: 'partVariable' }, text: 'English' } as const;
  const problem = checkUrl('http://${HOST}:80');
  expect(findingText(finding)).toBe('Eine Variable muss die ganze URL sein, nicht ein Teil davon.');
  expect(problem && problemText(problem)).toBe(findingText(finding));
  Reflect.deleteProperty(globalThis, 'RED');
});

describe('the picked download client', () => {
  it.each([
    ['picked', { id: '1', name: 'SABnzbd' }, [{ id: '1', name: 'SABnzbd' }]],
    [
      'picked when the form took its name for its id',
      { id: 'SABnzbd', name: 'SABnzbd' },
      [{ id: '', name: 'SABnzbd' }],
    ],
    ['typed', 'SABnzbd', [{ id: '', name: 'SABnzbd' }]],
    ['a variable', '${CLIENT}', [{ id: '', name: '${CLIENT}' }]],
    ['none', '', []],
  ])('is read and, unless it is changed, saved as it was: %s', (_how, saved, picks) => {
    expect(savedPick(saved)).toEqual(picks);
    expect(clientOf(saved, picks)).toBe(saved);
  });

  it('is saved as what is in the box when that was changed, or emptied', () => {
    expect(clientOf('old', [{ id: '1', name: 'SABnzbd' }])).toEqual({ id: '1', name: 'SABnzbd' });
    expect(clientOf({ id: '1', name: 'SABnzbd' }, [])).toBe('');
    expect(clientOf(undefined, [])).toBe('');
  });
});
