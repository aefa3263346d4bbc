import { type NumberSetting, RANGES } from '../core/forms/index.js';
import { type Member, type Place, type Reading, type Tree, Unreadable } from './json/types.js';
import { inAnyCase, type Section, unknownOptions } from './names.js';
import { type Taken, takeNotifier, takeNumber, takeSwitch } from './plain-options.js';
import { convertServer } from './servers.js';
import { type Conversion, type Fate, SERVICES, type Service, type Variable } from './types.js';

interface NumberOption {
  readonly section: Service | null;
  readonly option: string;
  readonly node: string;
  readonly setting: NumberSetting;
  /** What a user of the reference should know. */
  readonly note?: string;
}

/** The numbers of the reference, and the form that holds each. */
const NUMBERS: readonly NumberOption[] = [
  { section: 'sonarr', option: 'cache_time', node: 'sonarr', setting: 'cacheTime' },
  { section: null, option: 'search_cache', node: 'sonarr', setting: 'searchCache' },
  { section: null, option: 'days_to_check', node: 'tautulli-history', setting: 'daysToCheck' },
  {
    section: null,
    option: 'episodes_to_check',
    node: 'next-episodes',
    setting: 'episodesToCheck',
    note: 'exactly this many; jitplex checked one more',
  },
  { section: null, option: 'check_overflow', node: 'next-episodes', setting: 'checkOverflow' },
  { section: null, option: 'exec_frequency', node: 'next-episodes', setting: 'execFrequency', note: 'the timer too' },
];
const SKIP = 'skip_specials';
const UPTIME = 'uptime_url';

const KNOWN: Readonly<Record<'top' | Service, readonly string[]>> = {
  top: [...SERVICES, SKIP, UPTIME, ...NUMBERS.filter(({ section }) => section === null).map(({ option }) => option)],
  tautulli: ['url', 'key', 'notifier'],
  sonarr: ['url', 'key', 'cache_time'],
  sabnzbd: ['url', 'key'],
};

const sectionOf = (top: Section, service: Service): Section => {
  const value = top.get(service)?.value;
  if (value === undefined) return new Map();
  if (value.kind !== 'object') throw new Unreadable(value.at, `${service} must contain url and key in braces`);
  return value.members;
};

/** A bracket that closes only at the end of the file must not have swallowed what stands beside it. */
const checkClosing = (sections: Readonly<Record<Service, Section>>, unclosed: Place | null): void => {
  if (unclosed === null) return;
  for (const service of SERVICES) {
    const [swallowed] = [...sections[service]].filter(([name]) => KNOWN.top.includes(name.toLowerCase()));
    if (swallowed)
      throw new Unreadable(
        swallowed[1].at,
        `${swallowed[0]} is inside ${service}: a closing bracket is missing before it`,
      );
  }
};

const absent = (option: string, became: string): Fate => ({
  option,
  at: null,
  became: `is missing: ${became}`,
  attention: false,
});

const fateOf = (option: string, { at }: Member, { became, attention }: Taken<unknown>): Fate => ({
  option,
  at,
  became,
  attention,
});

/** The address that is pinged, empty for none; null for what is no text. */
const pingOf = (tree: Tree): string | null => {
  if (tree.kind !== 'plain') return null;
  if (tree.value === null) return '';
  return typeof tree.value === 'string' ? tree.value.trim() : null;
};

class Converter {
  readonly #top: Section;
  readonly #sections: Readonly<Record<Service, Section>>;
  readonly #renamed: readonly Fate[];
  readonly #nodes: Record<string, Record<string, string | boolean>> = {};
  readonly #fates: Fate[] = [];
  #every: number | null = null;

  /** @param renamed what became of names that are written in another case */
  constructor(top: Section, sections: Readonly<Record<Service, Section>>, renamed: readonly Fate[]) {
    this.#top = top;
    this.#sections = sections;
    this.#renamed = renamed;
  }

