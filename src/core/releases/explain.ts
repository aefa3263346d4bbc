import type { Release } from '../contracts/index.js';
import { objections, type ReleaseSettings } from './choose.js';

/** As many kinds of rejections as a sentence can hold. */
const SHOWN = 3;

/** Numbers of their own (sizes, ages, shares) make no other kind; those in names, as in `WEBDL-2160p`, do. */
const kindOf = (rejection: string): string => rejection.replace(/(?<![\w-])\d[\d.]*(?![\w])/g, '#');

interface Kind {
  /** The first of its kind, as Sonarr says it. */
  readonly text: string;
  count: number;
}

function count(rows: readonly Release[], settings: ReleaseSettings): readonly Kind[] {
  const kinds = new Map<string, Kind>();
  for (const row of rows) {
    const own = new Map(objections(row, settings).map((text) => [kindOf(text), text]));
    for (const [kind, text] of own) {
      const known = kinds.get(kind);
      if (known) known.count += 1;
      else kinds.set(kind, { text, count: 1 });
    }
  }
  return [...kinds.values()].sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
}

/**
 * Why none of these releases was taken, the most common rejections counted:
 * `12 releases, none acceptable: 8× WEBDL-2160p is not wanted in profile; 3× …`.
 */
export function explainRejections(rows: readonly Release[], settings: ReleaseSettings): string {
  if (rows.length === 0) return 'No release was found.';
  const total = rows.length === 1 ? '1 release, not acceptable' : `${rows.length} releases, none acceptable`;
  const kinds = count(rows, settings);
  if (kinds.length === 0) return `${total}.`;
  const shown = kinds.slice(0, SHOWN).map((kind) => `${kind.count}× ${kind.text.replace(/\.$/, '')}`);
  const more = kinds.length - shown.length;
  const rest = more === 0 ? '' : `; ${more} other ${more === 1 ? 'reason' : 'reasons'}`;
  return `${total}: ${shown.join('; ')}${rest}.`;
}
