import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleFlow } from '../e2e/bench.js';
import type { Editor } from './editor.js';
import { onEachLine } from './on-each-line.js';
import { HOUSE } from './values.js';

/** What is typed, ticked, chosen (by value) or picked (by name) into a field; of `rules` `viewer Ann 2`. */
type Filling = Readonly<Record<string, string | boolean | readonly string[]>>;

/** Reached at the same URL as the servers of the example: a form can be given another one that answers. */
const SPARE = { tautulli: 'spare-tautulli', sonarr: 'spare-sonarr', sabnzbd: 'spare-sabnzbd' } as const;
type Service = keyof typeof SPARE;

const CONNECTION: Filling = {
  contextStore: 'attic',
  timeout: '45',
  user: 'ann',
  password: 'swordfish',
  headers: 'X-One: 1 | X-Two: 2',
  tls: 'our-tls',
  proxy: 'our-proxy',
};

/** Every field of every form, each with a value that it does not have by itself. */
const FLOW_FORMS: Readonly<Record<string, Filling>> = {
  'jit-history': {
    name: 'plays of the house',
    server: SPARE.tautulli,
    daysToCheck: '3',
    rememberedDays: '45',
    includePlaying: false,
    minimumProgress: '10',
    watchedOnly: true,
    viewersAllowed: ['Ann', 'Bob'],
    viewersDenied: ['Bob'],
    librariesAllowed: ['TV Shows'],
    librariesDenied: ['TV Shows'],
  },
  'jit-lookup': {
    name: 'where they are',
    server: SPARE.sonarr,
    excludeTags: ['by-hand'],
    ignoreShows: ['Quiet Canal', 'Night Ferry'],
    unitsRead: '12',
  },
  'jit-next': {
    name: 'what comes next',
    episodesToCheck: '2',
    checkOverflow: '1',
    execFrequency: '55',
    skipSpecials: false,
    rules: ['viewer Ann 4', 'library TV Shows 0', 'tag by-hand 1'],
    sharedViewers: ['Bob', 'Ann'],
    searchesPerRun: '7',
    searchesPerDay: '70',
    log: 'decisions',
  },
  'jit-search': {
    name: 'fetch',
    server: SPARE.sonarr,
    choose: 'sonarr',
    protocol: 'usenet',
    monitor: 'for-good',
    keepFree: '5',
    seasonPacks: '90',
    dryRun: true,
  },
  'jit-priority': {
    name: 'first things first',
    server: SPARE.sabnzbd,
    raise: 'force',
    waitForJob: '5',
    dryRun: true,
  },
  'jit-notify': {
    name: 'tell',
    server: SPARE.tautulli,
    notifier: ['Family'],
    subject: 'It comes: {{episodes}}',
    body: 'Look:\n{{#grabbed}}{{text}} {{/grabbed}}',
    tell: ['problems', 'unmatched'],
    dryRun: true,
  },
};

/** By the node that each opens from. */
const SERVER_FORMS: Readonly<Record<string, { service: Service; fields: Filling }>> = {
  'jit-history': {
    service: 'tautulli',
    fields: { name: 'the tautulli', url: 'http://tautulli:8181/base', apiKey: 't-key', ...CONNECTION },
  },
  'jit-lookup': {
    service: 'sonarr',
    fields: {
      downloadClient: ['SABnzbd'],
      name: 'the sonarr',
      url: 'http://sonarr:8989/tv',
      apiKey: 's-key',
      sabnzbd: 'jit-sabnzbd',
      linkUrl: 'https://sonarr.example/tv',
      cacheTime: '7',
      searchCache: '24',
      ...CONNECTION,
    },
  },
  'jit-priority': {
    service: 'sabnzbd',
    fields: { name: 'the sabnzbd', url: 'http://sabnzbd:8080', apiKey: 'b-key', ...CONNECTION },
  },
};

/** What the environment decides, in fields that have no text to type it into. */
const VARIABLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'by-env-history': { includePlaying: '${PLAYING}', watchedOnly: '$(WATCHED)', viewersDenied: '${NOBODY}' },
  'by-env-next': { skipSpecials: '${SPECIALS}', log: '${LOG}' },
  'by-env-search': { choose: '${CHOOSE}', monitor: '${MONITOR}', dryRun: '${DRY}' },
  'by-env-priority': { raise: '${RAISE}', dryRun: '${DRY}' },
  'by-env-notify': { tell: ['${TELL}', 'problems', 'grabbed'], dryRun: '${DRY}' },
};

/** A timer far from what the planner is told, a notifier that Tautulli does not have. */
const ODD: Readonly<Record<string, object>> = {
  'by-env-next': { execFrequency: '10' },
  'by-env-notify': { notifier: '77', notifierName: 'Pager' },
};

