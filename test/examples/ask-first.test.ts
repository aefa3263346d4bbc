import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Household } from '../e2e/bench.js';
import { twoPeople, TWO_PEOPLE_NEED } from '../e2e/households.js';
import { readExample } from './flows.js';
import { deployExample, onEachLine, stageExample, until } from './stage.js';

const SHORT = { 'jit-ask-next': { episodesToCheck: '1', checkOverflow: '0' } };
const shown = (home: Household, text: string): number => home.red.output.split(text).length - 1;

onEachLine('03 ask me first', (line) => {
  let home: Household;
  beforeAll(async () => {
    home = await stageExample({
      number: '03',
      world: twoPeople,
      last: 'jit-ask-gate',
      settings: SHORT,
      options: { line },
    });
  });
  afterAll(() => home[Symbol.asyncDispose]());

  it('asks, and searches nothing before there is an answer', async () => {
    await home.red.run('jit-ask-inject');
    await until(
      () => home.red.output.includes('Search for these? Harbour Lights S01E03, Night Ferry S02E02'),
      'the question',
    );
    expect(home.changes()).toEqual([]);
  });

  it('a no is the end of it', async () => {
    await home.red.run('jit-ask-no');
    await until(() => home.red.output.includes('No: nothing is searched for.'), 'the answer');
    await home.red.run('jit-ask-yes');
    await until(() => home.red.output.includes('There is no question to answer.'), 'the answer');
    expect(home.changes()).toEqual([]);
  });

  it('a yes fetches what the newest question named, once, however often it is pressed', async () => {
    await home.red.run('jit-ask-inject');
    await home.red.run('jit-ask-inject');
    await Promise.all(['jit-ask-yes', 'jit-ask-yes', 'jit-ask-yes'].map((id) => home.red.press(id)));
    await until(() => shown(home, 'There is no question to answer.') === 3, 'two answers that come too late');
    await until(() => home.queue().length === 4, 'the jobs');
    expect(home.queue().slice(0, 2)).toEqual(TWO_PEOPLE_NEED.slice(0, 2));
    expect(home.sandbox.world.grabs()).toHaveLength(2);
  });

  it('does not ask when there is nothing to search', async () => {
    const asked = shown(home, 'Search for these?');
    await home.red.run('jit-ask-inject');
    expect(shown(home, 'Search for these?')).toBe(asked);
  });

  it('an answer to neither is an error that Catch sees', async () => {
    await fetch(`${home.red.url}/inject/jit-ask-yes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ __user_inject_props__: [{ p: 'topic', v: 'perhaps', vt: 'str' }] }),
    });
    const said = 'wait for the answer: Neither a plan nor an answer';
    await until(() => shown(home, said) > 0, 'the error');
    expect(shown(home, said)).toBe(1);
  });

  it('an answer that comes too late searches nothing', async () => {
    const gate = readExample('03').find(({ id }) => id === 'jit-ask-gate');
    const settings = {
      'jit-ask-next': { episodesToCheck: '2', checkOverflow: '0' },
      'jit-ask-gate': { func: String(gate?.func).replace('MINUTES = 55', 'MINUTES = 0') },
    };
    await deployExample(home, { number: '03', last: 'jit-ask-gate', settings });
    home.clear();
    await home.red.run('jit-ask-inject');
    await until(() => home.red.output.includes('Search for these? Harbour Lights S01E04'), 'the question');
    await home.red.run('jit-ask-yes');
    await until(() => home.red.output.includes('That question is too old: ask again.'), 'the answer');
    expect(home.changes()).toEqual([]);
  });
});
