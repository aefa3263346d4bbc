import { describe, expect, it } from 'vitest';
import { type Asking, Lister } from '../../src/editor/pick/lister.js';
import { fitting, isGone, isUnknown, picksOf, typedPicks, withPicks } from '../../src/editor/pick/model.js';
import { specOf } from '../../src/editor/pick/spec.js';

const ann = { id: '3', name: 'Ann', note: 'ann@home' };
const ben = { id: '4', name: 'Ben' };
const offers = [ann, ben];

describe('what a node holds for a list', () => {
  it('is read from any version of the form, and from what an import may bring', () => {
    expect(picksOf('viewersAllowed', 'Ann, Ben')).toEqual([
      { id: '', name: 'Ann' },
      { id: '', name: 'Ben' },
    ]);
    expect(
      picksOf('viewersAllowed', [{ id: '3', name: 'Ann', more: 1 }, 'Ben', null, 5, {}, { name: 'Cleo' }]),
    ).toEqual([
      { id: '3', name: 'Ann' },
      { id: '', name: 'Ben' },
      { id: '', name: 'Cleo' },
    ]);
    for (const nothing of [undefined, null, '', 7, {}]) expect(picksOf('viewersAllowed', nothing)).toEqual([]);
  });
});

describe('what is offered', () => {
  it('is found by a part of its name, id or note, and not when it is picked', () => {
    expect(fitting(offers, 'AN', [])).toEqual([ann]);
    expect(fitting(offers, '4', [])).toEqual([ben]);
    expect(fitting(offers, 'home', [])).toEqual([ann]);
    expect(fitting(offers, '', [{ id: '3', name: 'Anna' }])).toEqual([ben]);
  });

  it('is picked when its very name or id is typed, anything else stays text', () => {
    expect(typedPicks('viewersAllowed', ' ann , 4, Guest', offers)).toEqual([
      { id: '3', name: 'Ann' },
      { id: '4', name: 'Ben' },
      { id: '', name: 'Guest' },
    ]);
  });

  it('stays text when two are called so: which is meant cannot be told', () => {
    expect(typedPicks('viewersAllowed', 'ann', [ann, { id: '9', name: 'Ann' }])).toEqual([{ id: '', name: 'ann' }]);
  });

  it('keeps the comma of a title', () => {
    expect(typedPicks('ignoreShows', 'Love, Death & Robots', [])).toEqual([{ id: '', name: 'Love, Death & Robots' }]);
  });

  it('is not picked twice', () => {
    expect(withPicks([{ id: '3', name: 'Anna' }], [ann, ben])).toEqual([{ id: '3', name: 'Anna' }, ben]);
    expect(withPicks([{ id: '', name: 'Guest' }], [{ id: '', name: ' guest' }])).toHaveLength(1);
  });

  it('is told when it was picked once and is not offered any more', () => {
    expect(isGone({ id: '7', name: 'Cleo' }, offers)).toBe(true);
    expect(isGone({ id: '3', name: 'Anna' }, offers)).toBe(false);
    expect(isGone({ id: '', name: 'Guest' }, offers)).toBe(false);
    expect(isGone({ id: '${NOTIFIER}', name: '' }, offers)).toBe(false);
    expect(isGone({ id: '$(NOTIFIER)', name: '' }, offers)).toBe(false);
  });

  it('is told when it was typed and nothing of that name or id is offered', () => {
    const unknown = (name: string) => isUnknown({ id: '', name }, offers);
    expect(['Guest', '9', 'An', 'home'].map(unknown)).toEqual([true, true, true, true]);
    expect([' ann ', '4', '${VIEWER}', '$(VIEWER)'].map(unknown)).toEqual([false, false, false, false]);
    expect(isUnknown({ id: '7', name: 'Cleo' }, offers)).toBe(false);
    expect(isUnknown({ id: '', name: 'Ann' }, [ann, { id: '9', name: 'Ann' }])).toBe(false);
  });
});

const finding = { level: 'error', code: 'refused', params: {}, text: 'It refused.' } as const;

const asking = (of: Partial<Asking>): Asking => ({
  spec: () => ({ id: 't1' }),
  post: async () => ({ items: offers }),
  sentenceOf: ({ text }) => `said: ${text}`,
  words: { noServer: 'Choose one.', noAnswer: 'No answer.' },
  ...of,
});

describe('asking a server for a list', () => {
  it('sends the connection and the kind, once while the connection stays', async () => {
    const bodies: object[] = [];
    let id = 't1';
    const post = async (body: object) => {
      bodies.push(body);
      return { items: offers };
    };
    const lister = new Lister(asking({ spec: () => ({ id }), post }));
    expect(await Promise.all([lister.list('viewers'), lister.list('viewers')])).toEqual([
      { items: offers },
      { items: offers },
    ]);
    id = 't2';
    await lister.list('viewers');
    expect(bodies).toEqual([
      { id: 't1', kind: 'viewers' },
      { id: 't2', kind: 'viewers' },
    ]);
  });

  it('says in a sentence why there is none, and asks again then', async () => {
    const answers = [{ items: [], finding }, { sentence: 'You may not.' }, {}, { items: offers }];
    const lister = new Lister(asking({ post: async () => answers.shift() ?? {} }));
    const said = [];
    for (let i = 0; i < 4; i += 1) said.push(await lister.list('tags'));
    expect(said).toEqual([
      { sentence: 'said: It refused.' },
      { sentence: 'You may not.' },
      { sentence: 'No answer.' },
      { items: offers },
    ]);
  });

  it('says so when the request breaks, and when no server is chosen', async () => {
    const broken = new Lister(asking({ post: () => Promise.reject(new Error('gone')) }));
    expect(await broken.list('tags')).toEqual({ sentence: 'No answer.' });
    expect(await new Lister(asking({ spec: () => null })).list('tags')).toEqual({ sentence: 'Choose one.' });
  });
});

describe('the connection of a server that is set in the editor', () => {
  const server = { id: 't1', type: 'plex-jit-tautulli', url: 'http://nas:8181', timeout: '30' };

  it('leaves out what only the server knows', () => {
    const spec = { ...server, name: '', tls: '', proxy: '' };
    expect(specOf(server)).toEqual(spec);
    expect(specOf({ ...server, credentials: { has_apiKey: true, apiKey: '', user: '' } })).toEqual({
      ...spec,
      user: '',
    });
  });

  it('takes along what was typed before the first deploy', () => {
    const credentials = { apiKey: 'just typed', has_password: true, password: '__PWRD__' };
    expect(specOf({ ...server, credentials })).toMatchObject({ apiKey: 'just typed', password: '__PWRD__' });
  });
});
