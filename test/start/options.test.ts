import { describe, expect, it } from 'vitest';
import { UsageError } from '../../scripts/start/errors.js';
import { HELP, readOptions } from '../../scripts/start/options.js';
import { namesServers, readPort, SERVER_VARIABLES, variablesOf } from '../../scripts/start/servers.js';

describe('options', () => {
  it('none: Node-RED with the editor, quietly, with the settings of the flow', () => {
    expect(readOptions([])).toEqual({
      once: false,
      json: false,
      dryRun: false,
      help: false,
      world: null,
      verbosity: 0,
      overrides: {},
    });
  });

  it("the reference's options are given to the flow by their names there", () => {
    const given = '--episodes-to-check 7 --check-overflow 0 --days-to-check 1.5 --exec-frequency 30';
    const more = '--search-cache=24 --cache-time 0.5 --notifier 3 --no-skip-specials';
    expect(readOptions(`${given} ${more}`.split(' ')).overrides).toEqual({
      episodesToCheck: 7,
      checkOverflow: 0,
      daysToCheck: 1.5,
      execFrequency: 30,
      searchCache: 24,
      cacheTime: 0.5,
      notifier: 3,
      skipSpecials: false,
    });
  });

  it.each([
    [['-v'], 1],
    [['--verbose'], 1],
    [['-vv'], 2],
    [['-v', '-v', '-v'], 2],
  ] as const)('%j is verbosity %d', (argv, verbosity) => {
    expect(readOptions(argv).verbosity).toBe(verbosity);
  });

  it.each([
    [['--episodes-to-check', '0'], '--episodes-to-check takes a whole number from 1 to 50, not "0".'],
    [['--episodes-to-check', '2.5'], '--episodes-to-check takes a whole number from 1 to 50, not "2.5".'],
    [['--days-to-check', 'two'], '--days-to-check takes a number from 0 to 365, not "two".'],
    [['--notifier', ''], '--notifier takes the number of one of Tautulli\'s notifiers, not "".'],
    [['--json'], '--json needs --once.'],
    [['--onec'], "Unknown option '--onec'"],
    [['--world'], "Option '--world <value>' argument missing"],
    [['now'], "Unexpected argument 'now'. This command does not take positional arguments"],
  ])('%j is wrong usage', (argv, message) => {
    expect(() => readOptions(argv)).toThrow(UsageError);
    expect(() => readOptions(argv)).toThrow(message);
  });

  it('the help names every option and every variable', () => {
    const options = '--once --json --dry-run --world --episodes-to-check --check-overflow --days-to-check';
    const more = '--exec-frequency --no-skip-specials --search-cache --cache-time --notifier -v -vv --help PORT';
    for (const name of [...`${options} ${more}`.split(' '), ...SERVER_VARIABLES]) expect(HELP).toContain(name);
  });
});

describe('servers of the environment', () => {
  const all = Object.fromEntries(SERVER_VARIABLES.map((name) => [name, `${name} value`]));

  it('all six are real servers, none is the sandbox, empty ones count as not set', () => {
    expect(namesServers(all)).toBe(true);
    expect(namesServers({})).toBe(false);
    expect(namesServers({ SONARR_URL: ' ' })).toBe(false);
  });

  it.each(SERVER_VARIABLES)('%s alone missing is a mistake that names it', (name) => {
    expect(() => namesServers({ ...all, [name]: '' })).toThrow(`${name} is not set while other servers are.`);
    expect(() => namesServers({ ...all, [name]: '' })).toThrow(UsageError);
  });

  it('a sandbox takes their place', () => {
    const of = (what: string) => ({ tautulli: `t ${what}`, sonarr: `s ${what}`, sabnzbd: `n ${what}` });
    const env = variablesOf({ urls: of('url'), keys: of('key') });
    expect(env).toMatchObject({ SONARR_URL: 's url', SABNZBD_API_KEY: 'n key' });
    expect(namesServers(env)).toBe(true);
  });
});

describe('the port', () => {
  it.each([
    [{}, 1880],
    [{ PORT: '' }, 1880],
    [{ PORT: '8080' }, 8080],
  ])('%j is %d', (env, port) => {
    expect(readPort(env)).toBe(port);
  });

  it.each(['abc', '-1', '70000', '80.5'])('"%s" is none', (PORT) => {
    expect(() => readPort({ PORT })).toThrow(`PORT is not a port: "${PORT}".`);
  });
});
