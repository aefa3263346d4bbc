import { beforeEach, describe, expect, it } from 'vitest';
import { changesAt, changeText, stopped } from '../../src/editor/up-next/changes.js';
import { fakeEditor } from './fake-editor.js';

const SOON = '2026-11-22T22:00:00Z';
const LATER = '2026-11-23T22:00:00Z';

describe('when an episode changes by itself', () => {
  beforeEach(() => fakeEditor());

  it('a download is there before anything else counts', () => {
    expect(changesAt({ readyAt: SOON, until: LATER })).toBe(SOON);
    expect(changesAt({ readyAt: null, until: LATER })).toBe(LATER);
    expect(changesAt({ readyAt: null, until: null })).toBeNull();
  });

  it.each([
    [{ code: 'downloading', readyAt: SOON }, 'There in 4 minutes.'],
    [{ code: 'cooling-down', readyAt: null }, 'Again in 4 minutes.'],
    [{ code: 'not-aired', readyAt: null }, 'Airs in 4 minutes.'],
    [{ code: 'waiting', readyAt: null }, 'Changes in 4 minutes.'],
  ] as const)('%j is told with its moment', (episode, told) => {
    expect(changeText(episode, 'in 4 minutes', false)).toBe(told);
  });

  it.each([
    [{ code: 'downloading', readyAt: SOON }, 'Should be there by now.'],
    [{ code: 'cooling-down', readyAt: null }, 'The next run looks again.'],
    [{ code: 'not-aired', readyAt: null }, 'The next run looks again.'],
  ] as const)('%j, once its moment has passed, is not told as past', (episode, told) => {
    expect(changeText(episode, '4 minutes ago', true)).toBe(told);
  });
});

it('a sentence of the runtime gets the full stop that it lacks', () => {
  expect(stopped('Left for a later run: at most 10 searches a run')).toMatch(/a run\.$/);
  expect(stopped('It has ended.')).toBe('It has ended.');
});
