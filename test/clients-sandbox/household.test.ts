import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClientHousehold, type Clients, startHousehold } from './household.js';

const DAY = 86_400_000;
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

describe('every reading of a household, each server below a URL base, is understood to the last row', () => {
  let household: ClientHousehold;
  let clients: Clients;
  beforeAll(async () => {
    household = await startHousehold();
    ({ clients } = household);
  });
  afterAll(() => household[Symbol.asyncDispose]());

  it('Tautulli: version, history, shows, notifiers, whether Plex is there', async () => {
    const { tautulli } = clients;
    expect(await tautulli.version()).toMatch(/^v2\./);
    const query = { after: dayOf(household.sandbox.world.now() - 5 * DAY), length: 1000, includeActivity: true };
    const { rows, unread, total } = await tautulli.history(query);
    expect([unread, rows.length]).toEqual([0, total]);
    expect(rows.filter(({ state }) => state !== null)).toMatchObject([{ userName: 'Ann', season: 2, episode: 5 }]);
    for (const key of new Set(rows.map(({ showKey }) => showKey))) {
      const show = await tautulli.showMetadata(key ?? '');
      expect(rows.filter(({ showKey }) => showKey === key).map(({ showTitle }) => showTitle)).toContain(show?.title);
    }
    expect(await tautulli.notifiers()).toEqual([{ id: 1, agent: 'discord', label: 'The hallway tablet' }]);
    expect(await tautulli.plexConnected()).toBe(true);
  });

  it('Sonarr: status, series, tags, episodes, queue, history, health, free space', async () => {
    const { sonarr } = clients;
    expect(await sonarr.status()).toMatchObject({ appName: 'Sonarr' });
    const series = await sonarr.series();
    expect(series.unread).toBe(0);
    expect(series.rows).toHaveLength(14);
    expect((await sonarr.tags()).map(({ label }) => label).toSorted()).toEqual(['ann', 'no-jit']);
    const lists = await Promise.all(series.rows.map(({ id }) => sonarr.episodesOfSeries(id)));
    expect(lists.map(({ unread }) => unread).every((unread) => unread === 0)).toBe(true);
    const ids = lists.flatMap(({ rows }) => rows.map(({ id }) => id));
    const byId = await sonarr.episodesByIds(ids);
    expect([byId.unread, byId.rows.length]).toEqual([0, ids.length]);
    const queue = await sonarr.queue();
    expect(queue.unread).toBe(0);
    expect(queue.rows).toHaveLength(5);
    const history = await sonarr.historySince(new Date(household.sandbox.world.now() - 7 * DAY).toISOString());
    expect(history).toMatchObject({ unread: 0, rows: history.rows.map(() => ({ event: 'grabbed' })) });
    expect(history.rows).toHaveLength(4);
    const [grab] = history.rows;
    expect((await sonarr.grabsOfEpisode(grab?.episodeId ?? 0)).rows).toMatchObject([{ id: grab?.id }]);
    expect(await sonarr.health()).toEqual([]);
    expect(await sonarr.diskSpace()).toMatchObject([{ freeSpace: expect.any(Number) as number }]);
  });

  it('Sonarr: the releases of an episode, of a season, of an anime', async () => {
    const { sonarr } = clients;
    const { world } = household.sandbox;
    const one = await sonarr.searchEpisode(world.episode('Harbour Watch', 1, 7).id);
    const { id } = world.library.find("The Lamplighter's Daughter");
    const season = await sonarr.searchSeason(id, 2);
    const anime = await sonarr.searchEpisode(world.episode('Starling Academy', 2, 5).id);
    for (const { rows, unread } of [one, season, anime]) {
      expect(unread).toBe(0);
      expect(rows.filter(({ approved }) => approved).length).toBeGreaterThan(0);
    }
  });

  it('SABnzbd: version, kind of the key, queue, history', async () => {
    const { sabnzbd } = clients;
    expect(await sabnzbd.version()).toMatch(/^5\./);
    expect(await sabnzbd.keyKind()).toBe('full');
    const { jobs, paused } = await sabnzbd.queue();
    expect(paused).toBe(false);
    expect(jobs.map(({ id }) => id)).toEqual(household.sandbox.world.sabJobs().map(({ id }) => id));
    expect(jobs.filter(({ status }) => status === 'Paused')).toHaveLength(1);
    const finished = household.sandbox.world.sabnzbd.history.map(({ id }) => id);
    expect(await sabnzbd.knownToHistory(finished)).toEqual(finished);
  });
});
