/** `06`; of more digits all. */
export const two = (n: number): string => String(n).padStart(2, '0');

/** `S02E06`, as people write it. */
export const episodeLabel = (season: number, episode: number): string => `S${two(season)}E${two(episode)}`;

/** `1 search`, `3 searches`. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** At most so many letters, the last one `…` where some are missing. */
export const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
