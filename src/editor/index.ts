import * as kit from './kit.js';

declare global {
  interface Window {
    /** What all forms share; each form loads it first, and the first one counts. */
    PlexJit?: typeof kit;
  }
}

window.PlexJit ??= kit;
