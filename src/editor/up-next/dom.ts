export type Child = Node | string | null | undefined | false;

/** Attributes as in HTML; null and false leave one out, true writes it empty. */
export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** An element with text and elements in it: nothing is ever read as HTML. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined && child !== false) made.append(child);
  return made;
}

export const icon = (name: string): HTMLElement => el('i', { class: `fa fa-${name}`, 'aria-hidden': 'true' });

export interface ButtonFacts {
  /** Finds it again after the list was drawn anew. */
  readonly key: string;
  readonly text: string;
  /** @default the text */
  readonly label?: string;
  readonly title?: string;
  readonly icon?: string;
  /** A sentence why it cannot be pressed. */
  readonly disabled?: string | null;
  press(): void;
}

/** A button of the editor's own looks. One that cannot be pressed can still be reached, and says why. */
export function button(facts: ButtonFacts): HTMLButtonElement {
  const { disabled = null } = facts;
  const made = el(
    'button',
    {
      type: 'button',
      class: `red-ui-button red-ui-button-small plex-jit-button${disabled === null ? '' : ' plex-jit-button-off'}`,
      'data-key': facts.key,
      'aria-disabled': disabled === null ? null : 'true',
      'aria-label': facts.label ?? null,
      title: disabled ?? facts.title ?? null,
    },
    facts.icon !== undefined && icon(facts.icon),
    facts.icon !== undefined && ' ',
    facts.text,
  );
  if (disabled === null) made.addEventListener('click', () => facts.press());
  return made;
}

const open = new Map<string, boolean>();

/** Something to fold away; how it was left survives drawing it anew. */
export function fold(key: string, title: Child, isOpen: boolean, ...children: readonly Child[]): HTMLDetailsElement {
  const made = el(
    'details',
    { class: `plex-jit-fold plex-jit-fold-${key.replace(/[^\w-]/g, '-')}`, open: open.get(key) ?? isOpen },
    el('summary', { 'data-key': `fold ${key}` }, title),
    ...children,
  );
  made.addEventListener('toggle', () => open.set(key, made.open));
  return made;
}
