import { exampleFlow } from '../e2e/bench.js';

/** What is typed, ticked, chosen (by value) or picked (by name) into a field; of `rules` `viewer Ann 2`. */
export type Filling = Readonly<Record<string, string | boolean | readonly string[]>>;

/** Reached at the same URL as the servers of the example: a form can be given another one that answers. */
const SPARE = { tautulli: 'spare-tautulli', sonarr: 'spare-sonarr', sabnzbd: 'spare-sabnzbd' } as const;
type Service = keyof typeof SPARE;

const CONNECTION: Filling = {
  contextStore: 'attic',
  timeout: '45',
  user: 'ann',
  password: 'swordfish',
  headers: 'X-One: 1 | X-Two: 2',
  tls: 'our-tls',
  proxy: 'our-proxy',
};

/** Every field of every form, each with a value that it does not have by itself. */
export const FLOW_FORMS: Readonly<Record<string, Filling>> = {
  'jit-history': {
    name: 'plays of the house',
    server: SPARE.tautulli,
    daysToCheck: '3',
    rememberedDays: '45',
    includePlaying: false,
    minimumProgress: '10',
    watchedOnly: true,
    viewersAllowed: ['Ann', 'Bob'],
    viewersDenied: ['Bob'],
    librariesAllowed: ['TV Shows'],
    librariesDenied: ['TV Shows'],
  },
  'jit-lookup': {
    name: 'where they are',
    server: SPARE.sonarr,
    excludeTags: ['by-hand'],
    ignoreShows: ['Quiet Canal', 'Night Ferry'],
    unitsRead: '12',
  },
  'jit-next': {
    name: 'what comes next',
    episodesToCheck: '2',
    checkOverflow: '1',
    execFrequency: '55',
    skipSpecials: false,
    rules: ['viewer Ann 4', 'library TV Shows 0', 'tag by-hand 1'],
    sharedViewers: ['Bob', 'Ann'],
    searchesPerRun: '7',
    searchesPerDay: '70',
    log: 'decisions',
  },
  'jit-search': {
    name: 'fetch',
    server: SPARE.sonarr,
    choose: 'sonarr',
    protocol: 'usenet',
    monitor: 'for-good',
    keepFree: '5',
    seasonPacks: '90',
    dryRun: true,
  },
  'jit-priority': {
    name: 'first things first',
    server: SPARE.sabnzbd,
    raise: 'force',
    waitForJob: '5',
    dryRun: true,
  },
  'jit-notify': {
    name: 'tell',
    server: SPARE.tautulli,
    notifier: ['Family'],
    subject: 'It comes: {{episodes}}',
    body: 'Look:\n{{#grabbed}}{{text}} {{/grabbed}}',
    tell: ['problems', 'unmatched'],
    dryRun: true,
  },
};

/** By the node that each opens from. */
export const SERVER_FORMS: Readonly<Record<string, { service: Service; fields: Filling }>> = {
  'jit-history': {
    service: 'tautulli',
    fields: { name: 'the tautulli', url: 'http://tautulli:8181/base', apiKey: 't-key', ...CONNECTION },
  },
  'jit-lookup': {
    service: 'sonarr',
    fields: {
      downloadClient: ['SABnzbd'],
      name: 'the sonarr',
      url: 'http://sonarr:8989/tv',
      apiKey: 's-key',
      sabnzbd: 'jit-sabnzbd',
      linkUrl: 'https://sonarr.example/tv',
      cacheTime: '7',
      searchCache: '24',
      ...CONNECTION,
    },
  },
  'jit-priority': {
    service: 'sabnzbd',
    fields: { name: 'the sabnzbd', url: 'http://sabnzbd:8080', apiKey: 'b-key', ...CONNECTION },
  },
};

/** What the environment decides, in fields that have no text to type it into. */
export const VARIABLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'by-env-history': { includePlaying: '${PLAYING}', watchedOnly: '$(WATCHED)', viewersDenied: '${NOBODY}' },
  'by-env-next': { skipSpecials: '${SPECIALS}', log: '${LOG}' },
  'by-env-search': { choose: '${CHOOSE}', monitor: '${MONITOR}', dryRun: '${DRY}' },
  'by-env-priority': { raise: '${RAISE}', dryRun: '${DRY}' },
  'by-env-notify': { tell: ['${TELL}', 'problems', 'grabbed'], dryRun: '${DRY}' },
};

/** A timer far from what the planner is told, a notifier that Tautulli does not have. */
const ODD: Readonly<Record<string, object>> = {
  'by-env-next': { execFrequency: '10' },
  'by-env-notify': { notifier: '77', notifierName: 'Pager' },
};

export async function flows(): Promise<readonly object[]> {
  const example = await exampleFlow();
  const again = (id: string, of: object): object => ({ ...example.find((node) => node.id === id), ...of });
  const server = (service: Service): object =>
    again(`jit-${service}`, { id: SPARE[service], name: 'spare', ...(service === 'sonarr' && { sabnzbd: '' }) });
  const byEnvironment = Object.entries(VARIABLES).map(([id, variables], i) => ({
    ...again(id.replace('by-env', 'jit'), { id, z: 'by-env', x: 200, y: 80 + i * 60, wires: [['by-env-next']] }),
    ...variables,
    ...ODD[id],
  }));
  const SERVED = { downloadClient: '${CLIENT}', contextStore: '${STORE}' };
  return [
    ...example.map((node) => ({ ...node, ...(node.id === 'jit-sonarr' && SERVED) })),
    ...byEnvironment,
    { id: 'by-env', type: 'tab', label: 'By environment' },
    {
      ...{ id: 'by-env-timer', type: 'inject', z: 'by-env', name: '', props: [], repeat: '3600', crontab: '' },
      ...{ once: false, topic: '', x: 60, y: 60, wires: [['by-env-history']] },
    },
    ...Object.keys(SPARE).map((service) => server(service as Service)),
    {
      ...{ id: 'our-tls', type: 'tls-config', name: 'our CA', cert: '', key: '', ca: '', certname: '', keyname: '' },
      ...{ caname: '', servername: '', verifyservercert: true, alpnprotocol: '' },
    },
    { id: 'our-proxy', type: 'http proxy', name: 'our proxy', url: 'http://proxy:3128', noproxy: [] },
  ];
}

export const STORES = `settings.contextStorage.attic = { module: 'memory' };`;
