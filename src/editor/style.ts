/**
 * Only the editor's own colours, so that it is right in every theme. Node-RED never makes a form narrower than its longest
 * text is in one line, and cuts it off in a small window; the width of a row stands in for that, and texts wrap.
 */
const RULES = `
.plex-jit-row { width: 520px; min-width: 100%; max-width: 100%; }
.red-ui-editor .plex-jit-row > label { width: 190px; vertical-align: top; padding-top: 5px; }
.plex-jit-value, .plex-jit-row > .plex-jit-pick { display: inline-block; width: calc(100% - 205px); vertical-align: top; }
.plex-jit-row.plex-jit-check > input[type=checkbox] { display: inline-block; width: auto; margin: 0 8px 0 193px; vertical-align: baseline; }
.red-ui-editor .plex-jit-row.plex-jit-check > label { width: calc(100% - 225px); padding-top: 0; }
.plex-jit-row.plex-jit-check > .plex-jit-hint { margin-left: 213px; }
.plex-jit-value > input[type=text] { width: 90px; }
.plex-jit-value.plex-jit-wide > input[type=text], .plex-jit-value.plex-jit-wide > input[type=password], .plex-jit-value > select, .plex-jit-value > textarea { width: 100%; }
.plex-jit-value > textarea { resize: vertical; font-family: monospace; }
.red-ui-editor .plex-jit-value > .plex-jit-choice { display: block; width: auto; }
.plex-jit-choice > input[type=checkbox] { display: inline-block; width: auto; margin: 0 4px 0 0; vertical-align: baseline; }
.plex-jit-problem:not(:empty) { margin-top: 2px; font-size: 12px; line-height: 1.35; color: var(--red-ui-text-color-error); }
.plex-jit-hint { display: block; margin-top: 2px; font-size: 12px; line-height: 1.35; color: var(--red-ui-primary-text-color); }
/* The gap belongs to the field: below a long one the hint stands where it begins. A div has white space behind its field. */
.red-ui-editor .plex-jit-value:not(.plex-jit-wide) > input[type=text] { margin-right: 8px; }
.red-ui-editor div.plex-jit-value:not(.plex-jit-wide) > input[type=text] { margin-right: 4px; }
.plex-jit-value > input[type=text] ~ .plex-jit-hint.plex-jit-beside { display: inline-block; margin: 0; width: calc(100% - 110px); vertical-align: middle; }
.plex-jit-warning { display: block; margin-top: 4px; }
.plex-jit-warning:empty { display: none; }
.plex-jit-warning:not(:empty)::before { content: "\\f071"; font-family: FontAwesome; margin-right: 5px; color: var(--red-ui-text-color-warning); }
.plex-jit-more { border: 0; background: none; padding: 3px 4px; font-weight: bold; color: var(--red-ui-form-text-color); }
.plex-jit-more:focus-visible { outline: 2px solid var(--red-ui-form-input-focus-color); }
.plex-jit-more > i { width: 14px; }
.plex-jit-value ul.plex-jit-findings { list-style: none; margin: 6px 0 0; padding: 0; }
.plex-jit-findings > li { display: flex; gap: 7px; margin: 3px 0; line-height: 1.4; overflow-wrap: anywhere; color: var(--red-ui-form-text-color); }
.plex-jit-findings > li > i { flex: 0 0 14px; text-align: center; line-height: inherit; }
.plex-jit-findings > .plex-jit-ok > i { color: var(--red-ui-text-color-success); }
.plex-jit-findings > .plex-jit-warn > i { color: var(--red-ui-text-color-warning); }
.plex-jit-findings > .plex-jit-bad > i { color: var(--red-ui-text-color-error); }
/* Also while it has the focus or the mouse is over it. */
.red-ui-editor .plex-jit-row .red-ui-button.plex-jit-test-button:not(.disabled):not(:disabled), .red-ui-editor .plex-jit-row .red-ui-button.red-ui-editableList-addButton:not(.disabled):not(:disabled) { color: var(--red-ui-primary-text-color) !important; }
.plex-jit-pick { position: relative; }
.plex-jit-pick > input[type=text] { width: 100%; margin: 0; padding-right: 22px; }
.plex-jit-pick > .plex-jit-caret { display: inline-block; width: 22px; margin-left: -22px; text-align: center; pointer-events: none; color: var(--red-ui-form-text-color); }
.red-ui-editor .plex-jit-pick > .plex-jit-chips { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px; }
.red-ui-editor .plex-jit-pick > .plex-jit-chips:not(:empty) { margin-bottom: 4px; }
.plex-jit-chips:not(:empty) ~ input::placeholder { color: transparent; }
.plex-jit-chips > li { display: inline-flex; align-items: center; gap: 6px; max-width: 100%; min-width: 0; padding-left: 8px; line-height: 24px; overflow-wrap: anywhere; border: 1px solid var(--red-ui-form-input-border-color); border-radius: 4px; background: var(--red-ui-form-input-background); color: var(--red-ui-form-text-color); }
.plex-jit-chips button { flex: none; width: 24px; height: 24px; padding: 0; border: 0; border-radius: 4px; background: none; color: inherit; }
.plex-jit-chips button:hover { background: var(--red-ui-list-item-background-hover); }
.plex-jit-chips button:focus-visible { outline: 2px solid var(--red-ui-form-input-focus-color); }
.plex-jit-drop { position: absolute; z-index: 30; left: 0; right: 0; min-width: 220px; line-height: 1.35; }
.plex-jit-of-list:not(:empty) { padding: 5px 8px; font-size: 12px; border: 1px solid var(--red-ui-form-input-border-color); border-radius: 4px; background: var(--red-ui-form-input-background); color: var(--red-ui-form-text-color); }
.red-ui-editor .plex-jit-drop > .plex-jit-options { max-height: 220px; overflow-y: auto; list-style: none; margin: 1px 0 0; padding: 0; border: 1px solid var(--red-ui-form-input-border-color); border-radius: 4px; background: var(--red-ui-form-input-background); color: var(--red-ui-form-text-color); }
.plex-jit-options > li { padding: 5px 8px; overflow-wrap: anywhere; cursor: pointer; }
.plex-jit-options > li:hover { background: var(--red-ui-list-item-background-hover); }
.plex-jit-options > li.active { background: var(--red-ui-list-item-background-selected); outline: 1px solid var(--red-ui-form-input-focus-color); outline-offset: -1px; }
.plex-jit-note { margin-left: 8px; font-size: 12px; }
.plex-jit-said { font-size: 12px; line-height: 1.35; color: var(--red-ui-primary-text-color); }
.plex-jit-said:not(:empty) { margin-top: 3px; }
[data-empty]:empty::before { content: attr(data-empty); display: block; padding: 6px 8px; }
.red-ui-editor .plex-jit-row > .red-ui-editableList { margin-top: 4px; width: calc(100% - 11px); }
.plex-jit-rule { display: flex; align-items: flex-start; gap: 6px; }
.plex-jit-rule > select { width: 110px; flex: none; }
.plex-jit-rule > .plex-jit-pick { flex: 1 0 96px; min-width: 0; }
.plex-jit-rule > input[type=text] { width: 52px; flex: none; }
.plex-jit-rule > .plex-jit-unit:empty { display: none; }
.plex-jit-rule > .plex-jit-unit { flex: none; width: 74px; padding-top: 6px; }
.plex-jit-rule > button { flex: none; width: 26px; margin-top: 4px; padding-left: 0; padding-right: 0; }
/* What is longer than a number, as the name of a variable, makes its field longer. */
@supports (field-sizing: content) {
.plex-jit-value:not(.plex-jit-wide) > input[type=text] { field-sizing: content; width: auto; min-width: 90px; max-width: calc(100% - 8px); }
.plex-jit-rule > input[type=text] { field-sizing: content; width: auto; min-width: 52px; max-width: 86px; }
.plex-jit-rule > input[type=text]:has(+ .plex-jit-unit:empty) { flex: 0 1 auto; max-width: none; }
}
`;

const ID = 'plex-jit-form-style';

/** The looks of our forms, once for all of them. */
export const addStyle = (): void => {
  if (document.getElementById(ID) !== null) return;
  const style = document.createElement('style');
  style.id = ID;
  style.textContent = RULES;
  document.head.append(style);
};
