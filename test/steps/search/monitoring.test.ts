import { describe, expect, it } from 'vitest';
import { at, item, release } from '../servers/plans.js';
import { E2, E3, Household } from './household.js';

const DAY = 86_400_000;

describe('monitoring', () => {
  it('monitors all that is to be searched in one request, before it is searched', async () => {
    const home = new Household();
    const { plan } = await home.run([item(E2, { monitored: false }), item(E3, { monitored: false }), item(20101)]);
    expect(home.sonarr.requests[0]).toBe(`monitor ${E2},${E3}`);
    expect(home.sonarr.sent('monitor')).toHaveLength(1);
    expect(at(plan, E2).monitored).toBe(true);
    expect(home.state.monitored.all().map((one) => one.episodeId)).toEqual([E2, E3]);
  });

  it('for good: nothing is put back', async () => {
    const home = new Household();
    await home.run([item(E2, { monitored: false })], { monitor: 'for-good' });
    expect(home.sonarr.episodes.get(E2)?.monitored).toBe(true);
    expect(home.state.monitored.all()).toEqual([]);
  });

  it('case 42: never: searched only', async () => {
    const home = new Household();
    home.sonarr.releases = [release('a', [E2])];
    await home.run([item(E2, { monitored: false })], { monitor: 'never' });
    expect(home.sonarr.requests).toEqual([`search ${E2}`, 'grab a', `grabs ${E2}`]);
  });

  it('a failure of it is told, and the episode searched all the same', async () => {
    const home = new Household();
    home.sonarr.releases = [release('a', [E2])];
    home.sonarr.faults.set('monitor', { code: 'server-error' });
    const { plan } = await home.run([item(E2, { monitored: false })]);
    expect(at(plan, E2)).toMatchObject({ result: { code: 'grabbed' }, error: { code: 'server-error' } });
    expect(plan.errors).toHaveLength(1);
  });
});

describe('monitoring until there is a file', () => {
  const monitored = async (...ids: number[]): Promise<Household> => {
    const home = new Household();
    await home.run(ids.map((id) => item(id, { monitored: false })));
    home.sonarr.requests.length = 0;
    return home;
  };

  it('is put back in one request once the plan sees the files, and forgotten', async () => {
    const home = await monitored(E2, E3);
    await home.run([item(E2, { reason: 'on-disk' }), item(E3, { reason: 'on-disk' })]);
    expect(home.sonarr.requests).toEqual([`unmonitor ${E2},${E3}`]);
    expect(home.state.monitored.all()).toEqual([]);
  });

  it('is left alone where somebody has changed it meanwhile', async () => {
    const home = await monitored(E2);
    await home.run([item(E2, { reason: 'on-disk', monitored: false })]);
    expect(home.sonarr.requests).toEqual([]);
    expect(home.state.monitored.all()).toEqual([]);
  });

  it('stays while there is no file', async () => {
    const home = await monitored(E2);
    await home.run([item(E2, { reason: 'cooling-down' })]);
    expect(home.sonarr.requests).toEqual([]);
    expect(home.state.monitored.size).toBe(1);
  });

  it('stays remembered when putting it back fails', async () => {
    const home = await monitored(E2);
    home.sonarr.faults.set('unmonitor', { code: 'server-error' });
    const { plan } = await home.run([item(E2, { reason: 'on-disk' })]);
    expect(plan.errors).toHaveLength(1);
    expect(home.state.monitored.size).toBe(1);
  });

  it('episodes that no plan covers are read together, once a day at most', async () => {
    const home = await monitored(E2, E3);
    await home.run([]);
    expect(home.sonarr.requests).toEqual([]);
    home.clock.pass(DAY);
    const episode = home.sonarr.episodes.get(E2);
    if (episode) episode.hasFile = true;
    await home.run([]);
    await home.run([]);
    expect(home.sonarr.requests).toEqual([`episodes ${E2},${E3}`, `unmonitor ${E2}`]);
    expect(home.state.monitored.all().map((one) => one.episodeId)).toEqual([E3]);
  });

  it('two config nodes of one Sonarr read their own', async () => {
    const home = await monitored(E2);
    const first = home.state;
    home.store.values.clear();
    home.state = home.openState();
    await home.run([item(E3, { monitored: false })]);
    home.sonarr.requests.length = 0;
    home.clock.pass(DAY);
    await home.run([]);
    home.state = first;
    await home.run([]);
    expect(home.sonarr.requests).toEqual([`episodes ${E3}`, `episodes ${E2}`]);
  });

  it('one that Sonarr does not know any more hides no other, however many there are', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => 10100 + i + 1);
    const home = await monitored(...ids);
    home.sonarr.episodes.delete(10125);
    const last = home.sonarr.episodes.get(10130);
    if (last) last.hasFile = true;
    home.clock.pass(DAY);
    await home.run([]);
    expect(home.state.monitored.all().map((one) => one.episodeId)).toEqual(
      ids.filter((id) => id !== 10125 && id !== 10130),
    );
  });

  it('an episode that Sonarr does not know any more is forgotten', async () => {
    const home = await monitored(E2, E3);
    home.sonarr.episodes.delete(E2);
    home.clock.pass(DAY);
    const { plan } = await home.run([]);
    expect(home.state.monitored.all().map((one) => one.episodeId)).toEqual([E3]);
    expect(plan.errors).toEqual([]);
  });
});
