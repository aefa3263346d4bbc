/** What is typed into each form, by field in the order of the Tab key; each value differs from the field's default. */
export const FLOW_FORMS = {
  'plex-jit-tautulli-history': {
    name: 'plays of the house',
    daysToCheck: '3',
    rememberedDays: '45',
    includePlaying: false,
    minimumProgress: '10',
  },
  'plex-jit-sonarr-lookup': { name: 'where they are' },
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
    subject: 'It comes: {{episodes}}',
    body: 'Look: {{#grabbed}}{{text}} {{/grabbed}}',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string | boolean>>>>;

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
