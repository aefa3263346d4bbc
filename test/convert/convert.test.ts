import { describe, expect, it } from 'vitest';
import { convert } from '../../src/convert/convert.js';
import { readJson } from '../../src/convert/json/read.js';
import { openVariables } from '../../src/convert/env-file.js';
import { Unreadable } from '../../src/convert/json/types.js';
import type { Conversion } from '../../src/convert/types.js';
import { KEYS, PING, PUBLISHED, WORKING } from './configs.js';

const converted = (config: object): Conversion => convert(readJson(JSON.stringify(config)));
const fateOf = (conversion: Conversion, option: string) => conversion.fates.find((fate) => fate.option === option);
const valueOf = ({ variables }: Conversion, name: string) =>
  variables.find((variable) => variable.name === name)?.value;

describe('a configuration that works', () => {
  const conversion = converted(WORKING);

  it('sets every setting of the nodes', () => {
    expect(conversion.settings).toEqual({
      nodes: {
        'tautulli-notify': { notifier: '3' },
        sonarr: { cacheTime: '12', searchCache: '24' },
        'tautulli-history': { daysToCheck: '4' },
        'next-episodes': { episodesToCheck: '7', checkOverflow: '2', execFrequency: '30', skipSpecials: false },
      },
      credentials: { tautulli: {}, sonarr: {}, sabnzbd: {} },
      every: 30,
    });
  });

  it('puts servers, keys and the ping into the environment, each URL as the nodes want it', () => {
    expect(conversion.variables).toEqual([
      { name: 'TAUTULLI_URL', value: 'http://nas:8181/tautulli' },
      { name: 'TAUTULLI_API_KEY', value: KEYS.tautulli },
      { name: 'SONARR_URL', value: 'http://nas:8989/sonarr' },
      { name: 'SONARR_API_KEY', value: KEYS.sonarr },
      { name: 'SABNZBD_URL', value: 'https://nas:9090/sabnzbd' },
      { name: 'SABNZBD_API_KEY', value: KEYS.sabnzbd },
      { name: 'UPTIME_URL', value: PING },
    ]);
  });

  it('tells of every option what became of it, and asks for nothing', () => {
    const options = Object.entries(WORKING).flatMap(([name, value]) =>
      typeof value === 'object' ? Object.keys(value).map((inner) => `${name}.${inner}`) : [name],
    );
    expect(conversion.fates.map(({ option }) => option).toSorted()).toEqual(options.toSorted());
    expect(conversion.fates.filter(({ attention }) => attention)).toEqual([]);
  });
});

describe('the published example', () => {
  const reading = readJson(PUBLISHED);
  const conversion = convert(reading);

  it('is put right at its two places', () => {
    expect(reading.mends).toEqual([
      { at: { line: 10, column: 23 }, text: 'a comma is missing' },
      { at: { line: 15, column: 17 }, text: 'a comma after the last option' },
    ]);
  });

  it('leaves its placeholders to be filled in', () => {
    expect(openVariables(conversion.variables)).toEqual([
      'TAUTULLI_URL',
      'TAUTULLI_API_KEY',
      'SONARR_URL',
      'SONARR_API_KEY',
      'SABNZBD_URL',
      'SABNZBD_API_KEY',
    ]);
    expect(fateOf(conversion, 'sonarr.url')).toEqual({
      option: 'sonarr.url',
      at: { line: 4, column: 12 },
      became: 'a placeholder: fill in SONARR_URL in the env file',
      attention: true,
    });
    expect(fateOf(conversion, 'tautulli.notifier')?.became).toBe('none: no message is sent');
    expect(fateOf(conversion, 'uptime_url')).toMatchObject({ became: 'is empty: nothing is pinged', attention: false });
  });
});

describe('options that are not there', () => {
  it('keep the defaults, and are listed with them', () => {
    const conversion = converted({ sonarr: { url: 'http://nas:8989', key: KEYS.sonarr } });
    expect(conversion.settings).toMatchObject({ nodes: {}, every: null });
    expect(fateOf(conversion, 'check_overflow')?.became).toBe(
      'is missing: Extra, if they run out before the next run: 3, the default',
    );
    expect(fateOf(conversion, 'sabnzbd.key')).toMatchObject({
      became: 'is missing: fill in SABNZBD_API_KEY in the env file',
      attention: true,
    });
  });
});

describe('options that are not of the reference', () => {
  it('are listed and left out, with what was probably meant', () => {
    const { fates } = converted({
      ...WORKING,
      Episodes_To_Check: 3,
      verbose: true,
      sonarr: { ...WORKING.sonarr, cacheTime: 1 },
    });
    expect(fates.filter(({ attention }) => attention).map(({ option, became }) => `${option} ${became}`)).toEqual([
      'Episodes_To_Check is not a jitplex option (did you mean episodes_to_check?): left out',
      'verbose is not a jitplex option: left out',
      'sonarr.cacheTime is not a jitplex option (did you mean cache_time?): left out',
    ]);
  });

  it('are not named when they look like a key', () => {
    const { fates } = converted({ ...WORKING, [KEYS.sonarr]: 'key' });
    expect(fates.at(-1)?.option).toBe('(a name of 32 characters)');
  });
});

