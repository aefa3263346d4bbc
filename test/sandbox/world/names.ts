import { createHash } from 'node:crypto';

/** Always the same for the same text: 32 hex digits. */
export const digest = (text: string): string => createHash('md5').update(text).digest('hex');

/** A positive 31-bit number, always the same for the same text; as Sonarr's queue ids are. */
export const number31 = (text: string): number => Number.parseInt(digest(text).slice(0, 8), 16) % 0x7fff_fffe || 1;

/** `Crème & Murder: L'Étrange` → `Creme.and.Murder.LEtrange`, as release titles are written. */
export const dotted = (title: string): string =>
  ascii(title)
    .replace(/&/g, 'and')
    .replace(/['’!?,:;()]/g, '')
    .trim()
    .replace(/[^A-Za-z0-9]+/g, '.')
    .replace(/^\.|\.$/g, '');

/** Lower case without punctuation and spaces; near enough to Sonarr's rule for invented titles (common words between others are dropped). */
export const cleanTitle = (title: string): string =>
  ascii(title)
    .split(/[^A-Za-z0-9]+/)
    .filter((word, i, all) => word !== '' && (i === 0 || i === all.length - 1 || !COMMON.has(word.toLowerCase())))
    .join('')
    .toLowerCase();

export const slug = (title: string): string =>
  ascii(title)
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

export const sortTitle = (title: string): string =>
  title
    .toLowerCase()
    .replace(/^(the|an|a) /, '')
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .replace(/ +/g, ' ')
    .trim();

export const two = (n: number): string => String(n).padStart(2, '0');

const COMMON: ReadonlySet<string> = new Set(['a', 'an', 'the', 'and', 'or', 'of']);

const ascii = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');
