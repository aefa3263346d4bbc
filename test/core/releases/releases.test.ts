import { describe, expect, it } from 'vitest';
import type { Release } from '../../../src/core/contracts/index.js';
import { choosePack, explainRejections, releasesFor } from '../../../src/core/releases/index.js';
import recording from '../../fixtures/recordings/sonarr/release_season.json';

let lastId = 0;
const release = (episodeIds: number[], facts: Partial<Release> = {}): Release => ({
  guid: `guid-${++lastId}`,
  indexerId: 1,
  indexer: 'Lab',
  title: 'Some.Release',
  size: 1000,
  protocol: 'usenet',
  approved: (facts.rejections ?? []).length === 0,
  temporarilyRejected: false,
  rejections: [],
  downloadAllowed: true,
  fullSeason: false,
  mappedSeriesId: 1,
  mappedSeason: 1,
  episodeIds,
  ...facts,
});
const ANY = { protocol: 'any' } as const;
const USENET = { protocol: 'usenet' } as const;

describe('releases of an episode', () => {
  it('are the approved ones that hold it, in the order of Sonarr', () => {
    const [first, both, other] = [release([2]), release([2, 3]), release([3])];
    expect(releasesFor(2, [first, both, other], ANY).approved).toEqual([first, both]);
    expect(releasesFor(3, [first, both, other], ANY).approved).toEqual([both, other]);
  });

  it('B26: temporarily rejected ones, and those that Sonarr cannot place, are not taken', () => {
    const rows = [
      release([2], { approved: true, temporarilyRejected: true }),
      release([2], { downloadAllowed: false }),
      release([2], { rejections: ['WEBDL-2160p is not wanted in profile'] }),
      release([]),
    ];
    expect(releasesFor(2, rows, ANY).approved).toEqual([]);
    expect(releasesFor(2, rows, ANY).listed).toHaveLength(3);
  });

  it('are those of the protocol that is wanted', () => {
    const rows = [release([2], { protocol: 'torrent' }), release([2])];
    expect(releasesFor(2, rows, USENET).approved).toEqual([rows[1]]);
    expect(releasesFor(2, rows, ANY).approved).toEqual(rows);
  });

  it('season packs stand apart and are no release of the episode', () => {
    const pack = release([1, 2, 3], { fullSeason: true });
    expect(releasesFor(2, [pack], ANY)).toEqual({ approved: [], packs: [pack], listed: [] });
  });

  it('are found in a real answer to a season search', () => {
    const rows = recording.body.map((row) =>
      release(
        row.mappedEpisodeInfo.map((e) => e.id),
        {
          title: row.title,
          approved: row.approved,
          temporarilyRejected: row.temporarilyRejected,
          rejections: row.rejections,
          downloadAllowed: row.downloadAllowed,
          fullSeason: row.fullSeason,
        },
      ),
    );
    const ids = new Set(rows.flatMap((row) => row.episodeIds));
    for (const id of ids) {
      const found = releasesFor(id, rows, ANY);
      expect(found.approved.every((r) => !r.fullSeason && r.rejections.length === 0)).toBe(true);
      expect(found.listed.length).toBeGreaterThan(0);
    }
  });
});

describe('rejections', () => {
  it('are counted, the most common first', () => {
    const rows = [
      ...Array.from({ length: 3 }, () => release([2], { rejections: ['WEBDL-720p is not wanted in profile'] })),
      ...Array.from({ length: 8 }, () => release([2], { rejections: ['WEBDL-2160p is not wanted in profile'] })),
      release([2], { rejections: ['Full season pack', 'WEBDL-2160p is not wanted in profile'] }),
    ];
    expect(explainRejections(rows, ANY)).toBe(
      '12 releases, none acceptable: 9× WEBDL-2160p is not wanted in profile; 3× WEBDL-720p is not wanted in profile; 1× Full season pack.',
    );
  });

  it('that differ in a number only are one kind', () => {
    const sizes = ['6.0 MB', '7.5 MB'].map((size) => `${size} is smaller than minimum allowed 200.0 MB (for 50min)`);
    const shares = ['4/6 (66.67%)', '6/12 (50%)'].map((share) => `Upgradable: ${share}, Mode: All`);
    const rows = [...sizes, ...shares].map((text) => release([2], { rejections: [text] }));
    expect(explainRejections(rows, ANY)).toBe(
      '4 releases, none acceptable: 2× 6.0 MB is smaller than minimum allowed 200.0 MB (for 50min); 2× Upgradable: 4/6 (66.67%), Mode: All.',
    );
  });

  it('beyond three kinds are only counted', () => {
    const rows = ['A', 'B', 'C', 'D', 'E'].map((text) => release([2], { rejections: [text] }));
    expect(explainRejections(rows, ANY)).toBe('5 releases, none acceptable: 1× A; 1× B; 1× C; 2 other reasons.');
  });

  it('name what the user excluded, and what Sonarr gives no reason for', () => {
    expect(explainRejections([release([2], { protocol: 'torrent' })], USENET)).toBe(
      '1 release, not acceptable: 1× not usenet.',
    );
    expect(explainRejections([release([2], { downloadAllowed: false })], ANY)).toBe(
      '1 release, not acceptable: 1× not allowed by Sonarr.',
    );
    expect(explainRejections([], ANY)).toBe('No release was found.');
  });
});

describe('a season pack', () => {
  const seasonEpisodes = [1, 2, 3, 4];
  const pack = release(seasonEpisodes, { fullSeason: true });
  const choose = (share: number, wantedMissing: number[], rows = [pack]) =>
    choosePack(rows, { seasonEpisodes, wantedMissing, share, ...ANY });

  it('is taken when the share of the season is missing and wanted', () => {
    expect(choose(75, [2, 3, 4])).toBe(pack);
    expect(choose(76, [2, 3, 4])).toBeNull();
    expect(choose(100, seasonEpisodes)).toBe(pack);
  });

  it('is never taken by default, nor for nothing', () => {
    expect(choose(0, seasonEpisodes)).toBeNull();
    expect(choose(1, [])).toBeNull();
  });

  it('is the first approved one that holds all that is wanted', () => {
    const rejected = release(seasonEpisodes, { fullSeason: true, rejections: ['no'] });
    const half = release([1, 2], { fullSeason: true });
    expect(choose(50, [2, 3], [rejected, half, release(seasonEpisodes), pack])).toBe(pack);
    expect(choose(50, [2, 3], [rejected, half])).toBeNull();
  });
});
