/**
 * A button that shows and hides the element it controls (`aria-controls`), for mouse and keyboard alike.
 * Where something is set in there, or wrong, it is open from the start.
 */
export const collapsible = (button: JQuery, startsOpen: boolean): void => {
  const controlled = $(`#${button.attr('aria-controls') ?? ''}`);
  const set = (open: boolean): void => {
    button.attr('aria-expanded', String(open));
    button.children('i').attr('class', open ? 'fa fa-angle-down' : 'fa fa-angle-right');
    controlled.prop('hidden', !open);
  };
  button.on('click', () => set(button.attr('aria-expanded') !== 'true'));
  set(startsOpen);
};
