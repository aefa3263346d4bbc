import type { PlayedRow } from '../../../src/core/plays/index.js';
import { MINUTE, toInstant } from '../../../src/core/time.js';

export const NOW = Date.parse('2026-11-22T20:00:00Z');

/** A row of Ann watching E1 of one show; `ago` is the minutes since it began, `lasted` how many it took. */
export const row = ({
  ago = 60,
  lasted = 40,
  ...rest
}: Partial<PlayedRow> & { ago?: number; lasted?: number } = {}): PlayedRow => ({
  id: 1,
  startedAt: toInstant(NOW - ago * MINUTE),
  stoppedAt: toInstant(NOW - (ago - lasted) * MINUTE),
  userId: '7',
  ratingKey: '101',
  showKey: '100',
  showTitle: 'Harbour Lights',
  title: 'Pilot',
  season: 1,
  episode: 1,
  progress: 100,
  watched: true,
  live: false,
  state: null,
  ...rest,
});

/** A session that is playing now. */
export const running = (facts: Parameters<typeof row>[0] = {}): PlayedRow =>
  row({ ago: 10, lasted: 10, id: null, state: 'playing', progress: 20, watched: false, ...facts });