describe('numbers and switches', () => {
  it.each<[string, unknown, unknown, string, boolean]>([
    [
      'a number as a text',
      '3',
      '3',
      'Look ahead (episodes): 3 (a text in the file) (exactly this many; jitplex checked one more)',
      false,
    ],
    [
      'more than the form takes',
      500,
      '50',
      'Look ahead (episodes): 50, as 500 is not a whole number from 1 to 50 (exactly this many; jitplex checked one more)',
      true,
    ],
    [
      'less than the form takes',
      0,
      '1',
      'Look ahead (episodes): 1, as 0 is not a whole number from 1 to 50 (exactly this many; jitplex checked one more)',
      true,
    ],
    ['a fraction', 2.5, undefined, 'is not a whole number from 1 to 50; the default 5 stays', true],
    ['no number', 'many', undefined, 'is not a whole number from 1 to 50; the default 5 stays', true],
    ['a list', [5], undefined, 'is not a whole number from 1 to 50; the default 5 stays', true],
    ['true', true, undefined, 'is not a whole number from 1 to 50; the default 5 stays', true],
  ])('%s', (_name, given, taken, became, attention) => {
    const conversion = converted({ episodes_to_check: given });
    expect(conversion.settings.nodes['next-episodes']?.episodesToCheck).toBe(taken);
    expect(fateOf(conversion, 'episodes_to_check')).toMatchObject({ became, attention });
  });

  it.each<[unknown, boolean | undefined, boolean]>([
    [false, false, false],
    [true, true, false],
    [0, false, false],
    ['TRUE', true, false],
    ['false', false, true],
    ['False', false, true],
    ['no', undefined, true],
  ])('skip_specials %j', (given, taken, attention) => {
    const conversion = converted({ skip_specials: given });
    expect(conversion.settings.nodes['next-episodes']?.skipSpecials).toBe(taken);
    expect(fateOf(conversion, 'skip_specials')?.attention).toBe(attention);
  });

  it.each<[unknown, string | undefined, boolean]>([
    [3, '3', false],
    ['3', '3', false],
    [-1, undefined, false],
    [null, undefined, false],
    [0, undefined, true],
    [[1, 2], undefined, true],
    ['mail', undefined, true],
  ])('notifier %j', (given, taken, attention) => {
    const conversion = converted({ tautulli: { notifier: given } });
    expect(conversion.settings.nodes['tautulli-notify']?.notifier).toBe(taken);
    expect(fateOf(conversion, 'tautulli.notifier')?.attention).toBe(attention);
  });
});

describe('addresses', () => {
  it.each([
    ['sonarr', 'http://nas:8989', 'http://nas:8989'],
    ['sonarr', 'http://nas:8989/api/v3', 'http://nas:8989'],
    ['sonarr', 'https://HOME.example/sonarr/api/', 'https://home.example/sonarr'],
    ['sabnzbd', 'http://nas:8080/api', 'http://nas:8080'],
    ['sabnzbd', 'http://nas:8080/sabnzbd/api?output=json', 'http://nas:8080/sabnzbd'],
    ['tautulli', 'http://nas:8181/api/v2/', 'http://nas:8181'],
    ['tautulli', 'http://[fd00::1]:8181/api/v2', 'http://[fd00::1]:8181'],
  ] as const)('%s at %s is %s', (service, url, base) => {
    expect(valueOf(converted({ [service]: { url, key: 'k' } }), `${service.toUpperCase()}_URL`)).toBe(base);
  });

  it.each([
    ['nas:8989', 'it must begin with http:// or https://: fill in SONARR_URL in the env file'],
    ['ftp://nas', 'it must begin with http:// or https://: fill in SONARR_URL in the env file'],
    ['http://nas:PORT/', 'a placeholder: fill in SONARR_URL in the env file'],
    ['', 'it has no URL: fill in SONARR_URL in the env file'],
    [8989, 'is not a text: fill in SONARR_URL in the env file'],
  ])('%j is left to the user', (url, became) => {
    const conversion = converted({ sonarr: { url, key: 'k' } });
    expect(fateOf(conversion, 'sonarr.url')).toMatchObject({ became, attention: true });
    expect(valueOf(conversion, 'SONARR_URL')).toBeNull();
  });

  it('a user and a password in it become credentials by way of the environment', () => {
    const conversion = converted({ sonarr: { url: 'http://ann:s%40lt%@nas:8989/', key: 'k' } });
    expect(valueOf(conversion, 'SONARR_URL')).toBe('http://nas:8989');
    expect(valueOf(conversion, 'SONARR_USER')).toBe('ann');
    expect(conversion.settings.credentials.sonarr).toEqual({ user: '${SONARR_USER}', password: '${SONARR_PASSWORD}' });
    expect(JSON.stringify([conversion.settings, conversion.fates])).not.toMatch(/s%40lt|s@lt/);
  });
});

