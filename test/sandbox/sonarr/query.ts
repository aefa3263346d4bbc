import { problem, Refusal } from './answers.js';

const INTEGER = /^\s*[+-]?\d+\s*$/;
const MAX = 2_147_483_647;

/** Query parameters as ASP.NET binds them: names in any case, an empty value is none, a wrong one is refused. */
export class Query {
  private readonly values = new Map<string, string[]>();

  constructor(search: URLSearchParams) {
    for (const [name, value] of search) {
      const key = name.toLowerCase();
      this.values.set(key, [...(this.values.get(key) ?? []), value]);
    }
  }

  text(name: string): string | undefined {
    const value = this.values.get(name.toLowerCase())?.[0];
    return value === '' ? undefined : value;
  }

  int(name: string): number | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : integer(name, value);
  }

  /** A parameter of the paging model, whose refusal names its property (`queue_bad_page`). */
  paging(name: 'page' | 'pageSize'): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    return INTEGER.test(value) ? Number(value) : refuse(name, value, name === 'page' ? ' for Page' : ' for PageSize');
  }

  /** Repeated; `1,2` is refused and `name[]` is another name (`episodes_ids_comma`, `episodes_ids_bracket`). */
  ints(name: string): number[] {
    return this.texts(name).map((value) => integer(name, value));
  }

  texts(name: string): string[] {
    return (this.values.get(name.toLowerCase()) ?? []).filter((v) => v !== '');
  }

  flag(name: string): boolean {
    const value = this.text(name)?.toLowerCase();
    if (value === undefined || value === 'false') return false;
    return value === 'true' || refuse(name, value);
  }

  date(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const at = /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
    return Number.isNaN(at) ? refuse(name, value) : at;
  }
}

const integer = (name: string, value: string): number =>
  INTEGER.test(value) && Math.abs(Number(value)) <= MAX ? Number(value) : refuse(name, value);

/** Throws; in the words of model binding. */
export const refuse = (name: string, value: string, what = ''): never => {
  throw new Refusal(problem(400, { errors: { [name]: [`The value '${value}' is not valid${what}.`] }, type: 'json' }));
};
