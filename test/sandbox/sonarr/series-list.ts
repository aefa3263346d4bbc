import type { LibrarySeries } from '../world/library.js';
import { pretty } from './answers.js';
import { changesAt, seriesResource } from './series-resource.js';
import type { SonarrStore } from './store.js';

interface Kept {
  readonly version: number;
  readonly until: number;
  readonly text: string;
}

/** `GET /series` as text, kept until something in it changes: a library of thousands is asked for again and again. */
export class SeriesList {
  private readonly texts = new Map<number, Kept>();
  private whole: { readonly changes: number; readonly until: number; readonly body: Buffer } | null = null;

  constructor(
    private readonly store: SonarrStore,
    private readonly now: () => number,
  ) {}

  all(): Buffer {
    const now = this.now();
    if (this.whole !== null && this.whole.changes === this.store.changes && now < this.whole.until)
      return this.whole.body;
    const rows = this.store.series.map((s) => this.kept(s, now));
    const body = Buffer.from(list(rows.map((r) => r.text)));
    this.whole = { changes: this.store.changes, until: rows.reduce((u, r) => Math.min(u, r.until), Infinity), body };
    return body;
  }

  ofTvdb(tvdbId: number): string {
    const found = this.store.series.filter((s) => s.tvdbId === tvdbId);
    return list(found.map((s) => this.kept(s, this.now()).text));
  }

  one(series: LibrarySeries): string {
    return this.kept(series, this.now()).text;
  }

  private kept(series: LibrarySeries, now: number): Kept {
    const known = this.texts.get(series.id);
    const version = this.store.version(series.id);
    if (known?.version === version && now < known.until) return known;
    const rows = this.store.peek(series);
    const text = pretty(seriesResource(this.store, series, rows, now));
    const kept = { version, until: changesAt(rows, now), text };
    this.texts.set(series.id, kept);
    return kept;
  }
}

const list = (texts: readonly string[]): string =>
  texts.length === 0 ? '[]' : `[\n${texts.map((t) => `  ${t.replaceAll('\n', '\n  ')}`).join(',\n')}\n]`;
