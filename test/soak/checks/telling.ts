import { must } from '../broken.js';
import type { Life } from '../life.js';
import type { Truth } from '../truth.js';

/** `S01E02, S01E04`, `S02E06–E09` → season and episode each. */
const labelsIn = (text: string): readonly string[] =>
  text.split(', ').flatMap((part) => {
    const [, season = '', from = '', to = from] = /^S(\d+)E(\d+)(?:–E(\d+))?$/.exec(part) ?? [];
    const count = Number(to) - Number(from) + 1;
    return Array.from({ length: count }, (_, i) => `S${Number(season)}E${Number(from) + i}`);
  });

/** No grab is told twice, as long as Node-RED remembers what was told. */
export const checkTelling = (life: Life, truth: Truth): void => {
  const told = new Map<string, number>();
  for (const { body } of life.world.notifications()) {
    for (const line of body.split('\n').filter((text) => text.startsWith('+'))) {
      const [series = '', episodes = ''] = line.slice(1).split('|');
      for (const label of labelsIn(episodes)) {
        const name = `${series.replace(' Anew', '')} ${label}`;
        told.set(name, (told.get(name) ?? 0) + 1);
      }
    }
  }
  const made = new Map<string, number>();
  for (const no of life.flows) {
    for (const { rows } of truth.sonarr(no).grabber.grabs) {
      for (const row of rows) made.set(truth.label(row), (made.get(truth.label(row)) ?? 0) + 1);
    }
  }
  for (const [name, times] of told)
    must(times <= (made.get(name) ?? 0), 'a grab is told once', () => `${name}: told ${times}, made ${made.get(name)}`);
};
