import { describe, expect, it } from 'vitest';
import type { SonarrHealth } from '../../../src/clients/sonarr/types.js';
import { Household, season } from './household.js';

describe('let Sonarr search', () => {
  it('sends one EpisodeSearch per episode and remembers the attempt', async () => {
    const home = new Household();
    const { plan } = await home.run(season(10101, 2), { choose: 'sonarr' });
    expect(home.sonarr.requests).toEqual(['command 10101', 'command 10102', 'health']);
    expect(home.clock.slept).toEqual([5000]);
    expect(plan.items.map((one) => one.result?.code)).toEqual(['command-sent', 'command-sent']);
    expect(home.state.attempts.all().map((one) => one.outcome)).toEqual(['nothing', 'nothing']);
    expect(home.state.searches.size).toBe(2);
  });

  it('a command that fails is that item’s failure', async () => {
    const home = new Household();
    home.sonarr.faults.set('command 10101', { code: 'server-error' });
    const { plan } = await home.run(season(10101, 2), { choose: 'sonarr' });
    expect(plan.items.map((one) => one.result?.code)).toEqual(['failed', 'command-sent']);
    expect(plan.errors).toHaveLength(1);
  });

  const ALL_FAIL = 'All indexers are unavailable due to failures';
  const FAILURES = 'https://wiki.servarr.com/sonarr/system#indexers-are-unavailable-due-to-failures';

  it.each<[string, SonarrHealth]>([
    ['all indexers fail', { source: 'IndexerStatusCheck', type: 'error', message: ALL_FAIL, wikiUrl: FAILURES }],
    [
      'none can be searched',
      { source: 'IndexerSearchCheck', type: 'warning', message: 'All search-capable …', wikiUrl: FAILURES },
    ],
  ])('%s: the search failed, and each time the wait doubles', async (_, row) => {
    const home = new Household();
    home.sonarr.healthRows = [row];
    const { plan } = await home.run(season(10101, 2), { choose: 'sonarr' });
    expect(plan.items.map((one) => one.result)).toEqual(
      Array.from({ length: 2 }, () => ({
        code: 'failed',
        text: `Sonarr was told to search for it, perhaps in vain: ${row.message}`,
      })),
    );
    await home.run(season(10101, 1), { choose: 'sonarr' });
    expect(home.state.attempts.all().map(({ outcome, failures }) => [outcome, failures])).toEqual([
      ['failed', 1],
      ['failed', 2],
    ]);
  });

  it.each<[string, SonarrHealth]>([
    [
      'some indexers fail',
      { source: 'IndexerStatusCheck', type: 'warning', message: 'Indexers unavailable: Lab', wikiUrl: FAILURES },
    ],
    [
      'none is for interactive searches',
      {
        source: 'IndexerSearchCheck',
        type: 'warning',
        message: 'Keine Indexer mit aktivierter interaktiver Suche verfügbar',
        wikiUrl: 'https://wiki.servarr.com/sonarr/system#no-indexers-available-with-interactive-search-enabled',
      },
    ],
  ])('%s: the search counts as answered', async (_, row) => {
    const home = new Household();
    home.sonarr.healthRows = [row];
    const { plan } = await home.run(season(10101, 1), { choose: 'sonarr' });
    expect(plan.items[0]?.result?.code).toBe('command-sent');
    expect(home.state.attempts.all()).toMatchObject([{ outcome: 'nothing' }]);
  });

  it('Sonarr silent twice in a row ends the run, as when the release is picked here', async () => {
    const home = new Household();
    home.sonarr.faults.set('command 10102', { code: 'timeout' }).set('command 10103', { code: 'timeout' });
    const { plan, fatal } = await home.run(season(10101, 4), { choose: 'sonarr' });
    expect(fatal?.code).toBe('timeout');
    expect(home.sonarr.requests).toEqual(['command 10101', 'command 10102', 'command 10103']);
    expect(plan.items.map((one) => one.result?.code)).toEqual(['failed', 'failed', 'failed', 'skipped']);
    expect(home.state.attempts.all().map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed']);
  });

  it('an item whose command met a Sonarr that is gone has failed; the ones after it were not tried', async () => {
    const home = new Household();
    home.sonarr.faults.set('command 10102', { code: 'refused' });
    const { plan, fatal } = await home.run(season(10101, 3), { choose: 'sonarr' });
    expect(fatal?.code).toBe('refused');
    expect(plan.items.map((one) => one.result?.code)).toEqual(['failed', 'failed', 'skipped']);
    expect(plan.items[1]?.error).toEqual(plan.errors.find(({ code }) => code === 'refused'));
    expect(plan.items[2]?.result?.text).toMatch(/^Not tried: /);
  });

  it('one command without an answer does not', async () => {
    const home = new Household();
    home.sonarr.faults.set('command 10101', { code: 'timeout' }).set('command 10103', { code: 'timeout' });
    const { plan, fatal } = await home.run(season(10101, 4), { choose: 'sonarr' });
    expect(fatal).toBeNull();
    expect(plan.items.map((one) => one.result?.code)).toEqual(['failed', 'command-sent', 'failed', 'command-sent']);
  });
});
