import type { Offer } from '../../admin/list/index.js';
import type { Picked } from '../../core/contracts/index.js';
import { chip, element, nameOf, optionRow } from './parts.js';
import { fitting, isGone, isUnknown, type Listed, samePick, typedPicks, withPicks } from './model.js';

export interface BoxWords {
  /** What a screen reader calls the field. */
  readonly label: string;
  readonly asking: string;
  readonly nothing: string;
  /** Free text is taken too. */
  readonly typeInstead: string;
  readonly more: (count: number) => string;
  /** Nothing that is listed has in it what is being typed. */
  readonly noMatch: string;
  readonly remove: (name: string) => string;
  readonly gone: (name: string) => string;
  /** Of what was typed. */
  readonly unknown: (name: string) => string;
}

export interface BoxOptions {
  /** The field of the form; its label stays bound to it. */
  readonly input: HTMLInputElement;
  /** Several things can be picked, and stand before the field; else the one stands in it. */
  readonly several: boolean;
  /** Name of the setting: says how typed text is split. */
  readonly field: string;
  readonly value: readonly Picked[];
  readonly words: BoxWords;
  readonly load: () => Promise<Listed>;
  readonly changed?: (picks: readonly Picked[]) => void;
}

/** More are found by typing. */
const SHOWN = 100;

let boxes = 0;

/** A field to pick from a server's list, or to type into: a combobox as the ARIA patterns describe it. */
export class PickBox {
  readonly #options: BoxOptions;
  readonly #input: HTMLInputElement;
  readonly #list: HTMLUListElement;
  readonly #chips: HTMLUListElement;
  readonly #status: HTMLDivElement;
  /** What is said of the list lies over the form with it: a line that comes and goes would move what somebody clicks at. */
  readonly #ofList: HTMLDivElement;
  readonly #id = `plex-jit-pick-${(boxes += 1)}`;
  #picks: readonly Picked[];
  #offers: readonly Offer[] | null = null;
  #resets = 0;
  #shown: readonly Offer[] = [];
  #active = -1;
  /** The text of the one that is picked: while it stands in the field it is not searched for. */
  #settled = '';

