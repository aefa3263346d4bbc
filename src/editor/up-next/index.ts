import { addSidebar } from './sidebar.js';

declare global {
  interface Window {
    PlexJitUpNext?: { add(): void };
  }
}

/** What the plugin's page calls; a page that is loaded twice keeps the first. */
window.PlexJitUpNext ??= { add: addSidebar };
