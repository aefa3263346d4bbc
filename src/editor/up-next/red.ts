import type { EditorRED } from 'node-red';

/** Node-RED's editor, which is there before any plugin is loaded. */
export const red: EditorRED = (window as unknown as { readonly RED: EditorRED }).RED;
