import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FlowView, UpNextView } from '../../src/core/up-next/index.js';
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
  /** Elements made so far. */
  made = 0;
  /** What stands in the workspace: nodes on an enabled tab, a disabled one, or in a subflow. */
  workspace: { readonly type: string; readonly z: 'on' | 'off' | 'sub' | 'outer'; readonly d?: boolean }[] = [];
  readonly document = {
    hidden: false,
    activeElement: null,
    createElement: () => {
      this.made += 1;
      return new FakeElement();
    },
  };
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
      nodes: {
        eachNode: (each: (node: object) => void) => this.workspace.forEach(each),
        workspace: (id: string) => ({ on: {}, off: { disabled: true } })[id],
        subflow: (id: string) => ({ instances: this.workspace.filter(({ type }) => type === `subflow:${id}`) }),
      },
    };
    vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 0));
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

  /** Node-RED tells of a change, or the workspace does. */
  async change(topic = 'plex-jit/up-next'): Promise<void> {
    this.#told.get(topic)?.();
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

const FLOW: FlowView = {
  ...{
    id: 'tab',
    home: 'tab',
    label: 'Tab',
    run: { missing: null },
    planOnly: { missing: null },
    forgets: false,
    hiddenLook: null,
  },
  lastRun: null,
  plans: [],
};

it('a change in the workspace draws nothing anew but what depends on it', async () => {
  const sidebar = new OpenSidebar();
  sidebar.answer = { ...NO_FLOWS, flows: [FLOW] };
  await sidebar.look();
  const { made } = sidebar;
  await sidebar.change('nodes:change');
  expect(sidebar.made).toBe(made);
  await sidebar.change();
  expect(sidebar.made).toBeGreaterThan(made);
});

describe('the sidebar of no flow', () => {
  const next = { type: 'plex-jit-next-episodes', z: 'on' } as const;

  it.each([
    ['an import', [], /^No flow uses these nodes yet\..*Import an example/],
    ['servers', [{ type: 'plex-jit-sonarr', z: 'on' } as const], /^No flow uses these nodes yet\./],
    ['a subflow without an instance', [{ ...next, z: 'sub' } as const], /^No flow uses these nodes yet\./],
    ['a deploy', [next, { ...next, d: true }], /^The nodes are in the editor, but not deployed yet\./],
    ['a node to be enabled', [{ ...next, d: true }], /^The nodes are disabled, or the flow they are in\./],
    ['its flow to be enabled', [{ ...next, z: 'off' } as const], /^The nodes are disabled, or the flow they are in\./],
    [
      'a deploy of an instance',
      [{ ...next, z: 'sub' } as const, { type: 'subflow:sub', z: 'on' } as const],
      /^The nodes are in the editor, but not deployed yet\./,
    ],
    [
      'an instance to be enabled',
      [{ ...next, z: 'sub' } as const, { type: 'subflow:sub', z: 'on', d: true } as const],
      /^The nodes are disabled, or the flow they are in\./,
    ],
    [
      'the flow around the subflow around it to be enabled',
      [
        { ...next, z: 'sub' } as const,
        { type: 'subflow:sub', z: 'outer' } as const,
        { type: 'subflow:outer', z: 'off' } as const,
      ],
      /^The nodes are disabled, or the flow they are in\./,
    ],
    [
      'an instance of the subflow around it',
      [{ ...next, z: 'sub' } as const, { type: 'subflow:sub', z: 'outer' } as const],
      /^No flow uses these nodes yet\./,
    ],
  ])('says that it takes %s', async (_, workspace, words) => {
    const sidebar = new OpenSidebar();
    sidebar.answer = NO_FLOWS;
    await sidebar.look();
    sidebar.workspace = workspace;
    await sidebar.change('nodes:add');
    expect(sidebar.text.replace(/\s+/g, ' ').trim()).toMatch(words);
  });

  it('says so too when the workspace changed while another tab was in front', async () => {
    const sidebar = new OpenSidebar();
    sidebar.answer = NO_FLOWS;
    await sidebar.look();
    await sidebar.look(false);
    sidebar.workspace = [next];
    await sidebar.change('nodes:add');
    await sidebar.look();
    expect(sidebar.text).toContain('not deployed yet');
  });
});
