import { red } from './red.js';
import { say } from './texts.js';

/** Adds the tab; Node-RED decides when it is in front. */
export const addSidebar = (): void => {
  const content = document.createElement('div');
  content.className = 'plex-jit-up-next';
  red.sidebar.addTab({
    id: 'plex-jit-up-next',
    label: say('upNext.label'),
    name: say('upNext.name'),
    iconClass: 'fa fa-forward',
    content,
    enableOnEdit: true,
  });
};
