import { readFile } from 'node:fs/promises';
import type { AxeResults } from 'axe-core';
import { requireLines } from '../e2e/lines.js';
import type { Editor } from './editor.js';

interface Axe {
  run(context: object): Promise<AxeResults>;
}

/** What of an element is scrolled out of sight: axe-core takes it for hidden, and does not look at it. */
const scrolledAway = (editor: Editor, place: string): Promise<string[]> =>
  editor.page.evaluate((selector) => {
    const found: string[] = [];
    for (
      let part = document.querySelector(selector);
      part !== null && part !== document.body;
      part = part.parentElement
    )
      // A few pixels are those of a frame.
      if (getComputedStyle(part).overflowY !== 'visible' && part.scrollHeight > part.clientHeight + 8)
        found.push(`unseen: ${part.scrollHeight - part.clientHeight} pixels of ${part.id || part.className}`);
    return found;
  }, place);

/**
 * What axe-core finds below an element that matters to somebody: `impact rule: element`. What it cannot decide counts too,
 * but for colours: those it does not see where a list lies over the form.
 */
export async function faults(editor: Editor, place: string): Promise<string[]> {
  const { page } = editor;
  if (!(await page.evaluate(() => 'axe' in window)))
    await page.addScriptTag({ content: await readFile(requireLines.resolve('axe-core/axe.min.js'), 'utf8') });
  const { violations, incomplete, passes } = await page.evaluate((selector) => {
    // Node-RED's page is higher than its body: axe-core takes all that hangs out of it for hidden, and looks at no colour.
    document.body.style.height = '100vh';
    return (window as unknown as { axe: Axe }).axe.run({
      // Fields that keep browsers from filling in passwords are Node-RED's own.
      include: [[selector]],
      exclude: [['[id^=red-ui-trap]']],
    });
  }, place);
  const found = [...violations, ...incomplete.filter(({ id }) => id !== 'color-contrast')]
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) =>
      nodes.map(({ html, any }) => `${impact} ${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ''}`),
    );
  const looked = [...violations, ...passes].some(({ id }) => id === 'color-contrast');
  return [...(looked ? [] : ['unseen: all colours']), ...(await scrolledAway(editor, place)), ...found];
}
