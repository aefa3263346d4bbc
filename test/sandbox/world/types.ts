/** The sandbox's clock: milliseconds since 1970. */
export interface SandboxClock {
  now(): number;
  /** Jumps ahead. */
  advance(ms: number): void;
  /** Resolves when that much sandbox time has gone by. */
  sleep(ms: number): Promise<void>;
}

/** What Sonarr hands to a download client. */
export interface NewJob {
  /** Job name, without `.nzb`. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly category: string;
  /** SABnzbd's number: -100 default, -1 low, 0 normal, 1 high, 2 force. */
  readonly priority: number;
  readonly failsDownload?: boolean;
}

export interface ClientJob {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly size: number;
  readonly sizeLeft: number;
  /** As Sonarr would see it. */
  readonly state: 'downloading' | 'paused' | 'completed' | 'failed';
}

/** SABnzbd as Sonarr sees it, in process; the same model answers over HTTP as the SABnzbd stand-in. */
export interface DownloadClient {
  /** Throws `DownloadClientDown` when the stand-in refuses connections. */
  add(job: NewJob): string;
  /** Jobs of a category, queue first, then finished ones; throws `DownloadClientDown`. */
  jobs(category: string): readonly ClientJob[];
  /** Sonarr has imported it: leaves the history as SABnzbd's setting says. */
  imported(id: string): void;
}

export class DownloadClientDown extends Error {}
