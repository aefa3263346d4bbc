import { describe, expect, it } from 'vitest';
import type { Lookup } from '../../src/core/contracts/index.js';
import { play } from '../runtime/builders.js';
import { WORLD, bench } from './bench.js';
import { goodMessage } from './good-messages.js';

const plays = () => {
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  return [play({ airDate: null, startedAt: hoursAgo(3), stoppedAt: hoursAgo(2) })];
};
const lists = (requests: readonly string[]) => requests.filter((request) => request === 'GET /api/v3/series');

describe('a config node', () => {
  it('keeps what is remembered over a deploy: the list of series is not read again', async () => {
    await using b = await bench(WORLD, { type: 'sonarr-lookup' });
    b.send({ payload: plays() });
    await b.out.first;
    expect(lists(b.requests('sonarr'))).toHaveLength(1);
    await b.deploy();
    b.send({ payload: plays() });
    expect(((await b.out.nth(1)).payload as Lookup).series).toHaveLength(1);
    expect(lists(b.requests('sonarr'))).toHaveLength(1);
  });

  it('uses another URL from the deploy on', async () => {
    await using b = await bench(
      WORLD,
      { type: 'sonarr-lookup' },
      { servers: { sonarr: { url: 'http://127.0.0.1:9' } } },
    );
    b.send({ payload: plays() });
    expect((await b.caught.first).error?.code).toBe('refused');
    await b.deploy({ sonarr: { url: b.sandbox.urls.sonarr } });
    b.send({ payload: plays() });
    expect(((await b.out.first).payload as Lookup).sonarr.url).toBe(b.sandbox.urls.sonarr);
  });

  it('reads the series of another URL anew: they may have other ids there', async () => {
    await using b = await bench(WORLD, { type: 'sonarr-lookup' }, { sandbox: { sonarrs: 2 } });
    const [, other] = b.sandbox.servers.sonarrs;
    b.send({ payload: plays() });
    await b.out.first;
    await b.deploy({ sonarr: { url: b.sandbox.urls.sonarrs[1] } });
    b.send({ payload: plays() });
    await b.out.nth(1);
    const paths = other?.exchanges.map(({ path }) => path) ?? [];
    expect(paths.filter((path) => path === '/api/v3/series')).toHaveLength(1);
    expect(paths.filter((path) => path === '/api/v3/episode')).not.toEqual([]);
  });
});

describe('the SABnzbd that a Sonarr feeds', () => {
  it('is left out when it is not set up: it is optional', async () => {
    await using b = await bench(
      WORLD,
      { type: 'sonarr-lookup' },
      { servers: { sabnzbd: { url: '${PLEX_JIT_NONE}' } } },
    );
    b.send({ payload: plays() });
    const { sabnzbd, notes } = (await b.out.first).payload as Lookup;
    expect([sabnzbd, notes]).toEqual([null, []]);
  });

  it('is told in the notes of every run, and in the log once, when it was deleted or disabled', async () => {
    await using b = await bench(WORLD, { type: 'sonarr-lookup' }, { servers: { sonarr: { sabnzbd: 'nowhere' } } });
    for (const n of [0, 1]) {
      b.send({ payload: plays(), plexJit: { notes: ['a note of the source'] } });
      const { sabnzbd, notes } = (await b.out.nth(n)).payload as Lookup;
      expect(sabnzbd).toBeNull();
      expect(notes).toEqual([
        'a note of the source',
        expect.stringMatching(/^The SABnzbd that Sonarr feeds is not there; it may have been deleted or disabled\./),
      ]);
    }
    expect(b.warnedBy('sonarr')).toEqual([expect.stringMatching(/^The SABnzbd .* \[no-sabnzbd\]$/)]);
  });
});

describe('the name of the SABnzbd in Sonarr', () => {
  it.each(['sonarr-lookup', 'sonarr-search'] as const)(
    'from an environment variable that is not set is "not set up": %s',
    async (type) => {
      for (const downloadClient of ['${PLEX_JIT_NONE}', { id: '', name: '${PLEX_JIT_NONE}' }]) {
        await using b = await bench(WORLD, { type }, { servers: { sonarr: { downloadClient } } });
        b.send(goodMessage(type, b));
        expect((await b.caught.first).error).toMatchObject({
          code: 'not-set-up',
          message:
            'Not set up: the environment variable PLEX_JIT_NONE (setting downloadClient) is not set. Set it where Node-RED runs and restart Node-RED, or enter a value.',
        });
        expect(b.requests('sonarr')).toEqual([]);
      }
    },
  );
});

describe('a settings override', () => {
  it('of the server counts for one message', async () => {
    await using b = await bench(WORLD, { type: 'sonarr-lookup' });
    b.send({ payload: plays(), plexJit: { searchCache: 5 } });
    b.send({ payload: plays() });
    expect(((await b.out.nth(0)).payload as Lookup).searchCache).toBe(5);
    expect(((await b.out.nth(1)).payload as Lookup).searchCache).toBe(48);
  });
});

describe("a Sonarr's address for links", () => {
  const linked = async (linkUrl: unknown) => {
    await using b = await bench(WORLD, { type: 'sonarr-lookup' }, { servers: { sonarr: { linkUrl } } });
    const { plexJitServer } = b.server('sonarr') as unknown as { plexJitServer: { linkUrl: string } };
    b.send({ payload: plays() });
    expect(((await b.out.first).payload as Lookup).sonarr.url).toBe(b.sandbox.urls.sonarr);
    return { linkUrl: plexJitServer.linkUrl, url: b.sandbox.urls.sonarr, warned: b.warnedBy('sonarr') };
  };

  it('is the URL as long as there is none', async () => {
    for (const none of ['', undefined]) {
      const { linkUrl, url, warned } = await linked(none);
      expect([linkUrl, warned]).toEqual([url, []]);
    }
  });

  it('is where links lead, and nothing else is asked there', async () => {
    expect((await linked(' https://Home.example:443/sonarr/ ')).linkUrl).toBe('https://home.example/sonarr');
  });

  it.each([
    ['https://ann:secret@home.example', /it contains a user name or password/],
    ['javascript:alert(1)', /must begin with http/],
    ['ftp://home.example', /must begin with http/],
    ['${PLEX_JIT_NONE}', /: \$\{PLEX_JIT_NONE\} is not set\./],
    [7, /^$/],
  ])('that is none is told once at deploy, and no run ends for it: %s', async (written, words) => {
    const { linkUrl, url, warned } = await linked(written);
    expect(linkUrl).toBe(url);
    expect(warned.join()).toMatch(words);
    expect(warned.join()).not.toContain('secret');
  });
});
