import { el } from './dom.js';
import { type Shown, page } from './page.js';
import { red } from './red.js';
import { Unanswered, readUpNext } from './server.js';
import { keepTrue, setServerTime } from './times.js';
import { renewActions } from './unmatched.js';
import { say } from './words.js';

const TOPIC = 'plex-jit/up-next';
const MINUTE = 60_000;
/** What is ignored stands in the workspace, where it can be changed and undone elsewhere; so do flows before their deploy. */
const WORKSPACE = ['nodes:add', 'nodes:change', 'nodes:remove', 'flows:change'];

/** The tab: reads what is up next while somebody looks at it, and draws it. */
class Sidebar {
  readonly content = el('div', { class: 'plex-jit-up-next', tabindex: '0', role: 'region', 'aria-label': say('name') });
  #shown: Shown = {
    view: null,
    failure: null,
    flow: null,
    pick: (flow) => this.#show({ flow }),
    retry: () => this.#changed(),
  };
  #isVisible = false;
  #isStale = true;
  #isReading = false;
  #isRenewing = false;

  constructor() {
    new IntersectionObserver((entries) => this.#seen(entries.at(-1)?.isIntersecting === true)).observe(this.content);
    const { comms, events } = red();
    comms.subscribe(TOPIC, () => this.#changed());
    // Kept by Node-RED for whoever connects: it comes again after a restart too.
    comms.subscribe('notification/runtime-state', () => this.#changed());
    events.on('deploy', () => this.#changed());
    for (const change of WORKSPACE) events.on(change, () => this.#renewSoon());
    setInterval(() => this.#minute(), MINUTE);
    this.#draw();
  }

  #seen(isVisible: boolean): void {
    this.#isVisible = isVisible;
    if (!isVisible) return;
    // The workspace may have changed meanwhile.
    this.#renewSoon();
    this.#minute();
  }

  #minute(): void {
    if (!this.#isVisible || document.hidden) return;
    keepTrue(this.content);
    if (this.#shown.failure !== null) this.#isStale = true;
    void this.#read();
  }

  #changed(): void {
    this.#isStale = true;
    if (this.#isVisible) void this.#read();
  }

  /** One request at a time; what changed meanwhile is read afterwards. */
  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    while (this.#isStale && this.#isVisible) {
      this.#isStale = false;
      try {
        const view = await readUpNext();
        setServerTime(view.now);
        this.#show({ view, failure: null });
      } catch (error) {
        this.#show({ failure: error instanceof Unanswered ? error : new Unanswered(0, String(error)) });
      }
    }
    this.#isReading = false;
  }

  /** What cannot be drawn is not kept: nothing could be drawn any more. */
  #show(change: Partial<Shown>): void {
    const shown = { ...this.#shown, ...change };
    this.#draw(shown);
    this.#shown = shown;
  }

  /** Once for many changes: an import changes hundreds of nodes. */
  #renewSoon(): void {
    if (!this.#isVisible || this.#isRenewing) return;
    this.#isRenewing = true;
    requestAnimationFrame(() => {
      this.#isRenewing = false;
      this.#renew();
    });
  }

  /** Draws what depends on the workspace: all, where there is nothing else. */
  #renew(): void {
    if (this.#shown.view?.flows.length === 0) this.#draw();
    else this.#write(() => renewActions(this.content));
  }

  #draw(shown = this.#shown): void {
    this.#write(() => this.content.replaceChildren(el('div', { class: 'plex-jit-page' }, ...page(shown))));
  }

  /** Whoever reads or presses keys in it stays where they are. */
  #write(write: () => void): void {
    const { content } = this;
    const { scrollTop } = content;
    const key = document.activeElement?.closest('.plex-jit-up-next [data-key]')?.getAttribute('data-key');
    write();
    content.scrollTop = scrollTop;
    if (key === null || key === undefined) return;
    [...content.querySelectorAll<HTMLElement>('[data-key]')].find((one) => one.dataset.key === key)?.focus();
  }
}

/** Adds the tab; Node-RED decides when it is in front. */
export const addSidebar = (): void => {
  red().sidebar.addTab({
    id: 'plex-jit-up-next',
    label: say('label'),
    name: say('name'),
    iconClass: 'fa fa-forward',
    content: new Sidebar().content,
    enableOnEdit: true,
  });
};
