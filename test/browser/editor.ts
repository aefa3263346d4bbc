import type { Browser, BrowserContext, ConsoleMessage, Locator, Page } from 'playwright-core';

export interface EditorOptions {
  /** Node-RED 4.1 has no dark theme of its own. @default light */
  readonly theme?: 'light' | 'dark';
  /** @default en-US */
  readonly language?: 'en-US' | 'de';
  /** Name and password, where Node-RED wants a login. */
  readonly login?: readonly [string, string];
  readonly width?: number;
  readonly height?: number;
  /** Forms slide as slowly as they do for a person. @default false */
  readonly slides?: boolean;
}

/** What is entered into a field; several are picked from its list. */
export type Entry = string | boolean | readonly string[];

/** A node as the editor holds it. */
interface PageNode {
  readonly id: string;
  readonly type: string;
  readonly [property: string]: unknown;
}

/** What the functions that run in the page use of the editor's global. */
declare const RED: {
  readonly nodes: {
    node(id: string): PageNode | null;
    eachNode(callback: (node: PageNode) => void): void;
    eachConfig(callback: (node: PageNode) => void): void;
    dirty(changed?: boolean): boolean;
  };
  readonly view: { reveal(id: string): void; selection(): { nodes?: readonly PageNode[] } };
  readonly sidebar: { show(id: string): void };
  readonly actions: { invoke(id: string): void };
};

/**
 * Run in the page: Node-RED lets each form slide in and out for half a second, in steps of its own timers. They keep their
 * order and take a tenth of the time; what takes longer than a slide (a request's limit, the way back to a server) stays.
 */
const hurry = (): void => {
  const LONGEST_STEP = 300;
  const later = window.setTimeout.bind(window);
  window.setTimeout = ((work: () => void, ms = 0, ...rest: unknown[]) =>
    later(work, ms > LONGEST_STEP ? ms : ms / 10, ...rest)) as typeof window.setTimeout;
  const still = new CSSStyleSheet();
  still.replaceSync('* { transition-duration: 0s !important; }');
  document.adoptedStyleSheets = [still];
};

