/** What all forms share, as `PlexJit` in the editor's page; each form loads it first, and the first one counts. */
export {};
