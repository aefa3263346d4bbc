import nextEpisodes from '../../nodes/next-episodes/next-episodes.js';
import sabnzbdPriority from '../../nodes/sabnzbd-priority/sabnzbd-priority.js';
import sabnzbd from '../../nodes/sabnzbd/sabnzbd.js';
import sonarrLookup from '../../nodes/sonarr-lookup/sonarr-lookup.js';
import sonarrSearch from '../../nodes/sonarr-search/sonarr-search.js';
import sonarr from '../../nodes/sonarr/sonarr.js';
import tautulliHistory from '../../nodes/tautulli-history/tautulli-history.js';
import tautulliNotify from '../../nodes/tautulli-notify/tautulli-notify.js';
import tautulli from '../../nodes/tautulli/tautulli.js';

/** What registers each of our nodes, servers first, as Node-RED loads it. */
export const MODULES = [
  tautulli,
  sonarr,
  sabnzbd,
  tautulliHistory,
  sonarrLookup,
  nextEpisodes,
  sonarrSearch,
  sabnzbdPriority,
  tautulliNotify,
];
