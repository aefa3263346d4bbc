import type { ListKind } from '../../admin/list/index.js';
import type { Picked } from '../../core/contracts/index.js';
import { isRuleEpisodes, readNumber, RULE_EPISODES } from '../../core/forms/index.js';
import { problemText } from '../fields/validators.js';
import { PickBox } from '../pick/box.js';
import { type Source, wordsFor } from '../pick/source.js';
import { text } from '../texts.js';
import { checkRules, firstEpisodes, shadowed, unitOf } from './check.js';

export type RuleKind = 'viewer' | 'library' | 'tag';

/** A rule as the form saves it; what was typed and is no number stays a text. */
export interface SavedRule {
  readonly for: RuleKind;
  readonly id: string;
  readonly name: string;
  readonly episodesToCheck: number | string;
}

const KINDS: Readonly<Record<RuleKind, ListKind>> = { viewer: 'viewers', library: 'libraries', tag: 'tags' };

const isKind = (value: unknown): value is RuleKind => typeof value === 'string' && Object.hasOwn(KINDS, value);

const label = (key: string): string => text(`rules.${key}`);

/** One row of the list. */
class RuleRow {
  readonly element = document.createElement('div');
  readonly #source: Source;
  readonly #changed: () => void;
  readonly #kind: HTMLSelectElement;
  readonly #episodes: HTMLInputElement;
  readonly #unit = document.createElement('span');
  #box: PickBox;

  /** @param changed hears of whatever somebody changes in it */
  constructor(rule: Partial<Record<keyof SavedRule, unknown>>, source: Source, changed: () => void) {
    this.#source = source;
    this.#changed = changed;
    this.element.className = 'plex-jit-rule';
    this.#kind = this.#kinds(isKind(rule.for) ? rule.for : 'viewer');
    this.#episodes = this.#number(rule.episodesToCheck);
    this.#unit.className = 'plex-jit-unit';
    const [id, name] = [rule.id, rule.name].map((value) => (typeof value === 'string' ? value : ''));
    const picked = { id: id ?? '', name: name ?? '' };
    this.element.append(this.#kind);
    this.#box = this.#pickBox(`${picked.id}${picked.name}` === '' ? [] : [picked]);
    this.element.append(this.#episodes, this.#unit);
    this.#mark();
  }

  get value(): SavedRule {
    const [pick = { id: '', name: '' }] = this.#box.value;
    const written = this.#episodes.value.trim();
    const episodesToCheck = readNumber(written) ?? written;
    return { for: this.#kind.value as RuleKind, ...pick, episodesToCheck };
  }

  focus(): void {
    this.#kind.focus();
  }

  /** Asks for what is no longer there. */
  check(): void {
    void this.#box.check();
  }

  #look(): void {
    this.#mark();
    this.#changed();
  }

  /** Shows what is wrong, and what the number means. */
  #mark(): void {
    const rule = this.value;
    const isWrong = !isRuleEpisodes(rule.episodesToCheck);
    const unit = unitOf(rule.episodesToCheck);
    const { from, to } = RULE_EPISODES;
    this.#episodes.classList.toggle('input-error', isWrong);
    this.#episodes.setAttribute('aria-invalid', String(isWrong));
    // A variable may be longer than its field.
    this.#episodes.title = unit === null ? String(rule.episodesToCheck) : text('rules.range', { from, to });
    this.#unit.textContent = unit === null ? '' : label(unit);
  }

  #kinds(chosen: RuleKind): HTMLSelectElement {
    const select = document.createElement('select');
    select.setAttribute('aria-label', label('for'));
    for (const kind of Object.keys(KINDS)) select.add(new Option(label(kind), kind, false, kind === chosen));
    select.addEventListener('change', () => {
      // What was picked is of another kind.
      const typed = this.#box.value.filter(({ id }) => id === '');
      this.element.querySelector('.plex-jit-pick')?.remove();
      this.#box = this.#pickBox(typed);
      this.#look();
    });
    return select;
  }

  #number(value: unknown): HTMLInputElement {
    const input = document.createElement('input');
    input.type = 'text';
    input.inputMode = 'numeric';
    input.setAttribute('aria-label', label('episodesToCheck'));
    input.value = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
    input.addEventListener('input', () => this.#look());
    return input;
  }

  #pickBox(value: readonly Picked[]): PickBox {
    const input = document.createElement('input');
    input.type = 'text';
    this.#kind.after(input);
    const kind = KINDS[this.#kind.value as RuleKind];
    input.placeholder = label(`${this.#kind.value}Placeholder`);
    const words = wordsFor(kind, label('name'));
    return new PickBox({
      input,
      several: false,
      field: 'rules',
      value,
      words,
      load: () => this.#source.list(kind),
      changed: () => this.#look(),
    });
  }
}

