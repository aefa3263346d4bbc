import { describe, expect, it } from 'vitest';
import type { JitMessage } from '../../src/runtime/node-types.js';
import { asksForDryRun, formSettings, settingsFor } from '../../src/runtime/settings/read.js';
import { HISTORY, LOOKUP, NOTIFY, OVERRIDES, PLANNING, SEARCH } from '../../src/runtime/settings/tables.js';

const message = (plexJit: unknown): JitMessage => ({ _msgid: '1', payload: null, plexJit });
const planning = () => formSettings(PLANNING, {});

describe('settings of a form', () => {
  it('take their default where a field is missing or empty', () => {
    expect(formSettings(PLANNING, { episodesToCheck: '', checkOverflow: ' ' })).toEqual({
      episodesToCheck: 5,
      checkOverflow: 3,
      execFrequency: 60,
      skipSpecials: true,
      rules: [],
      sharedViewers: [],
      searchesPerRun: 10,
      searchesPerDay: 50,
      log: 'summary',
    });
  });

  it('read numbers and switches that are saved as text', () => {
    const read = formSettings(PLANNING, { episodesToCheck: '3', skipSpecials: 'false' });
    expect(read).toMatchObject({ episodesToCheck: 3, skipSpecials: false });
  });

  it('read names from lines or commas, and titles from lines only', () => {
    expect(formSettings(HISTORY, { viewersAllowed: 'ann, bob\n carl \n' }).viewersAllowed).toEqual([
      'ann',
      'bob',
      'carl',
    ]);
    expect(formSettings(LOOKUP, { ignoreShows: 'Love, Death & Robots\nLost' }).ignoreShows).toEqual([
      'Love, Death & Robots',
      'Lost',
    ]);
  });

  it('read names from a text in version 2 too: an environment variable holds a list', () => {
    const form = { configVersion: 2, viewersAllowed: 'ann, bob', viewersDenied: [{ id: '', name: 'carl\ndora' }] };
    expect(formSettings(HISTORY, form)).toMatchObject({
      viewersAllowed: ['ann', 'bob'],
      viewersDenied: ['carl', 'dora'],
    });
  });

  it('say which environment variable is not set', () => {
    expect(() => formSettings(PLANNING, { episodesToCheck: '${EPISODES}' })).toThrow(
      expect.objectContaining({ code: 'not-set-up', message: expect.stringContaining('EPISODES') as string }),
    );
  });

  it('refuse what is out of range, naming the setting', () => {
    expect(() => formSettings(SEARCH, { keepFree: '-1' })).toThrow(
      'The setting "Keep free on disk (GB)" (keepFree) must be a number from 0 to 100000, but is -1.',
    );
  });

  it('name the rule that cannot be used, by its place in the form', () => {
    const rule = { for: 'viewer', id: '', name: 'Ann', episodesToCheck: 2 };
    const read = (of: object) => () => formSettings(PLANNING, { rules: [rule, { ...rule, ...of }] });
    expect(read({ episodesToCheck: 51 })).toThrow(
      'The setting rules: rule 2 needs a whole number from 0 to 50 as episodes, in [{',
    );
    expect(read({ name: '' })).toThrow('The setting rules: rule 2 has no name, in [{');
    expect(read({ for: 'cat' })).toThrow('The setting rules must be a list of {');
    expect(read({ episodesToCheck: '3' })().rules[1]?.episodesToCheck).toBe(3);
  });

  it('take no notifier for an empty field, and refuse one that is no number', () => {
    expect(formSettings(NOTIFY, { notifier: '' }).notifier).toBeNull();
    expect(formSettings(NOTIFY, { notifier: '4' }).notifier).toBe(4);
    expect(() => formSettings(NOTIFY, { notifier: 'mail' })).toThrow(/notifier must be/);
  });
});

describe('settings of a message', () => {
  it('override those of the form', () => {
    expect(settingsFor(planning(), message({ episodesToCheck: 2, keepFree: 7 }))).toEqual({
      ...planning(),
      episodesToCheck: 2,
    });
  });

  it('are optional', () => {
    expect(settingsFor(planning(), message(undefined))).toEqual(planning());
  });

  it.each([
    [{ episodesToCheck: 'five' }, 'msg.plexJit.episodesToCheck must be a whole number from 1 to 50, but is "five".'],
    [{ episodesToCheck: 2.5 }, 'msg.plexJit.episodesToCheck must be a whole number from 1 to 50, but is 2.5.'],
    [{ episodesToCheck: 0 }, 'msg.plexJit.episodesToCheck must be a whole number from 1 to 50, but is 0.'],
    [{ episodesToCheck: '5' }, 'msg.plexJit.episodesToCheck must be a whole number from 1 to 50, but is "5".'],
    [{ skipSpecials: 'no' }, 'msg.plexJit.skipSpecials must be true or false, but is "no".'],
    [{ choose: 'best' }, 'msg.plexJit.choose must be one of "pick", "sonarr", but is "best".'],
    [{ viewersAllowed: 'ann' }, 'msg.plexJit.viewersAllowed must be a list of names or of { id, name }, but is "ann".'],
    [{ tell: ['all'] }, 'msg.plexJit.tell must be a list of "grabbed", "problems", "unmatched", but is ["all"].'],
  ])('of a wrong type or range are refused by name: %j', (plexJit, sentence) => {
    expect(() => settingsFor(planning(), message(plexJit))).toThrow(
      expect.objectContaining({ code: 'wrong-setting', message: sentence }),
    );
  });

  it('are refused when misspelt: a dry run must not become a real one', () => {
    expect(() => asksForDryRun(message({ dryrun: true }))).toThrow(
      'msg.plexJit.dryrun is not a setting; did you mean msg.plexJit.dryRun?',
    );
    expect(() => settingsFor(planning(), message({ episodes_to_check: 3 }))).toThrow(
      /did you mean msg\.plexJit\.episodesToCheck/,
    );
  });

  it('are refused when they have the name of something that every object has', () => {
    expect(() => settingsFor(planning(), message({ constructor: 1 }))).toThrow(
      'msg.plexJit.constructor is not a setting',
    );
  });

  it('are refused when they are no object', () => {
    expect(() => settingsFor(planning(), message('dryRun'))).toThrow(expect.objectContaining({ code: 'wrong-input' }));
  });

  it('have a default within their own range', () => {
    for (const [name, field] of Object.entries(OVERRIDES)) {
      expect(field.schema.safeParse(field.fallback).success, name).toBe(true);
    }
  });
});
