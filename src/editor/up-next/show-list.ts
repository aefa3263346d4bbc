import type { UnmatchedView } from '../../core/up-next/index.js';

/** What of a show a list of shows to ignore holds. */
type Show = Pick<UnmatchedView, 'title' | 'ignoreId'>;

/** An entry of form version 2. */
interface Entry {
  readonly id: string;
  readonly name: string;
}

const isList = (value: unknown): value is readonly Entry[] => Array.isArray(value);

/** Entries of a list of version 1, one a line. */
const lines = (value: unknown): readonly string[] =>
  (typeof value === 'string' ? value : '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Whether a node's list names the show, in the form of either version. */
export const names = (list: unknown, { title, ignoreId }: Show): boolean =>
  isList(list)
    ? list.some(({ id, name }) => (id === '' || ignoreId === '' ? same(name, title) : id === ignoreId))
    : lines(list).some((line) => same(line, title) || (ignoreId !== '' && same(line, ignoreId)));

/** The list with the show, in the form it has. */
export const withShow = (list: unknown, { title, ignoreId }: Show): unknown =>
  isList(list) ? [...list, { id: ignoreId, name: title }] : [...lines(list), title].join('\n');
