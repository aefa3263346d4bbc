import { button, el, fold } from './dom.js';
import { notify } from './red.js';
import { readDiagnostics } from './server.js';
import { say } from './words.js';

let withNames = false;

function save(report: unknown): void {
  const file = URL.createObjectURL(new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' }));
  const link = el('a', { href: file, download: 'plex-jit-diagnostics.json' });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(file), 10_000);
}

const download = (): void => {
  readDiagnostics(withNames).then(save, (failed: Error) =>
    notify(say('diagnostics.failed', { reason: failed.message }), 'error'),
  );
};

/** A JSON file for a bug report. */
export function diagnostics(): HTMLElement {
  const box = el('input', {
    type: 'checkbox',
    id: 'plex-jit-diagnostics-names',
    'data-key': 'diagnostics-names',
    checked: withNames,
  });
  box.addEventListener('change', () => {
    withNames = box.checked;
  });
  return fold(
    'diagnostics',
    say('diagnostics.title'),
    false,
    el('p', { class: 'plex-jit-hint' }, say('diagnostics.hint')),
    el(
      'div',
      { class: 'plex-jit-diagnostics-names' },
      box,
      el('label', { for: 'plex-jit-diagnostics-names' }, say('diagnostics.names')),
    ),
    button({ key: 'diagnostics', text: say('diagnostics.button'), icon: 'download', press: download }),
  );
}

/** What all this is. */
export const help = (): HTMLElement =>
  fold(
    'help',
    say('help.title'),
    false,
    ...['intro', 'states', 'cooling', 'wants', 'ignore'].map((key) =>
      el('p', { class: 'plex-jit-hint' }, say(`help.${key}`)),
    ),
  );
