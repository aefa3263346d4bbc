/** What the kit uses of Node-RED's editor, and no more. */
export interface Editor {
  /** A text of a catalogue; the key itself when there is none. */
  _(key: string, params?: Params): string;
  readonly settings: { readonly context?: { readonly default?: string; readonly stores: readonly string[] } };
  readonly user?: { hasPermission(permission: string): boolean };
}

/** What goes into a text in place of its `__name__`. */
export type Params = Readonly<Record<string, string | number>>;

/** A property of `defaults` in a form. */
export interface Property {
  readonly value: unknown;
  readonly type?: string;
  readonly required?: boolean;
  readonly validate?: unknown;
}

/** What a form registers. */
export interface Definition {
  readonly category?: string;
  readonly defaults: Readonly<Record<string, Property>>;
}

/** A node as the editor holds it: `this` of a form's functions. */
export interface FormNode {
  readonly id: string;
  readonly type: string;
  readonly _def: Definition;
  /** A text of the node's own catalogue; the key itself when there is none. */
  _(key: string, params?: Params): string;
  readonly [property: string]: unknown;
}

/** Node-RED's editor: there before any form is loaded. */
export const editor = (): Editor => (globalThis as unknown as { readonly RED: Editor }).RED;
