import { expect, it } from 'vitest';
import { twoPeople } from '../e2e/households.js';
import { nodes } from '../locales/catalogues.js';
import { onEachLine } from './on-each-line.js';

declare const RED: { readonly sidebar: { show(id: string): void; readonly help: { show(type: string): void } } };

onEachLine('the help in a sidebar of the usual width', { world: twoPeople }, (stage) => {
  it.each(['en-US', 'de'] as const)('in %s has no name of a setting that is cut off', async (language) => {
    await using editor = await stage().open({ language });
    const { page } = editor;
    await page.evaluate(() => RED.sidebar.show('help'));
    const cut: string[] = [];
    for (const { name } of nodes) {
      await page.evaluate((type) => RED.sidebar.help.show(type), `plex-jit-${name}`);
      const terms = page.locator('.red-ui-help dl.message-properties > dt:visible');
      await page
        .locator('.red-ui-help h1, .red-ui-help h2', { hasText: name.replace('-', ' ') })
        .first()
        .waitFor();
      expect(await terms.count(), name).toBeGreaterThan(2);
      const wide = (all: Element[]): string[] =>
        all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent.trim());
      cut.push(...(await terms.evaluateAll(wide)));
    }
    expect(cut).toEqual([]);
    expect(editor.complaints).toEqual([]);
  });
});
