/**
 * The reference's published example, with all options of its README: the comma behind `episodes_to_check` is missing,
 * and one stands behind the last option. That it is no valid JSON is fault B4.
 */
export const PUBLISHED = `{"tautulli":{"url":"http://HOST:PORT/URL_BASE/api/v2",
             "key":"key",
             "notifier":-1},
 "sonarr":{"url":"http://HOST:PORT/URL_BASE/",
           "key":"key",
           "cache_time":6},
 "sabnzbd":{"url":"http://HOST:PORT/URL_BASE/api",
            "key":"key"},
 "days_to_check":2,
 "episodes_to_check":5
 "check_overflow":3,
 "skip_specials": true,
 "exec_frequency":60,
 "search_cache":48,
 "uptime_url":"",
}`;

export const KEYS = {
  tautulli: '11112222333344445555666677778888',
  sonarr: 'aaaabbbbccccddddeeeeffff00001111',
  sabnzbd: '9999888877776666555544443333aaaa',
} as const;
export const PING = 'https://hc-ping.com/3b1d7d7e-0000-4c8e-9d7b-1f2e3d4c5b6a';

/** A configuration that works with the reference, every option set to something that is no default. */
export const WORKING = {
  tautulli: { url: 'http://nas:8181/tautulli/api/v2', key: KEYS.tautulli, notifier: 3 },
  sonarr: { url: 'http://nas:8989/sonarr/', key: KEYS.sonarr, cache_time: 12 },
  sabnzbd: { url: 'https://nas:9090/sabnzbd/api', key: KEYS.sabnzbd },
  days_to_check: 4,
  episodes_to_check: 7,
  check_overflow: 2,
  skip_specials: false,
  exec_frequency: 30,
  search_cache: 24,
  uptime_url: PING,
} as const;
