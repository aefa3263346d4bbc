import type { Locator } from 'playwright-core';
import type { Texts } from '../locales/catalogues.js';

/** All words of a form, those that are read out or shown by the mouse among them; each once. */
export const shownTexts = (form: Locator): Promise<string[]> =>
  form.evaluate((root) => {
    const found = new Set<string>();
    const words = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) found.add(words.currentNode.textContent ?? '');
    for (const element of root.querySelectorAll('*'))
      for (const name of ['title', 'placeholder', 'aria-label']) found.add(element.getAttribute(name) ?? '');
    return [...found].map((text) => text.trim()).filter((text) => text !== '');
  });

/** Texts that are keys of a catalogue: nobody has put words in their place. */
export const rawKeys = (texts: readonly string[]): string[] =>
  texts.filter((text) => /plex-jit-[\w-]+[:/]|__\w+__|^[a-z]\w*(\.[\w-]+)+$/i.test(text) && !text.includes('//'));

/** Keys of the form's template to which there are no words: the editor leaves their place empty. */
export const wordless = (form: Locator): Promise<string[]> =>
  form.evaluate((root) =>
    [...root.querySelectorAll('[data-i18n]')].flatMap((element) =>
      (element.getAttribute('data-i18n') ?? '').split(';').filter((written) => {
        const attribute = /^\[(\w+)\]/.exec(written)?.[1];
        const shown = attribute === undefined ? element.textContent : element.getAttribute(attribute);
        return (shown ?? '').trim() === '';
      }),
    ),
  );

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Texts that stand in the English catalogue, where the other language has other words. */
export const leftInEnglish = (texts: readonly string[], english: Texts, other: Texts): string[] => {
  const known = new Set(other.values());
  const left = [...english]
    .filter(([key, text]) => text !== other.get(key) && !known.has(text))
    .map(([, text]) => new RegExp(`^${escaped(text.trim()).replace(/__\w+__/g, '.*')}$`));
  // Of a text that is hardly more than what goes into it nothing can be told.
  const tellable = left.filter(({ source }) => /[a-z]{2}/i.test(source.replaceAll('.*', '')));
  return texts.filter((text) => !known.has(text) && tellable.some((pattern) => pattern.test(text)));
};

/** What of a form is wider than its place: labels, buttons, hints, choices, and what stands in empty fields. */
export const cutOff = (form: Locator): Promise<string[]> =>
  form.evaluate((root) => {
    const pen = document.createElement('canvas').getContext('2d');
    const widthOf = (text: string, element: Element): number => {
      if (pen === null) throw new Error('nothing to measure with');
      pen.font = getComputedStyle(element).font;
      return Math.max(...text.split('\n').map((line) => pen.measureText(line).width));
    };
    const room = (element: Element): number => {
      const { paddingLeft, paddingRight } = getComputedStyle(element);
      return element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    };
    const isShown = (element: Element): boolean => element.clientWidth > 0;
    const of = <T extends Element>(selector: string): T[] => [...root.querySelectorAll<T>(selector)].filter(isShown);
    const wide = of('label, button, h4, .plex-jit-hint, .plex-jit-unit, .form-tips, .form-row').filter(
      ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1,
    );
    const fields = of<HTMLInputElement>('input[placeholder]').filter(
      (field) => field.value === '' && widthOf(field.placeholder, field) > room(field),
    );
    // The arrow of a choice takes its part.
    const ARROW = 16;
    const choices = of<HTMLSelectElement>('select').flatMap((select) =>
      // Node-RED's own "add new" is as long as it is.
      [...select.options].filter(
        ({ text, value }) => value !== '_ADD_' && widthOf(text, select) > room(select) - ARROW,
      ),
    );
    return [
      ...wide.map((element) => element.textContent?.trim() ?? ''),
      ...fields.map(({ placeholder }) => placeholder),
      ...choices.map(({ text }) => text),
    ];
  });

/** How wide Node-RED holds a form to be: it never makes it narrower, but cuts it off where the window is. */
export const naturalWidth = (form: Locator): Promise<number> =>
  form.locator('.red-ui-tray-body').evaluate(({ style }: HTMLElement) => 40 + parseFloat(style.minWidth));

/** What of a form stands out of its frame at the right. */
export const outside = (form: Locator): Promise<string[]> =>
  form.evaluate((root) => {
    const frame = root.getBoundingClientRect().right;
    const parts = [...root.querySelectorAll('.red-ui-tray-body *')].filter(
      (part) => part.getBoundingClientRect().right > frame + 1,
    );
    return parts.map(({ tagName, id, className, textContent }) => `${tagName} ${id || className} ${textContent}`);
  });
