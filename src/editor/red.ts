/** What the kit uses of Node-RED's editor, and no more. */
export interface Editor {
  /** A text of a catalogue; the key itself when there is none. */
  _(key: string, params?: Params): string;
  readonly nodes: {
    node(id: string): FormNode | null | undefined;
    eachConfig(visit: (node: FormNode) => unknown): void;
    getType(type: string): Definition | undefined;
  };
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

/** What the editor knows of a node's credentials: what was typed since the last deploy, and whether one is stored. */
export type FormCredentials = Readonly<Record<string, unknown>>;

/** A node as the editor holds it: `this` of a form's functions. */
export interface FormNode {
  readonly id: string;
  readonly type: string;
  readonly _def: Definition;
  readonly credentials?: FormCredentials;
  /** A text of the node's own catalogue; the key itself when there is none. */
  _(key: string, params?: Params): string;
  readonly [property: string]: unknown;
}

/** Node-RED's editor: there before any form is loaded. */
export const editor = (): Editor => (globalThis as unknown as { readonly RED: Editor }).RED;
