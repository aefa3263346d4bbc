import { describe, expect, it } from 'vitest';
import type { EpisodeDownload, PlanItem, ResultCode } from '../../../src/core/contracts/index.js';
import { planView, whileSearching } from '../../../src/core/up-next/index.js';
import { seriesLink } from '../../../src/core/up-next/links.js';
import { play } from '../../runtime/builders.js';
import { item, plan, thread } from '../words/builders.js';

const ann = { id: '1', name: 'Ann' };
const bob = { id: '2', name: 'Bob' };
const because = (code: PlanItem['reason']['code'], until: string | null = null): Partial<PlanItem> => ({
  action: 'none',
  reason: { code, text: code, until },
});
const download = (facts: Partial<EpisodeDownload> = {}): EpisodeDownload => ({
  state: 'downloading',
  downloadId: 'nzo_1',
  protocol: 'usenet',
  client: 'SABnzbd',
  indexer: null,
  title: 'Release',
  size: 1000,
  sizeLeft: 250,
  timeLeft: 600,
  grabbedAt: null,
  messages: [],
  ...facts,
});
const episode = (facts: Partial<PlanItem>) => planView(plan({ items: [item(6, facts)] })).episodes[0];

describe('what is up next, from a plan', () => {
  it('puts episodes behind the viewing that they follow, in the order of the series', () => {
    const view = planView(plan({ items: [item(8), item(6), item(7)] }));
    expect(
      view.viewers.map(({ name, threads }) => [name, threads.map(({ position, next }) => [position, next])]),
    ).toEqual([['Ann', [['S02E05', [6, 7, 8]]]]]);
    expect(view.openWants).toEqual([]);
  });

  it('keeps the viewings of each viewer together, and shows an episode to each who needs it', () => {
    const threads = [thread(), thread({ viewer: bob }), thread({ series: { ...thread().series, sonarrId: 2 } })];
    const view = planView(plan({ threads, items: [item(6, { viewers: [ann, bob] })] }));
    expect(view.viewers.map(({ name, threads: own }) => [name, own.map(({ next }) => next)])).toEqual([
      ['Ann', [[6], []]],
      ['Bob', [[6]]],
    ]);
    expect(view.episodes).toHaveLength(1);
  });

  it('puts an episode behind the nearest of two viewings of the same viewer', () => {
    const threads = [thread({ episode: 5 }), thread({ episode: 2 })];
    const view = planView(plan({ threads, items: [item(3), item(6)] }));
    expect(view.viewers[0]?.threads.map(({ next }) => next)).toEqual([[6], [3]]);
  });

  it('puts specials behind the viewing that leads to them, in the order in which they are watched', () => {
    const special = (id: number, facts: Partial<PlanItem> = {}) => item(id, { season: 0, ...facts });
    const threads = [thread({ window: [6, 901, 7] }), thread({ episode: 2, window: [902, 3] })];
    const items = [
      item(3),
      item(6),
      item(7),
      item(8),
      special(901),
      special(902),
      special(903, because('no-air-date')),
    ];
    const view = planView(plan({ threads, items }));
    expect(view.viewers[0]?.threads.map(({ next }) => next)).toEqual([
      [6, 901, 7, 8, 903],
      [902, 3],
    ]);
    expect(view.openWants).toEqual([]);
  });

  it('shares nothing with the plan, whose message others may change', () => {
    const messages = ['Not an upgrade'];
    const told = episode({ ...because('blocked'), download: download({ messages }) });
    messages.push('changed');
    expect(told?.details).toEqual(['Not an upgrade']);
  });

  it('calls an episode that no viewing leads to an open want', () => {
    const view = planView(plan({ items: [item(4), item(6, { viewers: [bob] })] }));
    expect(view.openWants).toEqual([4, 6]);
    expect(view.episodes.map(({ id }) => id)).toEqual([4, 6]);
  });

  it('leaves out what was watched before', () => {
    expect(planView(plan({ items: [item(6, because('watched'))] })).episodes).toEqual([]);
  });

  it('tells how far a download is and when it will be through', () => {
    expect(episode({ ...because('downloading'), download: download() })).toMatchObject({
      code: 'downloading',
      progress: 75,
      readyAt: '2026-11-22T18:10:00.000Z',
    });
  });

  it('tells until when Sonarr holds something back, and no progress', () => {
    expect(episode({ ...because('waiting'), download: download({ sizeLeft: 1000 }) })).toMatchObject({
      progress: null,
      readyAt: null,
      until: '2026-11-22T18:10:00.000Z',
    });
  });

  it('tells what came of a search in place of why it was made', () => {
    const result = { code: 'nothing-found', text: 'No release was found.' } as const;
    expect(episode({ result })).toMatchObject({ code: 'result-nothing-found', text: result.text, until: null });
  });

  it('quotes what Sonarr says of a download that is stuck', () => {
    expect(episode({ ...because('blocked'), download: download({ messages: ['Not an upgrade'] }) })?.details).toEqual([
      'Not an upgrade',
    ]);
  });

  it('says that episodes are being searched only while they are', () => {
    const view = planView(plan({ items: [item(6), item(7, because('on-disk'))] }));
    expect(view.episodes.map(({ code }) => code)).toEqual(['search', 'on-disk']);
    expect(whileSearching(view).episodes.map(({ code }) => code)).toEqual(['searching', 'on-disk']);
  });

  it('links to the page of the series in Sonarr', () => {
    const { sonarr, viewers } = planView(plan());
    const slug = viewers[0]?.threads[0]?.slug ?? '';
    expect(seriesLink(sonarr.url, slug)).toBe('http://nas:8989/series/harbour-lights');
    expect(seriesLink('https://nas/sonarr/', slug)).toBe('https://nas/sonarr/series/harbour-lights');
    expect(seriesLink('https://nas', '../a?b')).toBe('https://nas/series/..%2Fa%3Fb');
    expect(seriesLink('javascript:alert(1)//', slug)).toBeNull();
    expect(seriesLink('https://nas', '')).toBeNull();
  });

  it('names each show that was not found once, with the id that ignores it, and none that is meant to be silent', () => {
    const show = { ...play().show, title: 'Night Shift', key: '9', ids: { tvdb: 99, tmdb: null, imdb: null } };
    const unmatched = (code: 'series-not-in-sonarr' | 'ignored', facts: object = {}) => ({
      play: play({ show, ...facts }),
      code,
      text: 'Sonarr has no series.',
      candidates: [],
    });
    const view = planView(
      plan({
        unmatched: [
          unmatched('series-not-in-sonarr'),
          unmatched('series-not-in-sonarr', { viewer: bob }),
          unmatched('ignored', { show: { ...show, key: '10', title: 'Silent' } }),
        ],
      }),
    );
    expect(view.unmatched).toEqual([
      {
        title: 'Night Shift',
        code: 'series-not-in-sonarr',
        text: 'Sonarr has no series.',
        viewers: ['Ann', 'Bob'],
        plays: 2,
        ignoreId: 'tvdb:99',
      },
    ]);
  });

  it('counts searches apart from episodes: one serves all that are missing of a season', () => {
    const other = { ...thread().series, sonarrId: 2 };
    const items = [item(6), item(7), item(8), item(9, { series: other }), item(10, because('on-disk'))];
    expect(planView(plan({ items })).counts).toMatchObject({ episodes: 5, toSearch: 4, searches: 2 });
  });

  it('counts as left only what was to be searched for: a release may hold other episodes too', () => {
    const result = (code: ResultCode): PlanItem['result'] => ({ code, text: '' });
    const items = [
      item(6, { result: result('grabbed') }),
      item(7, { ...because('budget'), result: result('grabbed') }),
      item(8),
      item(9, { result: result('failed') }),
      item(10, { result: result('nothing-found') }),
    ];
    expect(planView(plan({ items })).counts).toMatchObject({ toSearch: 4, grabbed: 2, notFound: 1, stillToSearch: 2 });
  });

  it('is bounded, and says how much it leaves out', () => {
    const threads = Array.from({ length: 400 }, (_, i) => thread({ viewer: { id: `${i}`, name: `V${i}` } }));
    const items = Array.from({ length: 250 }, (_, i) => item(i + 10, { viewers: [{ id: 'x', name: 'X' }] }));
    const view = planView(plan({ threads, items }));
    expect(view.viewers).toHaveLength(300);
    expect(view.openWants).toHaveLength(200);
    expect(view.leftOut).toBe(150);
  });
});
