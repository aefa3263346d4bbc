import type { Library, LookAheadRule, PlanningSettings, Viewer } from '../contracts/index.js';

/** How far to look ahead for somebody in a series. */
export interface LookAhead {
  /** Units; 0 when excluded. */
  readonly episodes: number;
  /** What excludes it, for people; null when nothing does. */
  readonly excludedBy: string | null;
}

/** What the rules ask about. */
export interface LookAheadSubject {
  readonly viewer: Viewer;
  readonly library: Library | null;
  /** Labels of the series' tags. */
  readonly tags: readonly string[];
}

const same = (name: string, ...texts: readonly (string | null | undefined)[]): boolean =>
  texts.some((text) => text?.trim().toLowerCase() === name.trim().toLowerCase());

/** Whether a list of names or ids holds the viewer. */
export const isNamed = (names: readonly string[], viewer: Viewer): boolean =>
  names.some((name) => same(name, viewer.id, viewer.name));

const FITS: Record<LookAheadRule['for'], (name: string, subject: LookAheadSubject) => boolean> = {
  viewer: (name, { viewer }) => same(name, viewer.id, viewer.name),
  library: (name, { library }) => same(name, library?.id, library?.name),
  tag: (name, { tags }) => same(name, ...tags),
};

/** Rule 5: the first rule that fits counts, else the node's setting. */
export function lookAheadFor(subject: LookAheadSubject, settings: PlanningSettings): LookAhead {
  const rule = settings.rules.find((r) => FITS[r.for](r.name, subject));
  if (!rule) return { episodes: settings.episodesToCheck, excludedBy: null };
  if (rule.episodesToCheck > 0) return { episodes: rule.episodesToCheck, excludedBy: null };
  return { episodes: 0, excludedBy: `the rule for ${rule.for} "${rule.name}"` };
}
