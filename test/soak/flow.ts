import { FORM_VERSION } from '../../src/core/forms/index.js';
import type { Sandbox } from '../sandbox/index.js';
import type { FlowNodeDef } from './red.js';

/** Says what was told so that it can be read back: `+Show S01E02` for each line of grabs. */
const BODY = '{{#grabbed}}+{{series}}|{{episodes}}\n{{/grabbed}}{{#problems}}!{{text}}\n{{/problems}}';

/** The libraries of the flows, when there are several: each Sonarr has its own. */
const LIBRARIES = ['TV Shows', 'Anime'];

const STEPS = ['history', 'lookup', 'next', 'search', 'priority', 'notify'] as const;
export type Step = (typeof STEPS)[number];

/** Which step of which flow a node is, by its id. */
export const placeOf = (id: string): { readonly step: Step; readonly flow: number } | null => {
  const [step, flow] = id.split('-');
  return (STEPS as readonly string[]).includes(step ?? '') ? { step: step as Step, flow: Number(flow) } : null;
};

/** As in the examples: one flow for each Sonarr, all with the same Tautulli and SABnzbd. */
export const flowFor = (sandbox: Sandbox, settings: Readonly<Record<string, unknown>>): readonly FlowNodeDef[] => {
  const { urls, keys } = sandbox;
  const common = { ...settings, configVersion: FORM_VERSION, name: '' };
  const server = (id: string, url: string, apiKey: string, more: object = {}): FlowNodeDef => ({
    ...common,
    id,
    type: `plex-jit-${id.split('-')[0]}`,
    url,
    timeout: '30',
    tls: '',
    contextStore: '',
    credentials: { apiKey },
    ...more,
  });
  const libraries = (flow: number) => (urls.sonarrs.length > 1 ? { librariesAllowed: [LIBRARIES[flow] ?? ''] } : {});
  return [
    server('tautulli', urls.tautulli, keys.tautulli),
    server('sabnzbd', urls.sabnzbd, keys.sabnzbd),
    ...urls.sonarrs.flatMap((url, flow): FlowNodeDef[] => {
      const of = (step: Step) => `${step}-${flow}`;
      const node = (step: Step, type: string, on: string, wires: readonly (readonly Step[])[]): FlowNodeDef => ({
        ...common,
        ...(step === 'history' ? libraries(flow) : {}),
        id: of(step),
        type: `plex-jit-${type}`,
        server: on,
        wires: wires.map((steps) => steps.map(of)),
      });
      return [
        server(`sonarr-${flow}`, url, keys.sonarr, { sabnzbd: 'sabnzbd' }),
        node('history', 'tautulli-history', 'tautulli', [['lookup']]),
        node('lookup', 'sonarr-lookup', `sonarr-${flow}`, [['next']]),
        node('next', 'next-episodes', '', [['search']]),
        node('search', 'sonarr-search', `sonarr-${flow}`, [['priority'], ['priority']]),
        node('priority', 'sabnzbd-priority', 'sabnzbd', [['notify']]),
        { ...node('notify', 'tautulli-notify', 'tautulli', [[]]), notifier: '1', body: BODY },
      ];
    }),
  ];
};
