import type { ExternalIds } from '../../core/contracts/index.js';

const NO_IDS: ExternalIds = { tvdb: null, tmdb: null, imdb: null };

/**
 * Ids of the *show* in a guid of one of Plex's old agents, whether it is the show's or an episode's:
 * `com.plexapp.agents.thetvdb://73244/3/1?lang=en` is series 73244, season 3, episode 1.
 * A guid of the new agent (`plex://episode/…`), of a file (`local://…`) or of an anime list holds none.
 */
export const idsFromGuid = (guid: string): ExternalIds => {
  const number = (pattern: RegExp): number | null => {
    const found = Number(pattern.exec(guid)?.[1]);
    return found > 0 ? found : null;
  };
  return {
    tvdb: number(/agents\.(?:thetvdb(?:dvdorder)?:\/\/|hama:\/\/tvdb\d?-)(\d+)/),
    tmdb: number(/agents\.(?:themoviedb:\/\/|hama:\/\/tmdb-)(\d+)/),
    imdb: /agents\.imdb:\/\/(tt\d+)/.exec(guid)?.[1] ?? null,
  };
};

/** Ids of a list such as `["imdb://tt11280740","tmdb://95396","tvdb://371980"]`, as metadata of the new agent has it. */
export const idsFromGuids = (guids: readonly string[]): ExternalIds =>
  guids.reduce((ids, guid): ExternalIds => {
    const [, source, id = ''] = /^(tvdb|tmdb|imdb):\/\/(\w+)$/.exec(guid) ?? [];
    if (source === 'imdb') return { ...ids, imdb: id };
    const number = Number(id);
    return source !== undefined && number > 0 ? { ...ids, [source]: number } : ids;
  }, NO_IDS);

/** The first of the two that knows an id. */
export const mergeIds = (first: ExternalIds, second: ExternalIds): ExternalIds => ({
  tvdb: first.tvdb ?? second.tvdb,
  tmdb: first.tmdb ?? second.tmdb,
  imdb: first.imdb ?? second.imdb,
});
