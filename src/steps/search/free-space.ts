import type { DiskSpace } from '../../clients/sonarr/types.js';
import type { PlanItem } from '../../core/contracts/index.js';
import { reasonFor } from '../../core/planning/index.js';
import { itemError } from '../failures.js';
import type { Work } from './work.js';

const GB = 1e9;
export const gb = (bytes: number): string => `${(bytes / GB).toFixed(1)} GB`;

const isWindows = (path: string): boolean => /^[A-Za-z]:|^\\\\/.test(path);

/** With a slash at the end, so that `/tv` is not taken for the start of `/tv2/show`. */
const asFolder = (path: string): string => {
  const slashes = isWindows(path) ? path.replaceAll('\\', '/').toLowerCase() : path;
  return slashes.endsWith('/') ? slashes : `${slashes}/`;
};

/** The mount that holds a path: the longest that it begins with. */
export const mountOf = (mounts: readonly DiskSpace[], path: string): DiskSpace | null => {
  const folder = asFolder(path);
  const holding = mounts.filter((mount) => folder.startsWith(asFolder(mount.path)));
  return holding.reduce<DiskSpace | null>(
    (best, mount) => (best === null || mount.path.length > best.path.length ? mount : best),
    null,
  );
};

/** What of it is still to arrive; the jobs of a season pack count once. */
const arriving = (items: readonly PlanItem[]): readonly PlanItem[] => {
  const jobs = new Map<string, PlanItem>();
  for (const item of items) {
    if (item.download !== null) jobs.set(item.download.downloadId ?? `episode ${item.episodeId}`, item);
  }
  return [...jobs.values()];
};

/** Free space on Sonarr's disks, less what is on its way there. */
export class FreeSpace {
  readonly #work: Work;
  readonly #mounts: readonly DiskSpace[];
  readonly #taken = new Map<string, number>();

  private constructor(work: Work, mounts: readonly DiskSpace[]) {
    this.#work = work;
    this.#mounts = mounts;
    for (const { series, download } of arriving(work.ledger.items())) {
      this.take(series.sonarrId, download?.sizeLeft ?? download?.size ?? 0);
    }
  }

  /** One request, or none when nothing has to stay free. Null: it could not be read. */
  static async read(work: Work): Promise<FreeSpace | null> {
    if (work.settings.keepFree <= 0) return new FreeSpace(work, []);
    try {
      return new FreeSpace(work, await work.deps.client.diskSpace());
    } catch (error) {
      work.ledger.error(itemError(error, work.deps.signal).toRunError());
      return null;
    }
  }

  /** Whether so many bytes more still leave free what has to stay free. True where the disk of a series is not known. */
  fits(seriesId: number, bytes = 0): boolean {
    const mount = this.#mountOf(seriesId);
    return mount === null || this.#left(mount) - bytes >= this.#work.settings.keepFree * GB;
  }

  take(seriesId: number, bytes: number): void {
    const mount = this.#mountOf(seriesId);
    if (mount !== null) this.#taken.set(mount.path, (this.#taken.get(mount.path) ?? 0) + bytes);
  }

  /** The item is left alone; `bytes` is the size of what was found for it. */
  markFull(item: PlanItem, bytes = 0): void {
    const { ledger, settings } = this.#work;
    const mount = this.#mountOf(item.series.sonarrId);
    const left = mount === null ? '' : `${gb(this.#left(mount))} left on ${mount.path}`;
    const needs = bytes > 0 ? `, ${gb(bytes)} needed` : '';
    const reason = reasonFor('disk-full', { by: `${left}${needs}, ${settings.keepFree} GB must stay free` });
    ledger.change(item.episodeId, { action: 'none', reason, result: { code: 'skipped', text: reason.text } });
  }

  #left(mount: DiskSpace): number {
    return mount.freeSpace - (this.#taken.get(mount.path) ?? 0);
  }

  #mountOf(seriesId: number): DiskSpace | null {
    const path = this.#work.deps.state.index.current?.byId.get(seriesId)?.path;
    return path === undefined ? null : mountOf(this.#mounts, path);
  }
}
