import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UpNextView } from '../../src/core/up-next/index.js';
import { addSidebar } from '../../src/editor/up-next/sidebar.js';
import { fakeEditor } from './fake-editor.js';
import { FakeElement, nothing } from './fake-element.js';

const NO_FLOWS: UpNextView = { revision: 1, now: Date.parse('2026-11-22T18:00:00.000Z'), flows: [] };
const MINUTE = 60_000;

/** The sidebar in an editor without a browser. */
class OpenSidebar {
  /** How often Node-RED was asked. */
  asked = 0;
  /** What it answers; null is a status 502. */
  answer: UpNextView | null = null;
  readonly document = { hidden: false, activeElement: null, createElement: () => new FakeElement() };
  readonly #told = new Map<string, () => void>();
  #content = new FakeElement();
  #seen: (entries: readonly object[]) => void = nothing;

  constructor() {
    fakeEditor();
    const on = (topic: string, listener: () => void) => this.#told.set(topic, listener);
    const RED = {
      comms: { subscribe: on },
      events: { on },
      i18n: { lang: () => 'en-US' },
      sidebar: { addTab: (tab: { content: FakeElement }) => (this.#content = tab.content) },
      user: { hasPermission: () => true },
    };
    vi.stubGlobal('window', { RED });
    vi.stubGlobal('document', this.document);
    vi.stubGlobal('$', { ajax: () => this.#ask() });
    const observe = (seen: (entries: readonly object[]) => void): void => {
      this.#seen = seen;
    };
    vi.stubGlobal(
      'IntersectionObserver',
      class {
        constructor(seen: (entries: readonly object[]) => void) {
          observe(seen);
        }
        readonly observe = nothing;
      },
    );
    addSidebar();
  }

  #ask(): Promise<UpNextView> {
    this.asked += 1;
    return this.answer === null
      ? Promise.reject(Object.assign(new Error(), { status: 502 }))
      : Promise.resolve(this.answer);
  }

  /** Brings the tab to the front, or another one. */
  async look(isIntersecting = true): Promise<void> {
    this.#seen([{ isIntersecting }]);
    await vi.advanceTimersByTimeAsync(0);
  }

  /** Node-RED tells of a change. */
  async change(): Promise<void> {
    this.#told.get('plex-jit/up-next')?.();
    await vi.advanceTimersByTimeAsync(0);
  }

  get text(): string {
    return this.#content.text;
  }
}

beforeEach(() => void vi.useFakeTimers({ now: NO_FLOWS.now }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the sidebar that got no answer', () => {
  it('tries again each minute, as it says, until there is one', async () => {
    const sidebar = new OpenSidebar();
    await sidebar.look();
    expect(sidebar.text).toMatch(/status 502\. .*Retrying every minute/);
    await vi.advanceTimersByTimeAsync(MINUTE - 1);
    expect(sidebar.asked).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sidebar.asked).toBe(2);
    sidebar.answer = NO_FLOWS;
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(sidebar.asked).toBe(3);
    expect(sidebar.text).not.toContain('502');
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(sidebar.asked).toBe(3);
  });

  it('does not while nobody looks, and does at once when somebody looks again', async () => {
    const sidebar = new OpenSidebar();
    await sidebar.look();
    sidebar.document.hidden = true;
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    sidebar.document.hidden = false;
    await sidebar.look(false);
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(sidebar.asked).toBe(1);
    await sidebar.look();
    expect(sidebar.asked).toBe(2);
  });
});

it('an answer that cannot be shown is told, and the sidebar goes on with the next', async () => {
  const sidebar = new OpenSidebar();
  sidebar.answer = { ...NO_FLOWS, flows: null as unknown as UpNextView['flows'] };
  await sidebar.look();
  expect(sidebar.text).toContain('Try again');
  sidebar.answer = NO_FLOWS;
  await sidebar.change();
  expect(sidebar.text).toContain('No flow uses these nodes yet.');
});
