import type { EpisodeView, PlanView, ThreadView, ViewerView } from '../../core/up-next/index.js';
import { seriesLink } from '../../core/up-next/links.js';
import { el, fold, icon } from './dom.js';
import { episodeItem } from './episode.js';
import { moment } from './times.js';
import { say } from './words.js';

/** Of a plan. */
interface Planned {
  /** Its Sonarr's id. */
  readonly sonarr: string;
  /** When it was made. */
  readonly at: string;
  /** Where its Sonarr is reached. */
  readonly address: string;
  readonly episodes: ReadonlyMap<number, EpisodeView>;
}

/** The series' page in Sonarr, where it has an address that a browser may open. */
function seriesName({ series, slug }: ThreadView, address: string): HTMLElement {
  const link = seriesLink(address, slug);
  if (link === null) return el('span', { class: 'plex-jit-series-name' }, series);
  return el(
    'a',
    {
      class: 'plex-jit-series-name',
      href: link,
      target: '_blank',
      rel: 'noopener noreferrer',
      title: say('openInSonarr', { series }),
    },
    series,
  );
}

function threadItem(thread: ThreadView, { at, address, episodes }: Planned): HTMLElement {
  const { position, playing, playedAt, state, next } = thread;
  const following = next.flatMap((id) => episodes.get(id) ?? []);
  const where = state === 'watching' ? null : say(`thread.${state}`, {}, thread.text);
  return el(
    'li',
    { class: 'plex-jit-series', 'data-state': state },
    el(
      'div',
      { class: 'plex-jit-series-head' },
      seriesName(thread, address),
      ' ',
      el(
        'span',
        { class: 'plex-jit-position' },
        `${say('viewer.at', { label: position })} · `,
        playing
          ? el('strong', {}, say('viewer.playing'))
          : moment(playedAt, (when) => `${say('viewer.played')} ${when}`),
      ),
    ),
    where !== null && el('div', { class: 'plex-jit-why' }, where),
    following.length > 0
      ? el('ol', { class: 'plex-jit-episodes' }, ...following.map((episode) => episodeItem(episode, at)))
      : where === null && el('div', { class: 'plex-jit-why' }, say('viewer.nothing')),
  );
}

const viewerSection = ({ id, name, threads }: ViewerView, planned: Planned): HTMLElement =>
  el(
    'section',
    { class: 'plex-jit-viewer' },
    fold(
      `viewer-${planned.sonarr}-${id}`,
      el('h3', {}, icon('user'), el('span', {}, name)),
      true,
      el('ul', { class: 'plex-jit-list' }, ...threads.map((thread) => threadItem(thread, planned))),
    ),
  );

/** Who is where in what, and what comes next for them. */
export function viewerSections(plan: PlanView): readonly HTMLElement[] {
  const episodes = new Map(plan.episodes.map((episode) => [episode.id, episode]));
  const { at, sonarr } = plan;
  const planned = { sonarr: sonarr.id, at, address: sonarr.url, episodes };
  return plan.viewers.map((viewer) => viewerSection(viewer, planned));
}

/** What is wanted without a viewing that leads to it; null when nothing is. */
export function openWants(plan: PlanView): HTMLElement | null {
  const open = new Set(plan.openWants);
  const episodes = plan.episodes.filter(({ id }) => open.has(id));
  if (episodes.length === 0) return null;
  return el(
    'section',
    { class: 'plex-jit-open-wants' },
    el('h3', {}, say('openWants')),
    el('p', { class: 'plex-jit-hint' }, say('openWantsHint')),
    el(
      'ol',
      { class: 'plex-jit-episodes' },
      ...episodes.map((episode) => episodeItem(episode, plan.at, episode.series)),
    ),
  );
}
