import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Timeline } from '../sandbox/world/clock.js';
import type { WorldFile, WorldSeason } from '../sandbox/world/format.js';
import { Library } from '../sandbox/world/library.js';
import { loadWorld, parseWorld, WorldError } from '../sandbox/world/load.js';
import { inRanges } from '../sandbox/world/ranges.js';
import { parseSpan, parseWhen } from '../sandbox/world/when.js';

const WORLDS = join(__dirname, '..', 'sandbox', 'worlds');

const problemsOf = (world: unknown): readonly string[] => {
  try {
    parseWorld(world, 'mine.json');
    return [];
  } catch (error) {
    if (error instanceof WorldError) return error.problems;
    throw error;
  }
};

describe('a world file', () => {
  it.each(readdirSync(WORLDS))('%s can be used', async (file) => {
    await expect(loadWorld(join(WORLDS, file))).resolves.toHaveProperty('series');
  });

  it('is shown in the documentation as one that can be used', async () => {
    const page = await readFile(join(__dirname, '..', '..', 'docs', 'sandbox.md'), 'utf8');
    const example = /```json\n(.*?)```/s.exec(page)?.[1] ?? '';
    expect(parseWorld(JSON.parse(example), 'docs/sandbox.md').series).toHaveLength(2);
  });

  it('that is wrong is refused with the file, the place in it and what is wrong', () => {
    const world = {
      series: [{ title: 'A', seasons: [{ number: 1, episodes: 3, firstAired: 'yesterday', files: '1-x' }] }],
      households: [{ viewers: [{ name: 'Ann', plays: [] }] }],
      sonar: {},
    };
    expect(problemsOf(world)).toEqual([
      'series[0].seasons[0].firstAired: is no moment: write 0, -2h, +10m, -1d2h30m or 2026-01-31T20:00:00Z',
      'series[0].seasons[0].files: is no list of numbers: write 1-3,5 or all or none',
      'the whole file: Unrecognized key: "sonar"',
    ]);
    expect(() => parseWorld(world, 'mine.json')).toThrow(/^mine\.json is no usable world:\n/);
  });

  it('that names what it does not have is refused', () => {
    const series = [{ title: 'A', seasons: [{ number: 1, episodes: 3 }] }];
    const plays = [{ series: 'B', season: 1, episode: 1, at: '-1h' }];
    const downloads = [{ series: 'A', season: 2, episodes: '1' }, {}];
    expect(
      problemsOf({ series: [...series, ...series], households: [{ viewers: [{ name: 'Ann', plays }] }], downloads }),
    ).toEqual([
      'series: two are called "A"; give one of them a "key"',
      'households[0].viewers[0] (Ann).plays[0]: no series is called "B"',
      'downloads[0]: "A" has no season 2',
      'downloads[1]: a job of somebody else needs a name',
    ]);
  });

  it('that is not JSON says so', async () => {
    await expect(loadWorld(__filename)).rejects.toThrow(/is not JSON/);
  });

  it.each([
    ['0', 1000],
    ['-2h', 1000 - 7_200_000],
    ['+10m', 601_000],
    ['-1d2h30m', 1000 - 95_400_000],
    ['1970-01-01T00:00:05Z', 5000],
    ['soon', null],
    ['2h', null],
  ])('takes %s as a moment', (text, expected) => {
    expect(parseWhen(text, 1000)).toBe(expected);
  });

  it('takes spans and ranges', () => {
    expect(parseSpan('1d2h')).toBe(93_600_000);
    expect(parseSpan('a week')).toBeNull();
    expect(inRanges('1-3,5', [1, 2, 5, 6])).toEqual([1, 2, 5]);
    expect(inRanges('all', [4, 2])).toEqual([4, 2]);
    expect(inRanges('none', [1])).toEqual([]);
  });

  it('gives ids in its order, whatever happens to be asked first', () => {
    const seasons = [{ number: 1, episodes: 2, shared: ['1-2'] }];
    const library = new Library(
      parseWorld({
        series: [
          { title: 'A', seasons },
          { title: 'B', seasons },
        ],
        households: [],
      }),
      0,
    );
    const ids = library.series.map((s) => library.episodes(s).map((e) => [e.id, e.fileId]));
    expect(ids).toEqual([
      [
        [1, 1],
        [2, 1],
      ],
      [
        [3, 3],
        [4, 3],
      ],
    ]);
  });
});

/** Ids and files of a world's first series. */
const firstSeries = (...seasons: WorldSeason[]) => {
  const library = new Library(parseWorld({ series: [{ title: 'A', seasons }], households: [] }), 0);
  return library.series.flatMap((s) => library.episodes(s)).map(({ number, fileId }) => [number, fileId]);
};

describe('a season', () => {
  it('shares files among all of its episodes', () => {
    expect(firstSeries({ number: 1, episodes: 3, shared: ['all'] })).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
  });

  it('shares files where numbers are left out', () => {
    const episodes = [{ number: 1, file: true }, { number: 3 }, { number: 7 }];
    expect(firstSeries({ number: 1, episodes, shared: ['3-7'] })).toEqual([
      [1, 1],
      [3, 2],
      [7, 2],
    ]);
  });

  it('of a daily series airs one episode a day up to now, unless it says otherwise', () => {
    const world: WorldFile = {
      series: [{ title: 'A', type: 'daily', seasons: [{ number: 1, episodes: 3 }] }],
      households: [],
    };
    const start = Date.parse('2026-11-22T00:00:00Z');
    const library = new Library(world, start);
    const days = library.series.flatMap((s) => library.episodes(s)).map(({ airDate }) => airDate);
    expect(days).toEqual(['2026-11-19', '2026-11-20', '2026-11-21']);
  });
});

describe('the time line', () => {
  it('runs what is due in its order, each at its own time, when time jumps', () => {
    const line = new Timeline(0);
    const seen: [string, number][] = [];
    line.at(500_000, () => seen.push(['late', line.now()]));
    line.at(100_000, () => {
      seen.push(['early', line.now()]);
      line.at(200_000, () => seen.push(['from early', line.now()]));
    });
    line.advance(600_000);
    line.close();
    expect(seen).toEqual([
      ['early', 100_000],
      ['from early', 200_000],
      ['late', 500_000],
    ]);
  });

  it('runs faster than real time when asked to', async () => {
    const line = new Timeline(0, 1000);
    const began = performance.now();
    await line.sleep(20_000);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(line.now()).toBeGreaterThanOrEqual(20_000);
    line.close();
  });
});
