import type { TestResult } from '../../admin/server-test/index.js';
import { type Posting, post } from '../post.js';
import { editor } from '../red.js';
import { text } from '../texts.js';
import { findingList, sentenceList } from './findings.js';
import type { FormSpec } from './form-spec.js';

/** Whoever may not write gets a sentence in place of a refusal. */
const mayTest = (): boolean => editor().user?.hasPermission('plex-jit.write') ?? true;

/**
 * Fills `place` with the button that tries the connection as it stands in the form, and with what it finds.
 * What was found goes away once `spec` is another; a test that runs ends with the form.
 */
export const testButton = (place: JQuery, spec: () => FormSpec): { readonly changed: () => void } => {
  const icon = $('<i class="fa fa-plug" aria-hidden="true">');
  const button = $('<button type="button" class="red-ui-button plex-jit-test-button">').append(
    icon,
    ' ',
    $('<span>').text(text('test.button')),
  );
  const results = $('<div role="status" aria-live="polite">');
  place.append(button, results);
  let running: Posting<TestResult> | null = null;
  let tested = '';

  const show = (found: JQuery | null): void => {
    running = null;
    button.prop('disabled', false);
    icon.attr('class', 'fa fa-plug');
    results.empty().removeAttr('aria-busy');
    if (found !== null) results.append(found);
  };
  const run = async (): Promise<void> => {
    const body = spec();
    tested = JSON.stringify(body);
    button.prop('disabled', true);
    icon.attr('class', 'fa fa-spinner fa-spin');
    results.attr('aria-busy', 'true').empty().append(sentence('test.running'));
    const mine = (running = post<TestResult>('plex-jit/test', body));
    const posted = await mine.done;
    if (running !== mine || posted === null) return;
    show('answer' in posted ? findingList(posted.answer.findings) : sentenceList('error', posted.sentence));
    // A disabled button loses the keyboard.
    if (document.activeElement === null || document.activeElement === document.body) button.trigger('focus');
  };

  if (!mayTest()) {
    button.prop('disabled', true);
    results.append(sentence('request.forbidden'));
  }
  button.on('click', () => void run());
  // jQuery UI tells when an element is taken away: the tray was closed, by whichever button.
  button.on('remove', () => running?.abort());
  return {
    changed: () => {
      if (tested === '' || JSON.stringify(spec()) === tested) return;
      running?.abort();
      tested = '';
      show(null);
    },
  };
};

const sentence = (key: string): JQuery => $('<div class="plex-jit-hint">').text(text(key));
