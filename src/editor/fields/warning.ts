import { describeBy } from './prepare.js';

/** A line below a field that says what is to be known about its value now, "" for nothing. Returns what looks anew. */
export const warning = (input: JQuery, say: () => string): (() => void) => {
  const id = `${input.attr('id') ?? ''}-warning`;
  const line = $('<div class="plex-jit-hint plex-jit-warning" role="status">').attr('id', id);
  line.appendTo(input.closest('.plex-jit-value'));
  describeBy(input, id);
  const look = (): void => {
    const said = say();
    // Written only when it changed, or every key would be answered.
    if (line.text() !== said) line.text(said);
  };
  input.on('input change', look);
  look();
  return look;
};
