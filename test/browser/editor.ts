import type { Locator } from 'playwright-core';
import { Workspace } from './workspace.js';

export type { EditorOptions } from './editor-page.js';

/** What is entered into a field; several are picked from its list. */
export type Entry = string | boolean | readonly string[];
/** What the functions that run in the page use of the editor's global. */
declare const RED: { readonly sidebar: { show(id: string): void } };

/** Node-RED's editor, used as a person uses it: by mouse and keyboard. Its forms, and the sidebar. */
export class Editor extends Workspace {
  /** The form in front; those behind it are not in the document. */
  get form(): Locator {
    return this.page.locator('.red-ui-tray');
  }

  /** Opens a node's form by a double click on it. */
  open(id: string): Promise<Locator> {
    return this.#opens(() => this.node(id).locator('.red-ui-flow-node').dblclick());
  }

  /** Opens the form of a new server from the field that names it. */
  addServer(field: string): Promise<Locator> {
    return this.#opens(() =>
      this.form.locator(`#node-input-btn-${field}-add, #node-config-input-btn-${field}-add`).click(),
    );
  }

  /** Opens a server's form from the field that names it. */
  editServer(field: string): Promise<Locator> {
    return this.#opens(() =>
      this.form.locator(`#node-input-btn-${field}-edit, #node-config-input-btn-${field}-edit`).click(),
    );
  }

  async #opens(press: () => Promise<void>): Promise<Locator> {
    await this.form.evaluateAll((trays) => trays.forEach((tray) => tray.classList.add('was-there')));
    await press();
    const tray = this.page.locator('.red-ui-tray:not(.was-there)');
    await tray.waitFor();
    // The tray is there before its fields are.
    await tray.locator('[id^=node-input-], [id^=node-config-input-]').first().waitFor({ state: 'attached' });
    await this.#inPlace();
    // Node-RED gives its first field the focus, later than that.
    await this.page.waitForFunction(() => document.activeElement?.closest('.red-ui-tray') !== null);
    return this.form;
  }

  /** Waits until the form in front, if there is one, is where it slides to. */
  async #inPlace(): Promise<void> {
    await this.page.waitForFunction(() =>
      [...document.querySelectorAll('.red-ui-tray')].every((tray) => tray.getBoundingClientRect().right <= innerWidth),
    );
    await this.still();
  }

  /** Presses a form's button (`Done`, `Add`, `Update` or `Cancel`) and waits until the form is gone. */
  async close(button: 'ok' | 'cancel'): Promise<void> {
    const tray = await this.form.elementHandle();
    await this.form.locator(`#node-dialog-${button}, #node-config-dialog-${button}`).click();
    await tray?.waitForElementState('hidden');
    await this.#inPlace();
  }

  /**
   * Fills the form in front with the keyboard alone, field by field in the order of the Tab key:
   * `{ name: 'x', dryRun: true, viewersAllowed: ['Ann'] }`; a choice by its value or by what it reads, picks by their names.
   * A field that Tab does not reach is an error.
   */
  async fill(values: Readonly<Record<string, Entry>>): Promise<void> {
    for (const [field, value] of Object.entries(values)) {
      if (typeof value === 'object') {
        await this.tabTo(`${field}-pick`);
        for (const name of value) await this.#pick(name);
      } else {
        await this.tabTo(field);
        await this.#enter(value);
      }
    }
  }

  /** Picks from the list of the field that has the focus, once the server has answered. */
  async #pick(name: string): Promise<void> {
    const { keyboard } = this.page;
    const list = this.form.locator('[role=listbox]:visible');
    await keyboard.press('ArrowDown');
    await list.getByRole('option', { name }).waitFor();
    const names = await list.getByRole('option').allInnerTexts();
    const place = names.findIndex((text) => text.includes(name));
    for (let i = 0; i <= place; i += 1) await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await list.waitFor({ state: 'hidden' });
  }

  /** Presses the server form's Test with the keyboard; what it finds, each as `ok`, `warn` or `bad` and its sentence. */
  async test(): Promise<string[]> {
    const button = this.form.locator('.plex-jit-test-button');
    await button.focus();
    await this.page.keyboard.press('Enter');
    const rows = this.form.locator('.plex-jit-findings li');
    await rows.first().waitFor();
    return rows.evaluateAll((items: Element[]) =>
      items.map((item) => `${item.className.replace('plex-jit-', '')}: ${item.textContent.trim()}`),
    );
  }

  /** Presses Tab until the field has the focus. */
  async tabTo(field: string): Promise<void> {
    for (let steps = 0; steps < 80; steps += 1) {
      const id = await this.page.evaluate(() => document.activeElement?.id ?? '');
      if (id === `node-input-${field}` || id === `node-config-input-${field}`) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${field}`);
  }

  async #enter(value: string | boolean): Promise<void> {
    const { keyboard } = this.page;
    const focused = this.page.locator('*:focus');
    if (typeof value === 'boolean') {
      if ((await focused.isChecked()) !== value) await keyboard.press('Space');
    } else if ((await focused.evaluate(({ tagName }) => tagName)) === 'SELECT') {
      await keyboard.press('Home');
      const chosen = (): Promise<{ value: string; text: string; last: boolean }> =>
        focused.evaluate((select: HTMLSelectElement) => ({
          value: select.value,
          text: select.selectedOptions[0]?.text ?? '',
          last: select.selectedIndex === select.options.length - 1,
        }));
      for (let at = await chosen(); at.value !== value && at.text !== value; at = await chosen()) {
        if (at.last) throw new Error(`there is no option ${value}`);
        await keyboard.press('ArrowDown');
      }
    } else {
      await keyboard.press('ControlOrMeta+A');
      if (value === '') await keyboard.press('Delete');
      else await keyboard.type(value);
    }
  }

  /** What the form in front shows: each field's value by its id, passwords as the form holds them. */
  values(): Promise<Record<string, string | boolean>> {
    return this.form.evaluate((form) =>
      Object.fromEntries(
        [...form.querySelectorAll<HTMLInputElement>('[id^=node-input-], [id^=node-config-input-]')]
          .filter((field) => 'value' in field)
          .map((field) => [field.id, field.type === 'checkbox' ? field.checked : field.value]),
      ),
    );
  }

  /** What has been picked into a field of the form in front, by name. */
  async picked(field: string): Promise<string[]> {
    const box = this.form.locator('.plex-jit-pick', { has: this.page.locator(`#node-input-${field}-pick`) });
    const names = await box.locator('.plex-jit-chips > li').allInnerTexts();
    return names.map((name) => name.trim());
  }
  /** The "Up next" tab, brought to the front as a person does it. */
  async upNext(): Promise<Locator> {
    await this.page.evaluate(() => RED.sidebar.show('plex-jit-up-next'));
    const content = this.page.locator('.plex-jit-up-next');
    await content.waitFor();
    return content;
  }

  /** The ids of the sidebar's tabs in front; Node-RED 5.0 shows several, one above the other. */
  frontTabs(): Promise<string[]> {
    return this.page
      .locator('.red-ui-sidebar-tab-bar button.selected[data-tab-id], #red-ui-sidebar .red-ui-tab.active')
      .evaluateAll((tabs: HTMLElement[]) =>
        tabs.map(({ id, dataset }) => dataset.tabId ?? id.replace('red-ui-tab-', '')),
      );
  }

  /** Brings a tab of the sidebar to the front by a click on it. */
  async chooseTab(id: string): Promise<void> {
    // Node-RED 5.0 folds away what is in front already.
    if ((await this.frontTabs()).includes(id)) return;
    await this.page.locator(`button[data-tab-id="${id}"], #red-ui-tab-${id}-link-button`).click();
  }
}
