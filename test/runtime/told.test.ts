import { describe, expect, it } from 'vitest';
import { readLookup } from '../../src/runtime/messages/pipeline.js';
import { toldBy } from '../../src/runtime/messages/told.js';
import { settingsFor } from '../../src/runtime/settings/read.js';
import { lookup } from './builders.js';

const ALL = { allowed: [], denied: [] };
const filters = { viewers: { allowed: ['Ann'], denied: [] }, libraries: ALL };
const NOTHING = { filtered: { viewers: 0, libraries: 0, progress: 0 }, notes: [], errors: [] };
const msg = (plexJit?: object) => ({ _msgid: '1', plexJit });

describe('what a source tells besides the plays', () => {
  it('is optional', () => {
    expect(toldBy(msg())).toEqual(NOTHING);
    expect(toldBy(msg({ dryRun: true }))).not.toHaveProperty('filters');
  });

  it('counts, notes and errors are left out when they cannot be read', () => {
    expect(toldBy(msg({ filtered: 5, notes: 'a note', errors: [{}] }))).toEqual(NOTHING);
  });

  it('its filters are passed on, and are no setting', () => {
    expect(toldBy(msg({ filters })).filters).toEqual(filters);
    expect(() => settingsFor({}, msg({ filters }))).not.toThrow();
  });

  it.each([
    [{ viewers: ['Ann'], libraries: ALL }, 'viewers'],
    [{ viewers: ALL }, 'libraries'],
    [{ viewers: ALL, libraries: { allowed: [], denied: [7] } }, 'libraries.denied.0'],
    [null, ''],
  ])('filters that cannot be read are refused, as leaving them out would plan for more people: %j', (wrong, where) => {
    const at = where === '' ? '' : `.${where}`;
    expect(() => toldBy(msg({ filters: wrong }))).toThrow(`msg.plexJit.filters${at} is invalid`);
  });
});

describe('the filters and wants of a look-up', () => {
  const want = {
    seriesId: 1,
    episodeId: 5,
    viewer: { id: '7', name: 'Ann' },
    playedAt: '2026-11-22T17:00:00.000Z',
    openedAt: '2026-11-22T17:00:00.000Z',
  };
  const remembering = (one: object) => ({ attempts: [], wants: [{ ...want, ...one }], searchesToday: 0 });

  it('are read', () => {
    const sent = { ...lookup({ filters }), remembered: remembering({ library: { id: null, name: 'TV' } }) };
    expect(readLookup(sent)).toBe(sent);
    expect(() => readLookup({ ...lookup(), remembered: remembering({}) })).not.toThrow();
  });

  it('are refused when they cannot be read', () => {
    expect(() => readLookup({ ...lookup(), filters: { viewers: ALL } })).toThrow(
      /msg\.payload\.filters\.libraries is invalid/,
    );
    expect(() => readLookup({ ...lookup(), remembered: remembering({ library: 'TV' }) })).toThrow(
      /msg\.payload\.remembered\.wants\.0\.library is invalid/,
    );
  });
});
