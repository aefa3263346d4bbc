import type { GrabNews } from './news.js';
import { notificationView } from './notification.js';

const EXAMPLE: GrabNews = {
  id: '',
  series: 'Harbour Lights',
  season: 2,
  episodes: [6, 7],
  viewers: ['Ann'],
  size: 2_100_000_000,
  at: '',
};

/** What a message of two episodes that are on their way is made of: for whoever wants to see one before the first run. */
export const EXAMPLE_VIEW = notificationView({ grabbed: [EXAMPLE], problems: [], unmatched: [] });
