import { DAY, HOUR } from '../../../src/core/time.js';
import type { Judged } from '../../sandbox/sonarr/decision.js';
import type { EpisodeRow } from '../../sandbox/sonarr/store.js';
import { must } from '../broken.js';
import type { Life } from '../life.js';
import type { Truth } from '../truth.js';

/** Minutes between the runs after which all must be well, once nothing is broken any more. */
export const SETTLING: readonly number[] = [1, 20, 61, 300, 1500, 3000, 60, 1500, 1500, 1500, 60];

/**
 * Once all is well for some days: what comes right after somebody's latest play is there or on its way, unless Sonarr
 * has nothing that it approves.
 */
export const checkArrived = async (life: Life, truth: Truth, knew: KnewOf): Promise<void> => {
  for (const [no, series, row] of nextOnes(life, truth, knew)) {
    if (row.fileId > 0 || truth.onItsWay(no, row).length > 0 || isHeld(truth, no, row)) continue;
    const found = await truth.sonarr(no).searchEpisode(row);
    const torrents = life.household.settings.protocol === 'any';
    const approved = found.filter((judged) => judged.rows.includes(row) && isTakeable(judged, torrents));
    must(
      approved.every(({ rows }) => rows.some((other) => other !== row && isBusy(truth, no, other))),
      'what is next arrives in the end',
      () => `${series}: ${truth.label(row)}, approved: ${approved.map(({ release }) => release.title).join()}`,
    );
  }
};

/** Sonarr approves it, we may take it, and nothing goes wrong with it later. */
const isTakeable = ({ approved, release: { protocol, spec } }: Judged, torrents: boolean): boolean =>
  approved && spec.nzb === undefined && spec.failsDownload !== true && (torrents || protocol === 'usenet');

const isBusy = (truth: Truth, no: number, row: EpisodeRow): boolean =>
  row.fileId > 0 || truth.onItsWay(no, row).length > 0;

/** Sonarr itself holds it back, or a person must look after it. */
const isHeld = (truth: Truth, no: number, row: EpisodeRow): boolean => {
  const { tracker } = truth.sonarr(no);
  return tracker.pending.some(({ rows }) => rows.includes(row)) || tracker.holding(row.base.id).length > 0;
};

/** Whether a plan knew of a play of that time, by viewer and series: one that grew old unseen opens no want. */
export type KnewOf = (viewer: string, seriesId: number, at: number) => boolean;

function* nextOnes(life: Life, truth: Truth, knew: KnewOf): Generator<readonly [number, string, EpisodeRow]> {
  const { world } = life;
  for (const series of world.library.series) {
    const no = life.flows.length > 1 && series.spec.library === 'Anime' ? 1 : 0;
    if (truth.sonarr(no).store.find(series.id) === undefined) continue;
    const order = truth.inOrder(no, series.id);
    for (const [viewer, plays] of truth.plays(no, series.id)) {
      const last = plays.at(-1);
      if (
        last === undefined ||
        last.place < 0 ||
        truth.redated.has(series.id) ||
        truth.takenFrom.has(series.id) ||
        !knew(viewer, series.id, last.at)
      )
        continue;
      const row = order[last.place + 1];
      // Out-of-order viewers and those who share an account are not told apart here: the next one is wanted by all.
      if (row !== undefined && truth.hasAired(no, row, life.now - DAY - 4 * HOUR)) yield [no, series.key, row];
    }
  }
}

/** What was monitored for a while only is put back, and nothing else is changed. */
export const checkMonitoring = (life: Life, truth: Truth): void => {
  const { monitor } = life.household.settings;
  for (const no of life.flows) {
    for (const series of truth.sonarr(no).store.series) {
      if (truth.takenFrom.has(series.id)) continue;
      for (const row of truth.sonarr(no).store.episodes(series.id)) {
        const { monitored } = row.base;
        must(!monitored || row.monitored, 'nothing is unmonitored that was monitored', () => truth.label(row));
        if (monitor === 'never' || (monitor === 'until-file' && row.fileId > 0))
          must(row.monitored === monitored, 'monitoring is put back', () => truth.label(row));
      }
    }
  }
};
