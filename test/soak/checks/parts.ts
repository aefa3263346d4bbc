import { must } from '../broken.js';
import type { Life } from '../life.js';
import type { RunRecord } from '../record.js';

/** A search that failed with an answer costs its own season or episode, and no other. */
export const checkParts = (life: Life, run: RunRecord): void => {
  if (!run.calm && !life.faulty) return;
  const struck = run.heard.filter(({ fault }) => fault !== null);
  const narrow = struck.filter(
    ({ server, method, path, fault, status }) =>
      server === 'sonarr' &&
      method === 'GET' &&
      path.endsWith('/release') &&
      fault === 'status' &&
      (status ?? 0) === 500,
  );
  if (struck.length === 0 || struck.length > narrow.length || run.cut || run.dry) return;
  const hit = new Set(narrow.map(({ search }) => new URLSearchParams(search).get('seriesId')));
  if (narrow.length > 1 || hit.has(null)) return;
  for (const { plan } of run.plans('search')) {
    if (plan.partial) continue;
    for (const item of plan.items)
      must(
        item.result?.code !== 'skipped' ||
          hit.has(String(item.series.sonarrId)) ||
          !/not tried/i.test(item.result.text),
        'a failed search costs its own season only',
        () => `${item.series.title} S${item.season}E${item.episode}: ${item.result?.text}`,
      );
  }
};