async function flows(): Promise<readonly object[]> {
  const example = await exampleFlow();
  const again = (id: string, of: object): object => ({ ...example.find((node) => node.id === id), ...of });
  const server = (service: Service): object =>
    again(`jit-${service}`, { id: SPARE[service], name: 'spare', ...(service === 'sonarr' && { sabnzbd: '' }) });
  const byEnvironment = Object.entries(VARIABLES).map(([id, variables], i) => ({
    ...again(id.replace('by-env', 'jit'), { id, z: 'by-env', x: 200, y: 80 + i * 60, wires: [['by-env-next']] }),
    ...variables,
    ...ODD[id],
  }));
  const SERVED = { downloadClient: '${CLIENT}', contextStore: '${STORE}' };
  return [
    ...example.map((node) => ({ ...node, ...(node.id === 'jit-sonarr' && SERVED) })),
    ...byEnvironment,
    { id: 'by-env', type: 'tab', label: 'By environment' },
    {
      ...{ id: 'by-env-timer', type: 'inject', z: 'by-env', name: '', props: [], repeat: '3600', crontab: '' },
      ...{ once: false, topic: '', x: 60, y: 60, wires: [['by-env-history']] },
    },
    ...Object.keys(SPARE).map((service) => server(service as Service)),
    {
      ...{ id: 'our-tls', type: 'tls-config', name: 'our CA', cert: '', key: '', ca: '', certname: '', keyname: '' },
      ...{ caname: '', servername: '', verifyservercert: true, alpnprotocol: '' },
    },
    { id: 'our-proxy', type: 'http proxy', name: 'our proxy', url: 'http://proxy:3128', noproxy: [] },
  ];
}

const STORES = `settings.contextStorage.attic = { module: 'memory' };`;

/** All that the form in front shows, by field; a password as Node-RED has it. */
type Shown = Readonly<Record<string, unknown>>;

class Form {
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
const allShown = (fields: Filling): Shown =>
  Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field === 'downloadClient' ? 'plex-jit-download-client' : field,
      asShown(field, value),
    ]),
  );

