import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR, MINUTE, toInstant } from '../../../src/core/time.js';
import { failure } from '../failing.js';
import { episode, NOW, play, series, want } from './rows.js';
import { Household } from './household.js';

let home: Household;

beforeEach(() => {
  home = new Household();
});

describe('remembered matches', () => {
  const withoutMetadata = (id: number) => {
    const { show } = play(id, 1);
    return {
      ...show,
      title: 'Another title',
      year: null,
      ids: { tvdb: null, tmdb: null, imdb: null },
      metadata: false,
    };
  };

  test('B18, case 41: by id they find a show that Plex no longer tells about', async () => {
    home.has(1, 3);
    await home.look([play(1, 1)]);
    const { series: found } = await home.look([play(1, 2, { show: withoutMetadata(1) })]);
    expect(found.map(({ series: { id } }) => id)).toEqual([1]);
  });

  test('case 41: a match by title is not remembered', async () => {
    home.has(1, 3);
    const { show } = play(1, 1);
    await home.look([play(1, 1, { show: { ...show, ids: { tvdb: null, tmdb: null, imdb: null } } })]);
    expect(home.state.matches.size).toBe(0);
    await home.look([play(1, 1)]);
    expect(home.state.matches.all()).toEqual([
      { showKey: 'k1', seriesId: 1, tvdbId: 1001, at: toInstant(home.clock.now) },
    ]);
  });

  test('are dropped when the renewed index has that series under another id, or not at all', async () => {
    home.has(1, 3);
    home.has(2, 3);
    await home.look([play(1, 1), play(2, 1)]);
    home.sonarr.library.set(1, series(1, { tvdbId: 5555 }));
    home.sonarr.library.delete(2);
    home.clock.pass(7 * HOUR);
    await home.look([play(1, 1, { show: withoutMetadata(1) })]);
    expect(home.state.matches.size).toBe(0);
  });

  test('are not written again in every run', async () => {
    home.has(1, 3);
    await home.look([play(1, 1)]);
    const { writes } = home.store;
    home.clock.pass(MINUTE);
    await home.look([play(1, 1)]);
    expect(home.store.writes).toBe(writes);
  });
});

describe('what is remembered', () => {
  test('wants of episodes and series that Sonarr no longer has are dropped', async () => {
    home.has(1, 3);
    await home.state.wants.put(want(1, 2), want(1, 50), want(8, 1));
    expect((await home.look([])).remembered.wants).toEqual([want(1, 2)]);
    expect(home.state.wants.size).toBe(1);
  });

  test('a library without any series proves nothing: no want is dropped for that', async () => {
    home.has(1, 3);
    await home.state.wants.put(want(1, 2));
    const library = new Map(home.sonarr.library);
    home.sonarr.library.clear();
    expect((await home.look([])).remembered.wants).toEqual([want(1, 2)]);
    for (const [id, one] of library) home.sonarr.library.set(id, one);
    home.clock.pass(7 * HOUR);
    expect((await home.look([])).series.map(({ series: { id } }) => id)).toEqual([1]);
  });

  test('a want survives a list that is empty or cannot be read', async () => {
    home.has(1, 3);
    await home.state.wants.put(want(1, 2));
    home.sonarr.failures.set('list 1', failure('sonarr', 'timeout'));
    await home.look([]);
    home.sonarr.failures.clear();
    home.sonarr.episodes.clear();
    await home.look([]);
    expect(home.state.wants.size).toBe(1);
  });

  test('a cool-down ends at import', async () => {
    home.has(1, 3);
    const attempt = { at: toInstant(NOW - HOUR), outcome: 'nothing', failures: 0 } as const;
    await home.state.attempts.put({ ...attempt, episodeId: 102 }, { ...attempt, episodeId: 103 });
    home.sonarr.episodes.set(102, episode(1, 2, { hasFile: true, fileId: 1 }));
    expect((await home.look([play(1, 1)])).remembered.attempts.map(({ episodeId }) => episodeId)).toEqual([103]);
  });

  test('a store that cannot keep things costs a warning and no look-up', async () => {
    home.has(1, 3);
    await home.state.load();
    home.store.failure = new Error('disk full');
    expect((await home.look([play(1, 1)])).series).toHaveLength(1);
    expect(home.log.of('warn').join()).toContain('disk full');
  });
});
