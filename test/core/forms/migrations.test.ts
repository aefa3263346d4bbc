import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORM_VERSION, migrated, type Saved, typedNames } from '../../../src/core/forms/index.js';
import { formSettings } from '../../../src/runtime/settings/read.js';
import { HISTORY, LOOKUP, NOTIFY_FORM, PLANNING } from '../../../src/runtime/settings/tables.js';

const read = (path: string) => JSON.parse(readFileSync(join(__dirname, '..', '..', '..', path), 'utf8')) as Saved[];

const ann = { id: '', name: 'Ann' };

describe('what version 1 of the forms saved', () => {
  it('becomes lists of picks, the texts split as they were', () => {
    const saved = {
      viewersAllowed: 'Ann, Ben\n Cleo \n',
      ignoreShows: 'Love, Death & Robots\ntvdb:123',
      excludeTags: '',
    };
    expect(migrated(saved)).toEqual({
      viewersAllowed: [ann, { id: '', name: 'Ben' }, { id: '', name: 'Cleo' }],
      ignoreShows: [
        { id: '', name: 'Love, Death & Robots' },
        { id: '', name: 'tvdb:123' },
      ],
      excludeTags: [],
      configVersion: FORM_VERSION,
    });
  });

  it('keeps rules as they are, with room for an id, and a notifier by its number', () => {
    const rule = { for: 'viewer', name: 'Ann', episodesToCheck: 2 };
    expect(migrated({ rules: [rule], notifier: '3' })).toEqual({
      rules: [{ ...rule, id: '' }],
      notifier: '3',
      notifierName: '',
      configVersion: FORM_VERSION,
    });
  });

  it('keeps what is not known here', () => {
    expect(migrated({ id: 'a', type: 'plex-jit-sonarr-lookup', mine: { x: 1 } })).toMatchObject({ mine: { x: 1 } });
  });

  it('is what the settings are read from, as before', () => {
    const history = { viewersAllowed: 'Ann, 7', viewersDenied: '', librariesAllowed: 'TV', librariesDenied: '' };
    expect(formSettings(HISTORY, history)).toMatchObject({ viewersAllowed: ['Ann', '7'], librariesAllowed: ['TV'] });
    const rules = [{ for: 'tag', name: 'kids', episodesToCheck: 0 }];
    expect(formSettings(PLANNING, { rules, sharedViewers: 'Ann' })).toMatchObject({ sharedViewers: ['Ann'] });
    expect(formSettings(PLANNING, { rules }).rules[0]).toMatchObject(rules[0] ?? {});
    expect(formSettings(NOTIFY_FORM, { notifier: '3' })).toMatchObject({ notifier: 3, notifierName: '' });
  });
});

describe('what this version saves', () => {
  it('is left as it is, also what a version to come saved', () => {
    const saved = { viewersAllowed: [ann], configVersion: 2 };
    expect(migrated(saved)).toBe(saved);
    const coming = { viewersAllowed: 'Ann', configVersion: 3 };
    expect(migrated(coming)).toBe(coming);
  });

  it('is the same after a second migration', () => {
    const once = migrated({ viewersAllowed: 'Ann', rules: [{ for: 'tag', name: 'x', episodesToCheck: 1 }] });
    expect(migrated(once)).toEqual(once);
  });

  it('holds typed names that an environment variable fills with several', () => {
    const picks = [
      { id: '', name: 'Ann, Ben' },
      { id: '7', name: 'Cleo, the third' },
    ];
    expect(formSettings(HISTORY, { viewersAllowed: picks, configVersion: 2 }).viewersAllowed).toEqual([
      ...['Ann', 'Ben'],
      { id: '7', name: 'Cleo, the third' },
    ]);
    expect(formSettings(LOOKUP, { ignoreShows: [{ id: '', name: 'Love, Death & Robots' }] }).ignoreShows).toEqual([
      'Love, Death & Robots',
    ]);
    expect(typedNames('viewersAllowed', ' , ')).toEqual([]);
  });

  it('says which environment variable in a list is not set', () => {
    const picks = [ann, { id: '', name: '${GUESTS}' }];
    expect(() => formSettings(HISTORY, { viewersDenied: picks, configVersion: 2 })).toThrow(
      'the environment variable GUESTS (setting viewersDenied) is not set',
    );
  });
});

/** The example flow as the version that knew no picks came with it. */
const before = new Map(read('test/fixtures/flows/version-1.json').map((node) => [node.id, node]));
const now = read('examples/01 - Plex Just-In-Time.json').filter(({ type }) => String(type).startsWith('plex-jit-'));
const TABLES = { history: HISTORY, lookup: LOOKUP, next: PLANNING, notify: NOTIFY_FORM };

describe('the example flow of version 1', () => {
  it.each(Object.entries(TABLES))('means in jit-%s what the example of today means', (name, table) => {
    const saved = before.get(`jit-${name}`);
    const today = now.find(({ id }) => id === `jit-${name}`);
    expect(saved?.configVersion).toBeUndefined();
    expect(today?.configVersion).toBe(FORM_VERSION);
    expect(formSettings(table, saved ?? {})).toEqual(formSettings(table, today ?? {}));
  });
});
