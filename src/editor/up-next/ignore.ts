import type { UnmatchedView } from '../../core/up-next/index.js';
import { names, withShow } from './show-list.js';
import { type EditEvent, type WorkspaceNode, notify, red } from './red.js';
import { say } from './words.js';

/** Whether a node's server is the one that runs under that id; a server that stands in a subflow has a longer one there. */
const isServer = (server: string | undefined, running: string): boolean =>
  server !== undefined && server !== '' && (server === running || running.endsWith(`-${server}`));

/** The nodes in the workspace whose list counts: those of the tab or subflow that look up at that Sonarr. */
export function lookups(home: string, sonarr: string): readonly WorkspaceNode[] {
  const all = red().nodes.filterNodes({ type: 'plex-jit-sonarr-lookup', z: home });
  return all.filter(({ server }) => isServer(server, sonarr));
}

/** Why the show cannot be ignored from here, in a sentence; null when it can. */
export function obstacle(home: string, nodes: readonly WorkspaceNode[]): string | null {
  if (!red().user.hasPermission('flows.write')) return say('ignore.noPermission');
  if (nodes.length === 0) return say('ignore.noNode');
  return red().workspaces.isLocked(home) ? say('ignore.locked') : null;
}

function edit(node: WorkspaceNode, show: UnmatchedView): EditEvent {
  const event: EditEvent = {
    t: 'edit',
    node,
    changes: { ignoreShows: node.ignoreShows },
    changed: node.changed === true,
    dirty: red().nodes.dirty(),
  };
  node.ignoreShows = withShow(node.ignoreShows, show);
  node.changed = true;
  node.dirty = true;
  return event;
}

interface Ignored {
  readonly title: string;
  readonly nodes: readonly WorkspaceNode[];
}

/** What each change in the workspace's history has ignored, and where: another flow may have a show of that title too. */
const ignored = new WeakMap<object, Ignored>();

/** Whether the workspace's undo would take back just this. @param nodes whose list holds the show */
export function canUndo(nodes: readonly WorkspaceNode[], { title }: UnmatchedView): boolean {
  const latest = red().history.peek();
  const change = latest === undefined ? undefined : ignored.get(latest);
  return change?.title === title && change.nodes.some((node) => nodes.includes(node));
}

/** The editor's own key for it works in the workspace only. */
export const undo = (): void => red().actions.invoke('core:undo');

/** Adds the show to the nodes' lists as the user would in their forms: it can be undone, and a deploy makes it so. */
export function ignoreShow(nodes: readonly WorkspaceNode[], show: UnmatchedView): void {
  const editor = red();
  const dirty = editor.nodes.dirty();
  const events = nodes.filter((node) => !names(node.ignoreShows, show)).map((node) => edit(node, show));
  const [first] = events;
  if (first === undefined) return;
  const change = events.length === 1 ? first : ({ t: 'multi', events, dirty } as const);
  ignored.set(change, { title: show.title, nodes: events.map(({ node }) => node) });
  editor.history.push(change);
  editor.nodes.dirty(true);
  for (const { node } of events) {
    editor.editor.validateNode(node);
    editor.events.emit('nodes:change', node);
  }
  editor.view.redraw();
  notify(say('ignore.done', { show: show.title }), 'success');
}