/** What the rows of a list go by. */
export interface RuleContext {
  readonly source: Source;
  /** The node's own look-ahead, as it stands in its field now. */
  readonly lookAhead: () => string;
}

interface ButtonOf {
  readonly icon: string;
  readonly key: string;
  readonly press: () => void;
}

const button = ({ icon, key, press }: ButtonOf): HTMLButtonElement => {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'red-ui-button red-ui-button-small';
  made.title = label(key);
  made.setAttribute('aria-label', label(key));
  const image = document.createElement('i');
  image.className = `fa ${icon}`;
  image.setAttribute('aria-hidden', 'true');
  made.append(image);
  made.addEventListener('click', press);
  return made;
};

/** The planner's rules, as an editable list: the first that fits counts, so they can be moved, by keyboard too. */
export class RulesList {
  readonly #list: JQuery;
  readonly #rows = new Map<Element, RuleRow>();
  readonly #problem = document.createElement('div');
  readonly #warning = document.createElement('div');

  constructor(element: HTMLElement, rules: readonly unknown[], { source, lookAhead }: RuleContext) {
    this.#list = $(element).editableList<object>({
      sortable: true,
      sortItems: () => this.#lookAgain(),
      removable: false,
      height: 'auto',
      addButton: label('add'),
      addItem: (container: JQuery, _index: number, rule: object) => {
        // The list's own button adds an empty object.
        const isNew = Object.keys(rule).length === 0;
        const row = new RuleRow(isNew ? { episodesToCheck: firstEpisodes(lookAhead()) } : rule, source, () =>
          this.#lookAgain(),
        );
        const item = container.closest('li')[0];
        if (item === undefined) return;
        this.#rows.set(item, row);
        row.element.append(
          button({ icon: 'fa-arrow-up', key: 'up', press: () => this.#move(item, -1) }),
          button({ icon: 'fa-arrow-down', key: 'down', press: () => this.#move(item, 1) }),
          button({ icon: 'fa-times', key: 'remove', press: () => this.#remove(item) }),
        );
        container.append(row.element);
        if (isNew) row.focus();
      },
    });
    this.#problem.className = 'plex-jit-problem';
    this.#problem.setAttribute('role', 'alert');
    this.#warning.className = 'plex-jit-warning plex-jit-hint';
    this.#warning.setAttribute('role', 'status');
    element.addEventListener('focusout', ({ target, relatedTarget }) => {
      // Whoever is still at a rule has not forgotten the rest of it.
      const [from, to] = [target, relatedTarget].map((one) => (one instanceof Element ? one.closest('li') : null));
      if (to === null || from !== to) this.#look();
    });
    // Not earlier: a list that is higher than nothing keeps that height.
    element.dataset.empty = label('none');
    // The types know no `addItems`.
    (this.#list as unknown as { editableList(method: 'addItems', rules: readonly unknown[]): void }).editableList(
      'addItems',
      rules,
    );
    const hint = document.createElement('div');
    hint.className = 'plex-jit-hint';
    hint.textContent = label('hint');
    $(element).closest('.form-row').append(hint, this.#warning, this.#problem);
    this.#look();
  }

  get value(): readonly SavedRule[] {
    return [...(this.#list[0]?.children ?? [])].flatMap((item) => this.#rows.get(item)?.value ?? []);
  }

  /** Has each rule tell of what is no longer there. */
  check(): void {
    for (const row of this.#rows.values()) row.check();
  }

  #look(): void {
    const found = checkRules(this.value);
    this.#problem.textContent = found === null ? '' : problemText(found);
    this.#warn();
  }

  #move(item: Element, by: -1 | 1): void {
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    const focused = document.activeElement;
    if (by < 0) other?.before(item);
    else other?.after(item);
    if (focused instanceof HTMLElement) focused.focus();
    this.#lookAgain();
  }

  #warn(): void {
    const found = shadowed(this.value);
    this.#warning.textContent = found === null ? '' : text('rules.shadowed', found);
  }

  /** What is told to be wrong, and by which place, is true for as long as it is told. */
  #lookAgain(): void {
    if (this.#problem.textContent === '') this.#warn();
    else this.#look();
  }

  #remove(item: Element): void {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.remove();
    this.#rows.delete(item);
    if (next !== null) this.#rows.get(next)?.focus();
    else this.#list.closest('.form-row').find('.red-ui-editableList-addButton').trigger('focus');
    this.#look();
  }
}
