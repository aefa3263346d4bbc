import type { GrabRecord, QueueRow } from '../../../src/core/contracts/index.js';
import { MINUTE, toInstant } from '../../../src/core/time.js';

export const NOW = Date.parse('2026-11-22T18:00:00Z');
export const ago = (minutes: number): string => toInstant(NOW - minutes * MINUTE);

let lastId = 0;

export const row = (episodeId: number | null, facts: Partial<QueueRow> = {}): QueueRow => ({
  id: ++lastId,
  seriesId: episodeId === null ? null : 1,
  episodeId,
  title: 'Some.Release',
  status: 'downloading',
  trackedStatus: 'ok',
  trackedState: 'downloading',
  messages: [],
  downloadId: `SABnzbd_nzo_${episodeId}`,
  protocol: 'usenet',
  client: 'SABnzbd',
  indexer: 'Lab',
  size: 1000,
  sizeLeft: 400,
  timeLeft: 60,
  ...facts,
});

export const record = (event: GrabRecord['event'], episodeId: number, facts: Partial<GrabRecord> = {}): GrabRecord => ({
  id: ++lastId,
  seriesId: 1,
  episodeId,
  event,
  date: ago(10),
  downloadId: `SABnzbd_nzo_${episodeId}`,
  sourceTitle: 'Some.Release',
  guid: event === 'grabbed' ? 'guid' : null,
  indexer: 'Lab',
  protocol: 'usenet',
  client: 'SABnzbd',
  size: 1000,
  message: null,
  ...facts,
});