  constructor(options: BoxOptions) {
    const { input, several, value, words } = options;
    this.#options = options;
    this.#input = input;
    this.#picks = several ? value : value.slice(0, 1);
    const box = element('div', { class: 'plex-jit-pick' });
    input.replaceWith(box);
    this.#chips = element('ul', { class: 'plex-jit-chips', 'aria-label': words.label });
    this.#list = element('ul', { class: 'plex-jit-options', role: 'listbox', id: this.#id, 'aria-label': words.label });
    this.#status = element('div', { class: 'plex-jit-said', role: 'status', id: `${this.#id}-said` });
    this.#ofList = element('div', { class: 'plex-jit-of-list', role: 'status' });
    this.#list.hidden = true;
    const drop = element('div', { class: 'plex-jit-drop' });
    drop.append(this.#list, this.#ofList);
    const caret = element('i', { class: 'fa fa-caret-down plex-jit-caret', 'aria-hidden': 'true' });
    box.append(...(several ? [this.#chips] : []), input, caret, drop, this.#status);
    this.#describe();
    this.#listen();
    this.#show();
  }

  get value(): readonly Picked[] {
    this.#commit();
    return this.#picks;
  }

  /** Asks at once, where something has been picked, to tell of what is no longer there. */
  async check(): Promise<void> {
    if (this.#picks.length > 0) await this.#load(true);
  }

  /** Another server, or another kind of thing: what was listed is another's. */
  reset(): void {
    this.#resets += 1;
    this.#offers = null;
    this.#say('');
    this.#close();
    this.#show();
  }

  #describe(): void {
    const { label } = this.#options.words;
    const described = this.#input.getAttribute('aria-describedby') ?? '';
    const is = {
      role: 'combobox',
      autocomplete: 'off',
      spellcheck: 'false',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': this.#id,
      'aria-describedby': `${described} ${this.#status.id}`.trim(),
    };
    for (const [name, value] of Object.entries(is)) this.#input.setAttribute(name, value);
    if (this.#input.labels?.length === 0) this.#input.setAttribute('aria-label', label);
  }

  #listen(): void {
    const input = this.#input;
    input.addEventListener('click', () => void this.#open());
    input.addEventListener('input', () => void this.#open());
    input.addEventListener('keydown', (event) => this.#key(event));
    input.addEventListener('blur', () => {
      this.#close();
      this.#commit();
    });
    // Keeps the focus in the field, and the list open.
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', ({ target }) => {
      const row = (target as Element).closest('[role=option]');
      if (row !== null) this.#pick(Number((row as HTMLElement).dataset.index));
    });
  }

  #key(event: KeyboardEvent): void {
    const { key, isComposing } = event;
    // They are an input method's: its Enter takes a character.
    if (isComposing) return;
    const isOpen = !this.#list.hidden;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      if (isOpen) this.#move(key === 'ArrowDown' ? 1 : -1);
      else void this.#open();
    } else if (key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      if (isOpen && this.#active >= 0) this.#pick(this.#active);
      else this.#commit();
      this.#close();
      event.preventDefault();
    } else if (key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    } else if (key === 'Backspace' && this.#options.several && this.#input.value === '') {
      this.#set(this.#picks.slice(0, -1));
    }
  }

  async #open(): Promise<void> {
    this.#active = -1;
    if (this.#offers === null) await this.#load(false);
    if (document.activeElement === this.#input && this.#offers !== null) this.#drop(this.#offers);
  }

  async #load(quietly: boolean): Promise<void> {
    const { words } = this.#options;
    this.#say(quietly ? '' : words.asking);
    const listed = await this.#ask();
    if ('items' in listed) {
      this.#offers = listed.items;
      this.#say('');
      // What is being typed meanwhile stays.
      if (this.#options.several || this.#input.value === this.#settled) this.#show();
      if (listed.items.length === 0 && !quietly && this.#status.textContent === '') this.#say(words.nothing);
    } else if (!quietly) this.#say(`${listed.sentence} ${words.typeInstead}`);
  }

  /** What is listed now: what was asked before the latest `reset` may be another server's. */
  async #ask(): Promise<Listed> {
    const resets = this.#resets;
    const listed = await this.#options.load();
    return resets === this.#resets ? listed : this.#ask();
  }

  #drop(offers: readonly Offer[]): void {
    const { several, words } = this.#options;
    const text = this.#input.value === this.#settled ? '' : this.#input.value;
    const fits = fitting(offers, text, several ? this.#picks : []);
    this.#shown = fits.slice(0, SHOWN);
    this.#list.replaceChildren(
      ...this.#shown.map((offer, i) =>
        optionRow(offer, { id: `${this.#id}-${i}`, index: i, isPicked: this.#isPicked(offer) }),
      ),
    );
    const isUnmatched =
      offers.length > 0 && fits.length === 0 && this.#typed(offers, text).some((pick) => isUnknown(pick, offers));
    this.#ofList.textContent = fits.length > SHOWN ? words.more(fits.length - SHOWN) : isUnmatched ? words.noMatch : '';
    this.#list.hidden = this.#shown.length === 0;
    this.#input.setAttribute('aria-expanded', String(!this.#list.hidden));
    this.#input.removeAttribute('aria-activedescendant');
    // The last row of a long form has its list below what is to be seen.
    for (const part of [this.#list, this.#ofList]) part.scrollIntoView({ block: 'nearest' });
  }

  #move(by: number): void {
    const count = this.#shown.length;
    this.#active = this.#active < 0 && by < 0 ? count - 1 : (this.#active + by + count) % count;
    for (const [i, row] of [...this.#list.children].entries()) row.classList.toggle('active', i === this.#active);
    const row = this.#list.children[this.#active];
    row?.scrollIntoView({ block: 'nearest' });
    this.#input.setAttribute('aria-activedescendant', row?.id ?? '');
  }

  #close(): void {
    this.#list.hidden = true;
    this.#active = -1;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#input.removeAttribute('aria-activedescendant');
    this.#ofList.textContent = '';
  }

  #pick(index: number): void {
    const offer = this.#shown[index];
    if (offer === undefined) return;
    this.#add([{ id: offer.id, name: offer.name }]);
    this.#close();
  }

  /** What stands in the field counts, also when the form is left at once. */
  #commit(): void {
    const text = this.#input.value.trim();
    if (!this.#options.several && text === this.#settled) return;
    if (text !== '') this.#add(this.#typed(this.#offers ?? [], text));
    else if (!this.#options.several) this.#set([]);
  }

  #typed(offers: readonly Offer[], text: string): readonly Picked[] {
    return typedPicks(this.#options.field, text, offers);
  }

  #add(added: readonly Picked[]): void {
    this.#input.value = '';
    this.#set(this.#options.several ? withPicks(this.#picks, added) : added.slice(0, 1));
  }

  #set(picks: readonly Picked[]): void {
    this.#picks = picks;
    this.#show();
    this.#options.changed?.(picks);
  }

  #show(): void {
    if (this.#options.several) {
      this.#chips.replaceChildren(...this.#picks.map((pick) => this.#chip(pick)));
    } else {
      const [pick] = this.#picks;
      this.#settled = pick === undefined ? '' : nameOf(pick);
      this.#input.value = this.#settled;
    }
    const doubts = this.#picks.map((pick) => this.#doubt(pick)).filter((doubt) => doubt !== '');
    if (this.#offers !== null) this.#say(doubts.join(' '), true);
  }

  #isPicked({ id }: Offer): boolean {
    return this.#picks.some((pick) => pick.id === id);
  }

  #chip(pick: Picked): HTMLLIElement {
    return chip(pick, {
      doubt: this.#doubt(pick),
      removeWords: this.#options.words.remove(nameOf(pick)),
      remove: () => {
        this.#set(this.#picks.filter((other) => !samePick(other, pick)));
        this.#input.focus();
      },
    });
  }

  /** What is to be known of a pick, going by what is listed; "" for nothing. It is kept as it is: a list may not be complete. */
  #doubt(pick: Picked): string {
    const { words } = this.#options;
    if (this.#offers === null) return '';
    if (isGone(pick, this.#offers)) return words.gone(nameOf(pick));
    return isUnknown(pick, this.#offers) ? words.unknown(nameOf(pick)) : '';
  }

  #say(text: string, isWarning = false): void {
    this.#status.classList.toggle('plex-jit-warning', isWarning && text !== '');
    // Written only when it changed, or it would be read out again.
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }
}