/** Node-RED's editor in a page of its own, used as a person uses it: by mouse and keyboard. */
export class Editor implements AsyncDisposable {
  readonly page: Page;
  readonly #context: BrowserContext;
  /** Errors and warnings that the page printed, each with where it comes from. */
  readonly complaints: string[] = [];

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error' || message.type() === 'warning')
        this.complaints.push(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.complaints.push(error.stack ?? error.message));
    page.setDefaultTimeout(8_000);
  }

  static async open(browser: Browser, url: string, options: EditorOptions = {}): Promise<Editor> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1600, height: options.height ?? 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await context.addInitScript(
      ([theme, language]) => {
        localStorage.setItem('view-dark-theme', theme ?? '');
        localStorage.setItem('editor-language', language ?? '');
      },
      [options.theme ?? 'light', options.language ?? 'en-US'],
    );
    if (options.slides !== true) await context.addInitScript(hurry);
    const editor = new Editor(context, await context.newPage());
    await editor.load(url, options.login);
    return editor;
  }

  /** (Re)loads the page and waits until all nodes are in the palette and the flows in the workspace. */
  async load(url: string, login?: EditorOptions['login']): Promise<void> {
    await this.page.goto(url);
    if (login) {
      await this.page.locator('#node-dialog-login-username').fill(login[0]);
      await this.page.locator('#node-dialog-login-password').fill(login[1]);
      await this.page.keyboard.press('Enter');
    }
    await this.page.locator('.red-ui-palette-node').first().waitFor({ state: 'attached' });
    await this.page.locator('#red-ui-loading-progress').waitFor({ state: 'hidden' });
  }

  // Workspace

  node(id: string): Locator {
    return this.page.locator(`[id="${id}"]`);
  }

  /** Drags a node from the palette; `x`, `y` in pixels of the visible workspace. Tells the new node's id. */
  async dragFromPalette(type: string, x: number, y: number): Promise<string> {
    const before = await this.ids();
    const source = this.page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`);
    await source.scrollIntoViewIfNeeded();
    const chart = await this.#box(this.page.locator('#red-ui-workspace-chart'));
    const from = await this.#box(source);
    const { mouse } = this.page;
    await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await mouse.down();
    await mouse.move(chart.x + x - 20, chart.y + y - 20, { steps: 5 });
    await mouse.move(chart.x + x, chart.y + y, { steps: 3 });
    await mouse.up();
    const added = (await this.ids()).filter((id) => !before.includes(id));
    if (added.length !== 1 || added[0] === undefined) throw new Error(`${added.length} nodes came of dragging ${type}`);
    return added[0];
  }

  /** Draws a wire from an output to an input. */
  async wire(from: string, to: string, output = 0): Promise<void> {
    await this.#drag(
      this.node(from).locator('.red-ui-flow-port-output').nth(output),
      this.node(to).locator('.red-ui-flow-port-input'),
    );
  }

  /** The ids of all nodes in the workspace, without configuration nodes. */
  ids(): Promise<string[]> {
    return this.page.evaluate(() => {
      const found: string[] = [];
      RED.nodes.eachNode(({ id }) => void found.push(id));
      return found;
    });
  }

  /** Shows a flow by a click on its tab. */
  async showFlow(title: string): Promise<void> {
    const tab = this.page.locator('#red-ui-workspace-tabs .red-ui-tab', { hasText: title });
    await tab.click();
    await this.page.waitForFunction(
      (name) => document.querySelector('#red-ui-workspace-tabs .active')?.textContent.includes(name),
      title,
    );
  }

  /** The id of the first node of that type with those properties, configuration nodes included. */
  async find(type: string, properties: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const id = await this.page.evaluate(
      ([wanted, wantedProperties]) => {
        let found: string | undefined;
        const look = (node: PageNode): void => {
          const fits = Object.entries(wantedProperties).every(([name, value]) => node[name] === value);
          if (node.type === wanted && fits) found ??= node.id;
        };
        RED.nodes.eachNode(look);
        RED.nodes.eachConfig(look);
        return found;
      },
      [type, properties] as const,
    );
    if (id === undefined) throw new Error(`there is no ${type} with ${JSON.stringify(properties)}`);
    return id;
  }

  /** Has the editor take the flows for changed, so that all can be deployed once more. */
  async touch(): Promise<void> {
    await this.page.evaluate(() => RED.nodes.dirty(true));
  }

  /** A node's property as the editor holds it. */
  property(id: string, name: string): Promise<unknown> {
    return this.page.evaluate(([node = '', key = '']) => RED.nodes.node(node)?.[key], [id, name]);
  }

  /** Whether there is something to deploy. */
  changed(): Promise<boolean> {
    return this.page.evaluate(() => RED.nodes.dirty());
  }

  async status(id: string): Promise<string> {
    return (await this.node(id).locator('.red-ui-flow-node-status-label').textContent()) ?? '';
  }

  async pressInject(id: string): Promise<void> {
    await this.node(id).locator('.red-ui-flow-node-button-button').click();
  }

  /** Presses Deploy and waits until the server has taken it. */
  async deploy(): Promise<void> {
    const [answer] = await Promise.all([
      this.page.waitForResponse(
        (response) => response.url().endsWith('/flows') && response.request().method() === 'POST',
      ),
      this.page.locator('#red-ui-header-button-deploy').click(),
    ]);
    if (!answer.ok()) throw new Error(`deploy: ${answer.status()} ${await answer.text()}`);
    await this.page.waitForFunction(() => !RED.nodes.dirty());
  }

  invoke(action: string): Promise<void> {
    return this.page.evaluate((id) => RED.actions.invoke(id), action);
  }

  /** Waits until a node's status reads so. */
  async reads(id: string, words: RegExp): Promise<void> {
    await this.node(id).locator('.red-ui-flow-node-status-label').filter({ hasText: words }).waitFor();
  }

  /** The debug sidebar's messages, once there are so many. */
  async debugMessages(count: number): Promise<string[]> {
    await this.page.evaluate(() => RED.sidebar.show('debug'));
    const messages = this.page.locator('.red-ui-debug-msg');
    await messages.nth(count - 1).waitFor();
    return messages.allInnerTexts();
  }

  /** Everything as Export would save it: the JSON of all flows. */
  async exported(): Promise<string> {
    await this.invoke('core:show-export-dialog');
    await this.page.locator('#red-ui-clipboard-dialog-export-rng-full').click();
    const area = this.page.locator('#red-ui-clipboard-dialog-export-text');
    await this.page.waitForFunction(() => {
      const text = document.querySelector<HTMLTextAreaElement>('#red-ui-clipboard-dialog-export-text');
      return text?.value.includes('"type":"tab"') ?? false;
    });
    const text = await area.inputValue();
    await this.page.locator('#red-ui-clipboard-dialog-cancel').click();
    return text;
  }

  /** Imports one of the package's examples from the menu, e.g. `01 - Plex Just-In-Time`. */
  async importExample(title: string): Promise<void> {
    await this.invoke('core:show-examples-import-dialog');
    const dialog = this.page.locator('.ui-dialog:visible');
    const labels = dialog.locator('.red-ui-treeList-label:visible');
    await labels.filter({ hasText: '@plex-jit/node-red-plex-jit' }).click();
    await labels.filter({ hasText: title }).click();
    await this.page.locator('#red-ui-clipboard-dialog-ok').click();
    await dialog.waitFor({ state: 'hidden' });
    await this.page.waitForFunction(() => {
      const types: string[] = [];
      RED.nodes.eachNode(({ type }) => void types.push(type));
      return types.some((type) => type.startsWith('plex-jit-'));
    });
  }

  // Forms

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
    await this.#still();
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

  /** Waits until the page has drawn what it knows. */
  async drawn(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  /** Waits until nothing moves and no message of Node-RED's lies over the workspace; takes the mouse away. */
  async quiet(): Promise<void> {
    await this.page.mouse.move(0, 0);
    await this.page.waitForFunction(() => document.querySelectorAll('.red-ui-notification').length === 0);
    await this.#still();
  }

  /** Waits until the form slides no more. */
  async #still(): Promise<void> {
    await this.page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  }

  async #box(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await locator.boundingBox();
    if (!box) throw new Error('it is not to be seen');
    return box;
  }

  async #drag(source: Locator, target: Locator): Promise<void> {
    const [from, to] = [await this.#box(source), await this.#box(target)];
    const { mouse } = this.page;
    await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await mouse.down();
    await mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 5 });
    await mouse.up();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
  }
}
