import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core';

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
/** Node-RED's editor in a page of its own. */
export class EditorPage implements AsyncDisposable {
  readonly page: Page;
  readonly #context: BrowserContext;
  /** Errors and warnings that the page printed, each with where it comes from. */
  readonly complaints: string[] = [];

  constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error' || message.type() === 'warning')
        this.complaints.push(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.complaints.push(error.stack ?? error.message));
    page.setDefaultTimeout(8_000);
  }

  /** Opens a page, as the class that it is called on. */
  static async open<T extends EditorPage>(
    this: new (context: BrowserContext, page: Page) => T,
    browser: Browser,
    url: string,
    options: EditorOptions = {},
  ): Promise<T> {
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
    const editor = new this(context, await context.newPage());
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
    await this.still();
  }
  /** Waits until the form slides no more. */
  protected async still(): Promise<void> {
    await this.page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
  }
}
