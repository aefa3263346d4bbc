import type { PlanItem } from '../contracts/index.js';
import { groupsOf } from '../groups.js';
import { episodesText } from './notification.js';

/** `Harbour Lights S02E06–E08; Echo Bay S01E01`. */
export const itemsText = (items: readonly PlanItem[]): string =>
  [...groupsOf(items, ({ series, season }) => `${series.sonarrId} ${season}`).values()]
    .map((group) => {
      const [{ series, season }] = group;
      return `${series.title} ${episodesText(
        season,
        group.map(({ episode }) => episode),
      )}`;
    })
    .join('; ');