onEachLine('every field of every form', { world: HOUSE, flow: flows(), settings: STORES }, (stage) => {
  let editor: Editor;
  let form: Form;
  /** The flow as it is saved, a node each. */
  let saved: readonly string[];
  /** Node-RED adds a node to each export that says which packages are needed, by an id of its own. */
  const exported = async (): Promise<readonly string[]> =>
    (await editor.exported()).split(/,(?=\{"id":)/).filter((node) => !node.includes('"type":"global-config"'));
  beforeAll(async () => {
    editor = await stage().open({ width: 1900 });
    form = new Form(editor);
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  /** What has another value than before. */
  const fill = async (fields: Filling): Promise<void> => {
    await form.unfold();
    const before = await form.shown();
    await form.fill(fields);
    const after = await form.shown();
    expect(
      Object.keys(after).filter((field) => JSON.stringify(after[field]) === JSON.stringify(before[field])),
    ).toEqual([]);
  };

  it.each(Object.entries(FLOW_FORMS))('is filled in the form of %s', async (id, fields) => {
    await editor.open(id);
    await fill(fields);
    await editor.close('ok');
  });

  it.each(Object.entries(SERVER_FORMS))('is filled in the form of the server of %s', async (id, { fields }) => {
    await editor.open(id);
    await editor.editServer('server');
    await fill(fields);
    await editor.close('ok');
    await editor.close('ok');
  });

  it('is deployed', async () => {
    await stage().home.red.restarted(() => editor.deploy());
    await editor.load(stage().home.red.url);
    saved = await exported();
    for (const words of ['"downloadClient":{', '"contextStore":"attic"']) expect(saved.join()).toContain(words);
  });

  it.each(Object.entries(FLOW_FORMS))('is shown in the form of %s, in a new page', async (id, fields) => {
    await editor.open(id);
    expect(await form.shown()).toEqual(allShown(fields));
    await editor.close('ok');
  });

  it.each(Object.entries(SERVER_FORMS))('is shown in the form of the server of %s', async (id, { fields }) => {
    await editor.open(id);
    await editor.editServer('server');
    expect(await form.shown()).toEqual(allShown(fields));
    await editor.close('ok');
    await editor.close('ok');
  });

  it('is saved as it was, to the letter, by forms in which nothing was changed', async () => {
    expect(await editor.changed()).toBe(false);
    expect(await exported()).toEqual(saved);
  });

  describe('that the environment decides', () => {
    beforeAll(() => editor.showFlow('By environment'));

    it.each(Object.entries(VARIABLES))('is shown in the form of %s, and left alone by it', async (id, variables) => {
      await editor.open(id);
      const words = await editor.form.innerText();
      const options = await editor.form.locator('option:checked').allInnerTexts();
      for (const variable of Object.values(variables)
        .flat()
        .filter((value) => String(value).startsWith('$')))
        if (variable !== '${NOBODY}') expect([words, ...options].join('\n')).toContain(`from ${String(variable)}`);
      const open = await form.shown();
      for (const [field, value] of Object.entries(variables))
        if (typeof value === 'string' && typeof open[field] === 'string')
          expect(open[field]).toBe(`${value} (from ${value})`);
      await editor.close('ok');
      expect(await editor.changed()).toBe(false);
      for (const [field, value] of Object.entries(variables)) expect(await editor.property(id, field)).toEqual(value);
    });

    it('is shown in the form of a server, and left alone by it', async () => {
      await editor.open('by-env-search');
      await editor.editServer('server');
      expect(await form.shown()).toMatchObject({
        contextStore: '${STORE} (from ${STORE})',
        'plex-jit-download-client': '${CLIENT}',
      });
      expect(await editor.form.locator('#node-config-input-contextStore-warning').innerText()).toBe('');
      await editor.close('ok');
      await editor.close('ok');
      expect(await editor.changed()).toBe(false);
      expect(await editor.property('jit-sonarr', 'downloadClient')).toBe('${CLIENT}');
      expect(await editor.property('jit-sonarr', 'contextStore')).toBe('${STORE}');
    });

    it('is set in the form by a click, and its line goes', async () => {
      await editor.open('by-env-priority');
      await form.field('dryRun').click();
      expect(await editor.form.getByText('from ${DRY}').count()).toBe(0);
      await form.field('raise').selectOption('high');
      await editor.close('ok');
      expect(await editor.property('by-env-priority', 'dryRun')).toBe(true);
      expect(await editor.property('by-env-priority', 'raise')).toBe('high');
      await editor.open('by-env-notify');
      await editor.form.getByLabel('from ${TELL}').uncheck();
      await editor.form.locator('.plex-jit-tell[value=unmatched]').check();
      await editor.close('ok');
      expect(await editor.property('by-env-notify', 'tell')).toEqual(['problems', 'grabbed', 'unmatched']);
      expect(await editor.property('by-env-notify', 'dryRun')).toBe('${DRY}');
    });
  });

  describe('says what is to be known about it:', () => {
    beforeAll(() => editor.showFlow('By environment'));
    const said = (field: string, kind: 'warning' | 'problem'): Locator =>
      editor.form.locator(`#node-input-${field}-${kind}, #node-config-input-${field}-${kind}`);

    it('a timer far from the time between runs, until the number fits', async () => {
      await editor.open('by-env-next');
      const line = said('execFrequency', 'warning');
      expect(await line.innerText()).toMatch(/\b60\b.*\b10\b/);
      await form.field('execFrequency').fill('60');
      expect(await line.innerText()).toBe('');
      await form.field('execFrequency').fill('600');
      expect(await line.innerText()).toMatch(/\b60\b.*\b600\b/);
      await editor.close('cancel');
    });

    it('a notifier that Tautulli has no more', async () => {
      await editor.open('by-env-notify');
      const said = editor.form.locator('.plex-jit-said', { hasText: 'Pager' });
      // The server is asked first.
      await said.waitFor({ timeout: 15_000 });
      expect(await said.innerText()).toBe('Pager no longer exists in Tautulli.');
      // Node-RED tells of a change 50 ms after the form is opened, which may be later than the answer.
      await editor.form.locator('#node-input-server').dispatchEvent('change');
      await said.waitFor();
      await editor.close('cancel');
    });

    it('a number outside its range, while it is typed', async () => {
      await editor.open('by-env-history');
      const input = form.field('daysToCheck');
      await input.fill('');
      await input.pressSequentially('999');
      expect(await said('daysToCheck', 'problem').innerText()).toMatch(/^Must be a number from /);
      expect(await input.getAttribute('aria-invalid')).toBe('true');
      await input.press('Backspace');
      await input.press('Backspace');
      expect(await said('daysToCheck', 'problem').innerText()).toBe('');
      expect(await input.getAttribute('aria-invalid')).toBeNull();
      await editor.close('cancel');
    });

    it('a second server with the same URL, one without a key; a stored key is selected as a whole', async () => {
      await editor.showFlow('Plex Just-In-Time');
      await editor.open('jit-history');
      await editor.editServer('server');
      const [sameUrl, noKey] = [said('url', 'warning'), said('apiKey', 'warning')];
      await form.field('url').fill('${TAUTULLI_URL}');
      expect.soft(await sameUrl.innerText()).toMatch(/^“tautulli” has the same URL\./);
      await form.field('apiKey').focus();
      expect
        .soft(
          await form
            .field('apiKey')
            .evaluate((input: HTMLInputElement) => [input.value, input.selectionStart, input.selectionEnd]),
        )
        .toEqual(['__PWRD__', 0, 8]);
      await form.field('url').fill('http://tautulli:8181');
      expect.soft(await sameUrl.innerText()).toBe('');
      await editor.page.keyboard.press('Tab');
      await form.field('apiKey').fill('');
      expect.soft(await noKey.innerText()).toContain('TAUTULLI_API_KEY');
      await form.field('apiKey').fill('k');
      expect.soft(await noKey.innerText()).toBe('');
      await editor.close('cancel');
      await editor.close('cancel');
    });
  });

  it('prints no error and no warning in the browser', () => {
    expect(editor.complaints).toEqual([]);
  });
});
