import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Household } from '../e2e/bench.js';
import { twoPeople } from '../e2e/households.js';
import { onEachLine, stageExample, until } from './stage.js';

const TOKEN = 'a-long-random-text-4f0b2c';
const TICKS = 10_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The world's episodes aired a week apart, the first 400 days ago. */
const aired = (episode: number): string =>
  new Date(Date.now() - (400 - 7 * (episode - 1)) * DAY).toISOString().slice(0, 10);

/**
 * What Jellyfin's webhook plugin sends with "Send All Properties", as read in its sources (`DataObjectHelpers`,
 * `PlaybackStopNotifier`): ids of the episode, year of the series, ids without dashes, quotes escaped by the plugin.
 */
const event = (type: string, episode: number, more: object = {}): object => ({
  ServerId: 'f5ac7a2b0e6d4f4a9c8b',
  ServerName: 'jellyfin',
  ServerVersion: '10.10.3',
  ServerUrl: 'http://nas:8096',
  NotificationType: type,
  Timestamp: new Date().toISOString(),
  UtcTimestamp: `${new Date().toISOString().replace('Z', '')}1234Z`,
  Name: 'The \\"Long\\" Pier',
  Overview: '',
  Tagline: '',
  ItemId: `00000000000000000000000000000a0${episode}`,
  ItemType: 'Episode',
  RunTimeTicks: 45 * MINUTE * TICKS,
  RunTime: '00:45:00',
  Year: 2019,
  PremiereDate: aired(episode),
  SeriesName: 'Harbour Lights',
  SeriesId: '7a1f3c2e5b8d4f609c1e2d3b4a5f6071',
  SeasonNumber: 1,
  SeasonNumber00: '01',
  EpisodeNumber: episode,
  EpisodeNumber00: `0${episode}`,
  Provider_imdb: 'tt1234567',
  PlaybackPositionTicks: 44 * MINUTE * TICKS,
  PlaybackPosition: '00:44:00',
  IsPaused: false,
  DeviceName: 'TV',
  ClientName: 'Jellyfin Android TV',
  NotificationUsername: 'Ann',
  UserId: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
  ...(type === 'PlaybackStop' ? { PlayedToCompletion: true } : {}),
  ...more,
});

onEachLine('05 Jellyfin instead of Tautulli', (line) => {
  let home: Household;
  beforeAll(async () => {
    home = await stageExample({
      number: '05',
      world: { ...twoPeople, households: [] },
      last: 'jit-jellyfin-priority',
      settings: {
        'jit-jellyfin-next': { episodesToCheck: '1', checkOverflow: '0' },
        'jit-jellyfin-later': { timeout: '1' },
      },
      options: { line, env: () => ({ JELLYFIN_WEBHOOK_TOKEN: TOKEN }) },
    });
  });
  afterAll(() => home[Symbol.asyncDispose]());

  /** The plugin sends text/plain unless its user adds a header. */
  const tell = (body: unknown, headers: Record<string, string> = { 'x-plex-jit-token': TOKEN }): Promise<number> =>
    fetch(`${home.red.url}/plex-jit/jellyfin`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }).then(({ status }) => status);

  it('refuses whoever does not know the token', async () => {
    expect(await tell(event('PlaybackStop', 2), {})).toBe(403);
    expect(await tell(event('PlaybackStop', 2), { 'x-plex-jit-token': 'guessed' })).toBe(403);
    expect(home.sandbox.servers.sonarr.exchanges).toEqual([]);
  });

  it('fetches the next episode when one was watched', async () => {
    expect(await tell(event('PlaybackStop', 2))).toBe(204);
    await until(() => home.red.runsEnded === 1, 'the run', 60_000);
    expect(home.grabbed()).toEqual(['Harbour Lights S01E03']);
    expect(home.queue()[0]).toBe('Harbour Lights S01E03');
    expect(home.sandbox.servers.tautulli.exchanges).toEqual([]);
  });

  it('takes JSON by its name too, and moves on with what is played next', async () => {
    const started = event('PlaybackStart', 3, { PlaybackPositionTicks: 5 * MINUTE * TICKS });
    expect(await tell(started, { 'x-plex-jit-token': TOKEN, 'content-type': 'application/json' })).toBe(204);
    await until(() => home.red.runsEnded === 2, 'the run a while after the start', 60_000);
    expect(home.grabbed()).toEqual(['Harbour Lights S01E03', 'Harbour Lights S01E04']);
  });

  it('does not run for what is no episode, nor for other events', async () => {
    for (const other of [event('PlaybackProgress', 3), event('PlaybackStop', 3, { ItemType: 'Movie' })])
      expect(await tell(other)).toBe(204);
    await home.red.run('jit-jellyfin-inject');
    expect(home.red.runsEnded).toBe(3);
    expect(home.grabbed()).toHaveLength(2);
  });

  it('a text that is no JSON is an error that Catch sees, and the next event works', async () => {
    expect(await tell('{"NotificationType":')).toBe(204);
    await until(() => /json: .*JSON/.test(home.red.output), 'the error');
    expect(await tell(event('PlaybackStop', 4))).toBe(204);
    await until(() => home.red.runsEnded === 4, 'the run', 60_000);
    expect(home.grabbed().at(-1)).toBe('Harbour Lights S01E05');
  });

  it('remembers the plays over a restart: nothing is fetched again', async () => {
    await home.red.stop();
    await home.red.start();
    home.clear();
    await home.red.run('jit-jellyfin-inject');
    expect(home.changes()).toEqual([]);
    expect(home.sandbox.servers.sonarr.exchanges.length).toBeGreaterThan(0);
  });
});