describe('keys', () => {
  it.each([
    'key',
    'YOUR_API_KEY',
    'your key here',
    '<api key>',
    'xxxxxxxx',
    '***',
    '...',
    'sonarr-api-key',
    'SONARR_API_KEY',
    'API_KEY_HERE',
    'changeme',
  ])('%s is a placeholder, to be filled in', (key) => {
    const conversion = converted({ ...WORKING, sonarr: { ...WORKING.sonarr, key } });
    expect(valueOf(conversion, 'SONARR_API_KEY')).toBeNull();
    expect(fateOf(conversion, 'sonarr.key')).toMatchObject({
      became: 'a placeholder: fill in SONARR_API_KEY in the env file',
      attention: true,
    });
  });

  it.each([KEYS.sonarr, 'monkey-business', 'myxomatosis', 'keykeykey'])('%s is a key', (key) => {
    const conversion = converted({ ...WORKING, sonarr: { ...WORKING.sonarr, key } });
    expect(valueOf(conversion, 'SONARR_API_KEY')).toBe(key);
  });
});

describe('uptime_url', () => {
  it.each(['ftp://up.example/ping', 'up.example/ping', 'http://', '#'])('%s is no URL to ping', (uptime_url) => {
    const conversion = converted({ uptime_url });
    expect(fateOf(conversion, 'uptime_url')).toMatchObject({
      became: 'is not a URL: nothing is pinged',
      attention: true,
    });
    expect(valueOf(conversion, 'UPTIME_URL')).toBeUndefined();
  });
});

describe('names in another case', () => {
  it('are taken for what they mean when nothing else can be meant, and told', () => {
    const conversion = converted({ Tautulli: { URL: 'http://nas:8181', Key: KEYS.tautulli }, DAYS_TO_CHECK: 3 });
    expect(valueOf(conversion, 'TAUTULLI_URL')).toBe('http://nas:8181');
    expect(valueOf(conversion, 'TAUTULLI_API_KEY')).toBe(KEYS.tautulli);
    expect(conversion.settings.nodes['tautulli-history']).toEqual({ daysToCheck: '3' });
    const told = conversion.fates.filter(({ became }) => became.startsWith('is taken as'));
    expect(told.map(({ option, became, attention }) => [option, became, attention])).toEqual([
      ['Tautulli', 'is taken as tautulli', true],
      ['DAYS_TO_CHECK', 'is taken as days_to_check', true],
      ['tautulli.URL', 'is taken as tautulli.url', true],
      ['tautulli.Key', 'is taken as tautulli.key', true],
    ]);
    expect(conversion.fates.filter(({ became }) => became.includes('not a jitplex option'))).toEqual([]);
  });

  it.each([
    [{ days_to_check: 2, Days_To_Check: 3 }, '2', ['Days_To_Check']],
    [{ skip_specials: true, DAYS_TO_CHECK: 2, Days_To_Check: 3 }, undefined, ['DAYS_TO_CHECK', 'Days_To_Check']],
    [{ skip_specials: true, DaysToCheck: 3 }, undefined, ['DaysToCheck']],
  ])('are left out when another may be meant: %j', (config, days, left) => {
    const conversion = converted(config);
    expect(conversion.settings.nodes['tautulli-history']?.daysToCheck).toBe(days);
    for (const option of left)
      expect(fateOf(conversion, option)?.became).toBe(
        'is not a jitplex option (did you mean days_to_check?): left out',
      );
  });
});

describe('what cannot be such a configuration', () => {
  const failure = (text: string): string => {
    try {
      convert(readJson(text));
      return 'converted';
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return `${error.at.line}:${error.at.column} ${error.message}`;
    }
  };

  it('is refused with its place', () => {
    expect(failure('[]')).toBe('1:1 a configuration starts with {');
    expect(failure('{"name": "a package"}')).toMatch(/^1:1 this is not a jitplex configuration/);
    expect(failure('{"sonarr": [{"url": "http://a"}, {"url": "http://b"}]}')).toBe(
      '1:12 sonarr must contain url and key in braces',
    );
  });

  it('a bracket that is missing in the middle is not taken for one that is missing at the end', () => {
    expect(failure('{"sonarr": {"url": "http://a",\n "key": "k",\n "sabnzbd": {}}')).toBe(
      '3:2 sabnzbd is inside sonarr: a closing bracket is missing before it',
    );
    expect(failure('"sonarr": {"url": "http://a",\n "key": "k",\n "SABnzbd": {}}')).toBe(
      '3:2 SABnzbd is inside sonarr: a closing bracket is missing before it',
    );
    expect(failure('{"sonarr": {"url": "http://a", "key": "k"}')).toBe('converted');
    expect(failure('"sonarr": {"url": "http://a", "key": "k"}')).toBe('converted');
  });
});
