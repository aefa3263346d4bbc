import { INDEXER_URL } from '../indexer/listing.js';
import { ok } from './answers.js';
import type { Route } from './routes.js';

const WIKI = 'https://wiki.servarr.com/sonarr/supported#';

/** One setting of an indexer or a client; keys come masked (seen on v5-develop). */
const field = (order: number, name: string, label: string, value: string | number) => ({
  order,
  name,
  label,
  value,
  type: 'textbox',
  advanced: false,
  privacy: name === 'apiKey' ? 'apiKey' : 'normal',
  isFloat: false,
});

const MASKED = '********';

/** What is set up in Sonarr as far as the editor's test and lists read it. */
export const settingsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/indexer',
    answer: ({ sonarr }) => {
      const { interactiveSearch = true } = sonarr.world.indexer ?? {};
      return ok([
        {
          enableRss: true,
          enableAutomaticSearch: true,
          enableInteractiveSearch: interactiveSearch,
          supportsRss: true,
          supportsSearch: true,
          protocol: 'usenet',
          priority: 25,
          seasonSearchMaximumSingleEpisodeAge: 0,
          downloadClientId: 0,
          name: sonarr.indexer.name,
          fields: [
            field(0, 'baseUrl', 'URL', INDEXER_URL),
            field(1, 'apiPath', 'API Path', '/api'),
            field(2, 'apiKey', 'API Key', MASKED),
          ],
          implementationName: 'Newznab',
          implementation: 'Newznab',
          configContract: 'NewznabSettings',
          infoLink: `${WIKI}newznab`,
          tags: [],
          id: 1,
        },
      ]);
    },
  },
  {
    method: 'GET',
    path: '/downloadclient',
    answer: ({ sonarr }) =>
      ok([
        {
          enable: sonarr.world.sonarr?.usenetClient ?? true,
          protocol: 'usenet',
          priority: 1,
          removeCompletedDownloads: true,
          removeFailedDownloads: true,
          name: 'SABnzbd',
          fields: [
            field(0, 'host', 'Host', 'sabnzbd'),
            field(1, 'port', 'Port', 8080),
            field(4, 'apiKey', 'API Key', MASKED),
          ],
          implementationName: 'SABnzbd',
          implementation: 'Sabnzbd',
          configContract: 'SabnzbdSettings',
          infoLink: `${WIKI}sabnzbd`,
          tags: [],
          id: 1,
        },
      ]),
  },
];
