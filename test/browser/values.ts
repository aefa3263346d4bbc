import type { WorldFile } from '../sandbox/world/format.js';
import type { Entry } from './editor.js';
import { twoPeople } from '../e2e/households.js';

/** The two people, and something to pick that changes nothing: a series that nobody watches, a tag that only it has. */
export const HOUSE: WorldFile = {
  ...twoPeople,
  series: [
    ...twoPeople.series,
    { title: 'Quiet Canal', year: 2015, tags: ['by-hand'], seasons: [{ number: 1, episodes: 3 }] },
  ],
};

/** What is typed into each form, by field in the order of the Tab key; each value differs from the field's default. */
export const FLOW_FORMS = {
  'plex-jit-tautulli-history': {
    name: 'plays of the house',
    daysToCheck: '3',
    rememberedDays: '45',
    includePlaying: false,
    minimumProgress: '10',
    viewersAllowed: ['Ann', 'Bob'],
    librariesAllowed: ['TV Shows'],
  },
  'plex-jit-sonarr-lookup': { name: 'where they are', excludeTags: ['by-hand'], ignoreShows: ['Quiet Canal'] },
  'plex-jit-next-episodes': {
    name: 'what comes next',
    episodesToCheck: '2',
    checkOverflow: '1',
    execFrequency: '30',
    searchesPerRun: '7',
    searchesPerDay: '70',
    log: 'decisions',
  },
  'plex-jit-sonarr-search': { name: 'fetch', protocol: 'usenet', keepFree: '5', seasonPacks: '90' },
  'plex-jit-sabnzbd-priority': { name: 'first things first', raise: 'force', waitForJob: '5' },
  'plex-jit-tautulli-notify': {
    name: 'tell',
    notifier: ['Family'],
    subject: 'It comes: {{episodes}}',
    body: 'Look: {{#grabbed}}{{text}} {{/grabbed}}',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Entry>>>>;

export type FlowType = keyof typeof FLOW_FORMS;
export const FLOW_TYPES = Object.keys(FLOW_FORMS) as readonly FlowType[];

/** The field of each form that names its server, and the server's type. */
export const SERVER_OF: Readonly<Record<FlowType, 'tautulli' | 'sonarr' | 'sabnzbd' | null>> = {
  'plex-jit-tautulli-history': 'tautulli',
  'plex-jit-sonarr-lookup': 'sonarr',
  'plex-jit-next-episodes': null,
  'plex-jit-sonarr-search': 'sonarr',
  'plex-jit-sabnzbd-priority': 'sabnzbd',
  'plex-jit-tautulli-notify': 'tautulli',
};
