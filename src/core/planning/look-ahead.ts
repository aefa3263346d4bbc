import type { Choice, Library, LookAheadRule, PlanningSettings, Tag, Viewer } from '../contracts/index.js';
import { idOf, isChosen, missingTags, nameOf } from '../picks.js';

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
  /** Ids of the series' tags. */
  readonly tagIds: readonly number[];
}

/** Whether a list holds the viewer. */
export const isNamed = (choices: readonly Choice[], viewer: Viewer): boolean =>
  choices.some((choice) => isChosen(viewer, choice));

const FITS: Record<LookAheadRule['for'], (choice: Choice, subject: LookAheadSubject) => boolean> = {
  viewer: (choice, { viewer }) => isChosen(viewer, choice),
  library: (choice, { library }) => library !== null && isChosen(library, choice),
  // A typed tag is its label: a label may look like a number.
  tag: (choice, { tags, tagIds }) =>
    idOf(choice) === ''
      ? tags.some((name) => isChosen({ id: null, name }, choice))
      : tagIds.some((id) => isChosen({ id: String(id), name: null }, choice)),
};

/** Rules for tags that Sonarr does not have fit nothing: a sentence each, as their series are planned as if there was no rule. */
export const idleRules = ({ rules }: PlanningSettings, tags: readonly Tag[]): readonly string[] =>
  rules.flatMap((rule, i) =>
    rule.for === 'tag'
      ? missingTags(tags, [{ id: rule.id ?? '', name: rule.name }]).map(
          (name) => `Sonarr has no tag "${name}": rule ${i + 1} matches no series.`,
        )
      : [],
  );

/** Rule 5: the first rule that fits counts, else the node's setting. */
export function lookAheadFor(subject: LookAheadSubject, settings: PlanningSettings): LookAhead {
  const rule = settings.rules.find((r) => FITS[r.for]({ id: r.id ?? '', name: r.name }, subject));
  if (!rule) return { episodes: settings.episodesToCheck, excludedBy: null };
  if (rule.episodesToCheck > 0) return { episodes: rule.episodesToCheck, excludedBy: null };
  return { episodes: 0, excludedBy: `the rule for ${rule.for} "${nameOf({ id: rule.id ?? '', name: rule.name })}"` };
}
