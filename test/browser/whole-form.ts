import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { Editor } from './editor.js';
import type { Filling } from './every-value.js';

/** All that the form in front shows, by field; a password as Node-RED has it. */
export type Shown = Readonly<Record<string, unknown>>;

/** The form in front, filled and read as a whole. */
export class WholeForm {
  readonly #editor: Editor;
  constructor(editor: Editor) {
    this.#editor = editor;
  }

  get #form(): Locator {
    return this.#editor.form;
  }

  field(name: string): Locator {
    const ids = [`node-input-${name}`, `node-config-input-${name}`, `node-input-${name}-pick`].map((id) => `#${id}`);
    return this.#form.locator([...ids, ...(name === 'downloadClient' ? ['#plex-jit-download-client'] : [])].join(', '));
  }

  /** Folded parts stand open. */
  async unfold(): Promise<void> {
    const folded = this.#form.locator('.plex-jit-more[aria-expanded=false]');
    if ((await folded.count()) > 0) await folded.click();
  }

  async fill(fields: Filling): Promise<void> {
    for (const [name, value] of Object.entries(fields)) {
      if (name === 'rules') for (const rule of value as readonly string[]) await this.#addRule(rule);
      else if (name === 'tell') await this.#tick(value as readonly string[]);
      else if (typeof value === 'object') for (const one of value) await this.#pick(this.field(name), one);
      else if (typeof value === 'boolean') await this.field(name).setChecked(value);
      else if ((await this.field(name).evaluate(({ tagName }) => tagName)) === 'SELECT')
        await this.field(name).selectOption(value);
      else await this.field(name).fill(value);
    }
  }

  /** From the list that the server has answered with. */
  async #pick(input: Locator, name: string): Promise<void> {
    await input.click();
    const list = this.#form.locator('[role=listbox]:visible');
    await list.getByRole('option', { name }).click();
    await list.waitFor({ state: 'hidden' });
  }

  async #addRule(rule: string): Promise<void> {
    const [, kind = '', name = '', episodes = ''] = /^(\w+) (.+) (\d+)$/.exec(rule) ?? [];
    const rows = this.#form.locator('.plex-jit-rule');
    const row = rows.nth(await rows.count());
    await this.#form.locator('.red-ui-editableList-addButton').click();
    await row.locator('select').selectOption(kind);
    await this.#pick(row.locator('.plex-jit-pick input'), name);
    await row.locator('input').last().fill(episodes);
  }

  async #tick(told: readonly string[]): Promise<void> {
    for (const choice of await this.#form.locator('.plex-jit-tell').all())
      await choice.setChecked(told.includes(await choice.inputValue()));
  }

  /** What is shown, by field. */
  shown(): Promise<Shown> {
    return this.#form.evaluate((form) => {
      const of = <T extends Element>(selector: string, root: Element = form): T[] => [
        ...root.querySelectorAll<T>(selector),
      ];
      const valueOf = (field: HTMLInputElement | HTMLSelectElement): unknown =>
        field instanceof HTMLSelectElement
          ? `${field.value} (${field.selectedOptions[0]?.text ?? ''})`
          : field.type === 'checkbox'
            ? field.indeterminate || field.checked
            : field.value;
      const fields = of<HTMLInputElement>('[id^=node-input-], [id^=node-config-input-], #plex-jit-download-client')
        .filter(({ tagName }) => ['INPUT', 'SELECT', 'TEXTAREA'].includes(tagName))
        // Node-RED's own fields, which are in every form, have a hyphen in their names.
        .filter(({ id }) => /^plex-jit-|-input-\w+(-pick)?$/.test(id))
        .map((field) => {
          const chips = of<HTMLElement>('li', field.parentElement?.querySelector('.plex-jit-chips') ?? field);
          const name = field.id.replace(/^node-(config-)?input-/, '').replace(/-pick$/, '');
          const isList = field.parentElement?.querySelector('.plex-jit-chips') !== null && field.id.endsWith('-pick');
          return [name, isList ? chips.map(({ innerText }) => innerText.trim()) : valueOf(field)] as const;
        });
      const rules = of('.plex-jit-rule').map((rule) =>
        [
          of<HTMLSelectElement>('select', rule)[0]?.value,
          ...of<HTMLInputElement>('input', rule).map(({ value }) => value),
        ].join(' '),
      );
      const tell = of<HTMLInputElement>('.plex-jit-tell').flatMap(({ checked, value }) => (checked ? [value] : []));
      return {
        ...Object.fromEntries(fields),
        ...(form.querySelector('#node-input-rules-list') !== null && { rules }),
        ...(form.querySelector('.plex-jit-tell') !== null && { tell }),
      };
    });
  }
}

/** As the field shows it once it is saved. */
const asShown = (field: string, value: Filling[string]): unknown => {
  if (['apiKey', 'password', 'headers'].includes(field)) return '__PWRD__';
  if (['notifier', 'downloadClient'].includes(field)) return (value as readonly string[])[0];
  // A choice is followed by what it reads.
  return typeof value === 'string' && !/\s/.test(value) && field !== 'name'
    ? expect.stringMatching(new RegExp(`^${value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}( \\(.+\\))?$`))
    : value;
};
/** What a form shows that was filled so. */
export const allShown = (fields: Filling): Shown =>
  Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field === 'downloadClient' ? 'plex-jit-download-client' : field,
      asShown(field, value),
    ]),
  );
