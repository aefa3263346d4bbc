import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Editor } from './editor.js';
import type { Stage } from './stage.js';

/** Tests of the list of rules, in an editor that others use before and after. */
export function rulesByKeyboard(stage: () => Stage, editor: () => Editor): void {
  describe('rules by keyboard alone', () => {
    const rows = (): Locator => editor().form.locator('.plex-jit-rule');
    const tabTo = async (target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
      for (let steps = 0; steps < 80; steps += 1) {
        if (await target.evaluate((element) => element === document.activeElement)) return;
        await editor().page.keyboard.press(key);
      }
      throw new Error('Tab does not reach it');
    };
    const press = (key: string): Promise<void> => editor().page.keyboard.press(key);
    const add = async (): Promise<void> => {
      await tabTo(editor().form.locator('.red-ui-editableList-addButton'));
      const before = await rows().count();
      await press('Enter');
      await rows().nth(before).waitFor();
    };
    /** `viewer Ann 2 episodes`, as it is read. */
    const read = (): Promise<string[]> =>
      rows().evaluateAll((all: Element[]) =>
        all.map((row) => {
          const [kind, name, episodes] = [...row.querySelectorAll<HTMLInputElement>('select, input')];
          return [kind?.value, name?.value, episodes?.value, row.querySelector('.plex-jit-unit')?.textContent].join(
            ' ',
          );
        }),
      );
    const AS_SAVED = ['tag by-hand 7 episodes', 'library TV Shows 1 episode'];

    it('are added: what for, who or which, how far', async () => {
      await editor().open('jit-next');
      await editor().fill({ episodesToCheck: '7' });
      await add();
      // The new rule has the focus, and the node's own look-ahead.
      expect(await read()).toEqual(['viewer  7 episodes']);
      await press('Tab');
      await editor().page.keyboard.type('Ann');
      await editor().form.getByRole('option', { name: 'Ann' }).waitFor();
      await press('Tab');
      await press('ControlOrMeta+A');
      await editor().page.keyboard.type('0');
      await add();
      await press('ArrowDown');
      await press('Tab');
      await press('ArrowDown');
      await editor().form.getByRole('option', { name: 'TV Shows' }).waitFor();
      await press('ArrowDown');
      await press('Enter');
      await press('Tab');
      await press('ControlOrMeta+A');
      await editor().page.keyboard.type('1');
      await add();
      await press('End');
      await press('Tab');
      await editor().page.keyboard.type('by-hand');
      await editor().form.getByRole('option', { name: 'by-hand' }).waitFor();
      await press('Tab');
      expect(await read()).toEqual(['viewer Ann 0 = ignored', 'library TV Shows 1 episode', 'tag by-hand 7 episodes']);
    });

    it('are moved: the button that was pressed keeps the focus', async () => {
      const up = rows().nth(2).getByRole('button', { name: 'Move up' });
      await tabTo(up);
      await press('Enter');
      expect(await read()).toEqual(['viewer Ann 0 = ignored', 'tag by-hand 7 episodes', 'library TV Shows 1 episode']);
      await press('Enter');
      expect((await read())[0]).toBe('tag by-hand 7 episodes');
      await press('Tab');
      await press('Enter');
      expect((await read())[1]).toBe('tag by-hand 7 episodes');
    });

    it('are taken away: the next one has the focus then', async () => {
      await tabTo(rows().first().getByRole('button', { name: 'Remove this rule' }), 'Shift+Tab');
      await press('Enter');
      expect(await read()).toEqual(AS_SAVED);
      expect(
        await rows()
          .first()
          .locator('select')
          .evaluate((select) => select === document.activeElement),
      ).toBe(true);
    });

    it('are saved by their ids, and found as they were in a new page', async () => {
      await press('ControlOrMeta+Enter');
      await editor().form.waitFor({ state: 'hidden' });
      await stage().home.red.restarted(() => editor().deploy());
      await editor().load(stage().home.red.url);
      const id = expect.stringMatching(/./) as string;
      expect(await editor().property('jit-next', 'rules')).toEqual([
        { for: 'tag', id, name: 'by-hand', episodesToCheck: 7 },
        { for: 'library', id, name: 'TV Shows', episodesToCheck: 1 },
      ]);
      await editor().open('jit-next');
      expect(await read()).toEqual(AS_SAVED);
      await editor().close('cancel');
    });

    it('that cannot be used are told by the place that they are moved to', async () => {
      await editor().open('jit-next');
      await add();
      await tabTo(rows().nth(1).locator('select'), 'Shift+Tab');
      const told = editor().form.getByText(/^Rule \d has no name/);
      await told.waitFor();
      expect(await told.innerText()).toMatch(/^Rule 3 /);
      await tabTo(rows().nth(2).getByRole('button', { name: 'Move up' }));
      await press('Enter');
      expect(await told.innerText()).toMatch(/^Rule 2 /);
      await editor().close('cancel');
    });

    it('that cannot be used are told by what is wrong with them now, also while somebody is still there', async () => {
      await editor().open('jit-next');
      await add();
      const row = rows().nth(2);
      await tabTo(rows().nth(1).locator('select'), 'Shift+Tab');
      await editor().form.getByText('Rule 3 has no name').waitFor();
      await tabTo(row.locator('input').nth(1));
      await press('ControlOrMeta+A');
      await editor().page.keyboard.type('51');
      const told = editor().form.locator('.plex-jit-problem', { hasText: 'Rule' });
      expect(await told.innerText()).toMatch(/^Rule 3 has no name/);
      await press('Shift+Tab');
      await editor().page.keyboard.type('Ann');
      await press('Tab');
      expect(await told.innerText()).toBe('Rule 3: the episodes must be a whole number from 0 to 50.');
      await editor().page.keyboard.type('5');
      await told.waitFor({ state: 'detached' });
      await editor().close('cancel');
    });

    it('have their lists where they are to be seen, the last of many too', async () => {
      await editor().open('jit-next');
      for (let i = 0; i < 9; i += 1) await editor().form.locator('.red-ui-editableList-addButton').click();
      await rows().last().getByRole('combobox').nth(1).click();
      const list = rows().last().getByRole('listbox');
      await list.waitFor();
      const bottom = (of: Locator): Promise<number> => of.evaluate((one) => one.getBoundingClientRect().bottom);
      expect(await bottom(list)).toBeLessThanOrEqual(await bottom(editor().form.locator('.red-ui-tray-body-wrapper')));
      await editor().close('cancel');
    });
  });
}