  #set(node: string, setting: string, value: string | boolean): void {
    this.#nodes[node] = { ...this.#nodes[node], [setting]: value };
  }

  #number({ section, option, node, setting, note }: NumberOption): void {
    const name = section === null ? option : `${section}.${option}`;
    const member = (section === null ? this.#top : this.#sections[section]).get(option);
    const { label, fallback } = RANGES[setting];
    if (member === undefined) return void this.#fates.push(absent(name, `${label}: ${fallback}, the default`));
    const taken = takeNumber(setting, member);
    const told = note === undefined || taken.value === null ? taken : { ...taken, became: `${taken.became} (${note})` };
    this.#fates.push(fateOf(name, member, told));
    if (taken.value === null) return;
    this.#set(node, setting, String(taken.value));
    if (setting === 'execFrequency') this.#every = taken.value;
  }

  #notifier(): void {
    const member = this.#sections.tautulli.get('notifier');
    if (member === undefined) return void this.#fates.push(absent('tautulli.notifier', 'no message is sent'));
    const taken = takeNotifier(member);
    this.#fates.push(fateOf('tautulli.notifier', member, taken));
    if (taken.value !== null) this.#set('tautulli-notify', 'notifier', taken.value);
  }

  #specials(): void {
    const member = this.#top.get(SKIP);
    if (member === undefined) return void this.#fates.push(absent(SKIP, 'specials are skipped, the default'));
    const taken = takeSwitch('Skip specials', member);
    this.#fates.push(fateOf(SKIP, member, taken));
    if (taken.value !== null) this.#set('next-episodes', 'skipSpecials', taken.value);
  }

  #uptime(): readonly Variable[] {
    const member = this.#top.get(UPTIME);
    if (member === undefined) {
      this.#fates.push(absent(UPTIME, 'nothing is pinged'));
      return [];
    }
    const told = (became: string, attention: boolean): void => {
      this.#fates.push({ option: UPTIME, at: member.at, became, attention });
    };
    const value = pingOf(member.value);
    if (value === '') {
      told('is empty: nothing is pinged', false);
      return [];
    }
    if (value === null || !/^https?:\/\//i.test(value) || !URL.canParse(value)) {
      told('is not a URL: nothing is pinged', true);
      return [];
    }
    told('UPTIME_URL, in the env file only; pinged at the end of every run', false);
    return [{ name: 'UPTIME_URL', value }];
  }

  run(): Conversion {
    const servers = SERVICES.map((service) => [service, convertServer(service, this.#sections[service])] as const);
    this.#fates.push(...servers.flatMap(([, { fates }]) => fates));
    this.#notifier();
    for (const option of NUMBERS) this.#number(option);
    this.#specials();
    const uptime = this.#uptime();
    this.#fates.push(
      ...this.#renamed,
      ...unknownOptions(this.#top, KNOWN.top, ''),
      ...SERVICES.flatMap((service) => unknownOptions(this.#sections[service], KNOWN[service], `${service}.`)),
    );
    return {
      settings: {
        nodes: this.#nodes,
        credentials: Object.fromEntries(servers.map(([service, { credentials }]) => [service, credentials])),
        every: this.#every,
      },
      variables: [...servers.flatMap(([, { variables }]) => variables), ...uptime],
      fates: this.#fates,
    };
  }
}

/**
 * What a `config.json` of the reference means for this package.
 * @throws Unreadable for what cannot be such a configuration
 */
export const convert = ({ root, unclosed }: Reading): Conversion => {
  if (root.kind !== 'object') throw new Unreadable(root.at, 'a configuration starts with {');
  const { section: top, renamed } = inAnyCase(root.members, KNOWN.top);
  if (!KNOWN.top.some((name) => top.has(name)))
    throw new Unreadable(root.at, `this is not a jitplex configuration: it has none of ${KNOWN.top.join(', ')}`);
  const read = SERVICES.map((service) => {
    return [service, inAnyCase(sectionOf(top, service), KNOWN[service], `${service}.`)] as const;
  });
  const sections = Object.fromEntries(read.map(([service, { section }]) => [service, section])) as Record<
    Service,
    Section
  >;
  checkClosing(sections, unclosed);
  return new Converter(top, sections, [...renamed, ...read.flatMap(([, one]) => one.renamed)]).run();
};
