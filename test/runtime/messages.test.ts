import { describe, expect, it } from 'vitest';
import { readLookup, readPlan } from '../../src/runtime/messages/pipeline.js';
import { readPlays } from '../../src/runtime/messages/plays.js';
import { lookup, plan, play } from './builders.js';

describe('the message of sonarr lookup', () => {
  it('is a list of plays, possibly empty', () => {
    expect(readPlays([])).toEqual([]);
    expect(readPlays([play()])).toEqual([play()]);
  });

  it.each([
    [undefined, 'nothing'],
    ['hello', 'a string'],
    [{ series: [], run: {} }, 'an object with series, run'],
  ])('is nothing else: %j', (payload, came) => {
    expect(() => readPlays(payload)).toThrow(
      `sonarr lookup expects the message of a tautulli history node (msg.payload is a list of plays), got ${came}`,
    );
  });

  it('names the play and the property that cannot be read', () => {
    const broken = { ...play(), viewer: { name: 'Ann' } };
    expect(() => readPlays([play(), broken])).toThrow(
      /^Play 2 of msg\.payload is invalid: its property viewer\.id must be a string, but is missing\.$/,
    );
    expect(() => readPlays([{ ...play(), season: 1.5 }])).toThrow(/season must be a whole number, but is a number\.$/);
  });
});

describe('the message of next episodes', () => {
  it('is a look-up, passed on as it is', () => {
    const sent = { ...lookup(), mine: 1 };
    expect(readLookup(sent)).toBe(sent);
  });

  it('is nothing else', () => {
    expect(() => readLookup('hello')).toThrow(
      'next episodes expects the message of a sonarr lookup node (msg.payload.series …), got a string.',
    );
    expect(() => readLookup([play()])).toThrow(/got a list of 1\.$/);
    expect(() => readLookup({ ...lookup(), remembered: null })).toThrow(/msg\.payload\.remembered is invalid/);
  });
});

describe('the message of the nodes that act', () => {
  it('is a plan', () => {
    const sent = plan();
    expect(readPlan(sent, 'sonarr search')).toBe(sent);
  });

  it('is nothing else, and the node says who it is', () => {
    expect(() => readPlan(lookup(), 'sabnzbd priority')).toThrow(
      /^sabnzbd priority expects a plan, .*got an object with/,
    );
    expect(() => readPlan(null, 'tautulli notify')).toThrow(/^tautulli notify expects a plan, .*got null\.$/);
    expect(() => readPlan({ ...plan(), earlier: [{ episodeId: 5 }] }, 'tautulli notify')).toThrow(
      /msg\.payload\.earlier\.0\.series is invalid/,
    );
  });
});
