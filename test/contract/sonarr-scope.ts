/** Recorded routes and states that this package neither uses nor meets, each with the reason why the stand-in leaves them out. */
const BY_ROUTE: readonly (readonly [route: RegExp, reason: string])[] = [
  [/^\w+ \/api\/v5\//, 'API v5: v3 is what both versions have'],
  [/ \/signalr\//, 'push: never used'],
  [/ \/hook$/, 'what Sonarr sends by itself; no source of this package yet'],
  [/ \/api\/v3\/(series\/lookup|parse|calendar|wanted|blocklist|system\/task)/, 'never asked'],
  [/ \/api\/v3\/(episodefile|qualityprofile|qualitydefinition|customformat|language|delayprofile)/, 'never asked'],
  [/ \/api\/v3\/(config|notification)(\/|$)/, 'settings of Sonarr: never read or changed'],
  [/ \/api\/v3\/(downloadclient|indexer)\//, 'one indexer or client: never read or changed'],
  [/^(PUT|POST) \/api\/v3\/(series|seasonpass|tag)/, 'series, seasons and tags are never changed'],
  [/^(DELETE|POST) \/api\/v3\/(queue|command\/)/, 'queue items and commands are never deleted or forced'],
  [/^DELETE \/api\/v3\/command\//, 'commands are never cancelled'],
];

const BY_NAME: readonly (readonly [name: RegExp, reason: string])[] = [
  [/^clean_titles$/, 'no request: test vectors of the matching'],
  [/_season_images$/, 'includeSeasonImages is never sent'],
  [/^cmd_(season_search|series_search|missing|refresh_series|rss_sync)/, 'commands that are never sent'],
  [
    /^cmd_(after_restart|interrupted_by_restart|get_cancelled)/,
    'commands after a restart or a cancellation: never read',
  ],
  [/^health(_paths|_no_indexer|_sab_refused)?$/, "their rows come from the folders of the recording's own set-up"],
];

/** Why a recording is not replayed; undefined: it is. */
export const reasonOut = (name: string, method: string | undefined, path: string | undefined): string | undefined =>
  BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ??
  BY_ROUTE.find(([pattern]) => pattern.test(`${method ?? ''} ${path ?? ''}`))?.[1];
