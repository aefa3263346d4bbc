import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formSettings, settingsFor } from '../../src/runtime/settings/read.js';
import { NOTIFY, OVERRIDES, PRIORITY, SEARCH } from '../../src/runtime/settings/tables.js';
import { type Household, INJECT, startHousehold, withSettings } from '../e2e/bench.js';
import { twoPeople } from '../e2e/households.js';
import { readExample } from '../examples/flows.js';
import { editorNodes } from '../nodes/editor.js';

const DRY = 'jit-inject-dry';
const flow = readExample('01');

const nodeOf = (id: string) => {
  const found = flow.find((node) => node.id === id);
  if (found === undefined) throw new Error(`${id} is not in the example`);
  return found;
};
/** What a reader of the comment sees: its name in the flow, and its text. */
const note = (id: string): string => `${nodeOf(id).name ?? ''}\n${String(nodeOf(id).info)}`;
const codes = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
const labelsOf = (name: string) =>
  (editorNodes.find((node) => node.name === name)?.locale as { label: Readonly<Record<string, string>> }).label;
const standsAbove = (noteId: string, id: string): boolean => Number(nodeOf(id).y) - Number(nodeOf(noteId).y) === 40;

/** What a button sends in `msg.plexJit`. */
const plexJitOf = (id: string): unknown => {
  const props = nodeOf(id).props as readonly { p: string; v: string; vt: string }[];
  const given = props.find(({ p }) => p === 'plexJit');
  return given?.vt === 'json' ? JSON.parse(given.v) : undefined;
};
/** The settings that the note of the dry run gives as an example. */
const exampleOfNote = JSON.parse(codes(note('jit-note-look')).find((code) => code.startsWith('{')) ?? '') as object;

describe('the comments of the example', () => {
  it('name the three servers, with the variables that their nodes take URL and key from, and no others', () => {
    const SERVERS = ['tautulli', 'sonarr', 'sabnzbd'];
    const taken = SERVERS.flatMap((name) => {
      const { url, credentials } = nodeOf(`jit-${name}`);
      return [url, ...Object.values(credentials ?? {})].map((value) => /^\$\{(\w+)\}$/.exec(String(value))?.[1]);
    });
    expect(taken).toHaveLength(6);
    const text = note('jit-note-servers');
    expect(codes(text).filter((code) => /^[A-Z_]+$/.test(code))).toEqual(taken);
    expect(text).toMatch(/^1 · Set the three servers/);
    for (const name of SERVERS) {
      const labels = labelsOf(name);
      expect(text).toContain(`${labels.url}, ${labels.apiKey}`);
      expect(text).toContain(labels.contextStore?.toLowerCase());
    }
    expect(labelsOf('sonarr').sabnzbd).toBe('Feeds SABnzbd');
    expect(text).toContain('(Sonarr) the SABnzbd that it feeds');
  });

  it('tell the name of the variable that the ping takes', () => {
    const [{ to, tot } = {}] = nodeOf('jit-uptime-url').rules as readonly { to: string; tot: string }[];
    expect(tot).toBe('env');
    expect(note('jit-note-uptime')).toContain(`set ${to} to have it pinged`);
  });

  it('say before the run how to look first: with the button below, which asks for a dry run and nothing else', () => {
    expect(note('jit-note-look')).toMatch(/^2 · Look first: press this button .*\nA dry run plans and reports\./);
    expect(note('jit-note-run')).toMatch(/^3 · Then press this one/);
    expect([standsAbove('jit-note-look', DRY), standsAbove('jit-note-run', INJECT)]).toEqual([true, true]);
    expect(plexJitOf(DRY)).toEqual({ dryRun: true });
    expect(plexJitOf(INJECT)).toBeUndefined();
    expect(nodeOf(DRY).wires).toEqual(nodeOf(INJECT).wires);
  });

  it('name only settings that there are, with values that they take; every node that changes something has a dry run', () => {
    for (const table of [SEARCH, PRIORITY, NOTIFY]) expect(Object.keys(table)).toContain('dryRun');
    expect(exampleOfNote).toMatchObject({ dryRun: true });
    for (const plexJit of [exampleOfNote, plexJitOf(DRY) as object]) {
      expect(Object.keys(OVERRIDES)).toEqual(expect.arrayContaining(Object.keys(plexJit)));
      expect(settingsFor(formSettings(OVERRIDES, {}), { _msgid: '1', plexJit })).toMatchObject(plexJit);
    }
    const [, label] = /"(.+)"/.exec(note('jit-note-run')) ?? [];
    expect(labelsOf('next-episodes').execFrequency).toBe(`${label} (min)`);
  });
});

describe('what the comments promise, in a real Node-RED', () => {
  const AS_TOLD = 'as-the-note-says';
  let home: Household;
  beforeAll(async () => {
    const props = [{ p: 'plexJit', v: JSON.stringify(exampleOfNote), vt: 'json' }];
    const shown = withSettings(flow, { 'jit-plan': { console: true }, 'jit-notify': { notifier: '3' } });
    home = await startHousehold(twoPeople, [...shown, { ...nodeOf(DRY), id: AS_TOLD, props }]);
  });
  afterAll(() => home[Symbol.asyncDispose]());

  /** What the debug node of the plan shows of a run. */
  const shownBy = async (button: string): Promise<string> => {
    const { length } = home.red.output;
    await home.red.run(button);
    const shown = () => home.red.output.slice(length);
    await expect.poll(shown).toMatch(/\[debug:the plan\][^]*\n\}/);
    return shown();
  };
  const changedNothing = () => {
    expect(home.changes()).toEqual([]);
    expect(home.sandbox.servers.sonarr.exchanges.map(({ path }) => path)).not.toContain('/api/v3/release');
    expect(home.sandbox.world.notifications()).toEqual([]);
  };

  it('the first button shows a plan with what the note names, and searches, moves and tells nothing', async () => {
    const shown = await shownBy(DRY);
    for (const word of codes(note('jit-note-look')).filter((code) => /^[a-z]+$/.test(code)))
      expect(shown).toMatch(new RegExp(`^ *${word}: `, 'm'));
    expect(shown).toMatch(/reason: \{\s+code: 'search',\s+text: '/);
    expect(shown).toContain("code: 'would-search'");
    changedNothing();
  });

  it('the settings of the note count: three episodes ahead, and still a dry run', async () => {
    const shown = await shownBy(AS_TOLD);
    expect(shown).toContain('episodesToCheck: 3');
    expect(shown.match(/code: 'would-search'/g)).toHaveLength(2 * 3);
    changedNothing();
  });

  it('the second button does it', async () => {
    expect(await shownBy(INJECT)).toContain("code: 'grabbed'");
    expect(home.sandbox.world.notifications()).toHaveLength(1);
  });
});
