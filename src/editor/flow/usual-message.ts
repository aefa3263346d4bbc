import Mustache from 'mustache';
import { EXAMPLE_VIEW } from '../../core/words/example-view.js';
import { DEFAULT_BODY, DEFAULT_SUBJECT } from '../../core/words/notification.js';

/** What is told where a template is empty: the package's own, of an example. */
export const usualMessage = (): { readonly subject: string; readonly body: string } => {
  const written = (template: string): string =>
    Mustache.render(template, EXAMPLE_VIEW, {}, { escape: (value: unknown) => String(value) })
      .replace(/\n{2,}/g, '\n')
      .trim();
  return { subject: written(DEFAULT_SUBJECT), body: written(DEFAULT_BODY) };
};

/** Shows it in the fields of the templates while they are empty. */
export const showUsualMessage = (): void => {
  for (const [field, written] of Object.entries(usualMessage())) {
    $(`#node-input-${field}`).attr('placeholder', written);
  }
};
