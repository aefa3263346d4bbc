import { isVariable, type Range, readNumber, type UrlFault, urlFault } from '../../core/forms/index.js';

/** A sentence about a value: a key of the shared catalogue and what goes into it. */
export interface Problem {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What of a range a value is held to. */
export type Bounds = Pick<Range, 'from' | 'to' | 'whole'>;

export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Why a value is outside the range; null when it is inside, empty, or left to the environment. */
export const checkNumber = (value: unknown, { from, to, whole }: Bounds): Problem | null => {
  if (isEmpty(value) || isVariable(value)) return null;
  const read = typeof value === 'number' ? value : typeof value === 'string' ? (readNumber(value) ?? NaN) : NaN;
  if (read >= from && read <= to && (!whole || Number.isInteger(read))) return null;
  return { key: whole ? 'problem.whole' : 'problem.number', params: { from, to } };
};

/** The sentences about a URL that cannot be used, as keys of the shared catalogue. */
export const URL_PROBLEMS: Readonly<Record<UrlFault, string>> = {
  noUrl: 'problem.noUrl',
  scheme: 'problem.scheme',
  partVariable: 'problem.partVariable',
  userInUrl: 'problem.userInUrl',
  space: 'problem.space',
  url: 'problem.url',
  query: 'problem.query',
};

/** Why a text is no base URL of a server; null when it is one, or left to the environment. Empty is a problem. */
export const checkUrl = (value: unknown): Problem | null => {
  if (isVariable(value)) return null;
  const fault = urlFault(typeof value === 'string' ? value : '');
  return fault === null ? null : { key: URL_PROBLEMS[fault], params: {} };
};

const isPick = (value: unknown): boolean => {
  const { id, name } = (value ?? {}) as Partial<Record<'id' | 'name', unknown>>;
  return typeof id === 'string' && typeof name === 'string' && `${id}${name}`.trim() !== '';
};

/** Why a value is no list of picks; text is one too (a flow saved by version 1), and so is nothing. */
export const checkPicks = (value: unknown): Problem | null => {
  if (isEmpty(value) || typeof value === 'string') return null;
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  return entries.every((entry) => isPick(entry) || typeof entry === 'string')
    ? null
    : { key: 'problem.picks', params: {} };
};
