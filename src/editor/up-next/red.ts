/** A node in the workspace, as far as the sidebar changes it. */
export interface WorkspaceNode {
  readonly id: string;
  readonly type: string;
  readonly z: string;
  /** Disabled. */
  readonly d?: boolean;
  readonly server?: string;
  ignoreShows?: unknown;
  changed?: boolean;
  dirty?: boolean;
}

/** What the workspace's undo remembers of one node's change. */
export interface EditEvent {
  readonly t: 'edit';
  readonly node: WorkspaceNode;
  readonly changes: object;
  readonly changed: boolean;
  readonly dirty: boolean;
}

/** What the sidebar uses of Node-RED's editor, and no more. */
interface Editor {
  readonly actions: { invoke(action: string): void };
  readonly comms: { subscribe(topic: string, listener: () => void): void };
  readonly editor: { validateNode(node: WorkspaceNode): boolean };
  readonly events: { on(event: string, listener: () => void): void; emit(event: string, about: unknown): void };
  readonly history: {
    /** What undo would take back. */
    peek(): object | undefined;
    push(
      event: EditEvent | { readonly t: 'multi'; readonly events: readonly EditEvent[]; readonly dirty: boolean },
    ): void;
  };
  readonly i18n: { lang(): string };
  readonly nodes: {
    dirty(): boolean;
    dirty(now: boolean): void;
    eachNode(each: (node: WorkspaceNode) => void): void;
    workspace(id: string): { readonly disabled?: boolean } | undefined;
    subflow(id: string): { readonly instances?: readonly Pick<WorkspaceNode, 'z' | 'd'>[] } | undefined;
    filterNodes(like: { readonly type: string; readonly z: string }): WorkspaceNode[];
  };
  readonly sidebar: { addTab(tab: object): void };
  readonly user: { hasPermission(permission: string): boolean };
  readonly view: { redraw(): void };
  readonly workspaces: { isLocked(id: string): boolean };
  notify(message: HTMLElement, options: { readonly type: string; readonly timeout?: number }): void;
}

/** Node-RED's editor, which is there before any plugin is loaded. */
export const red = (): Editor => (window as unknown as { readonly RED: Editor }).RED;

/** A message of the editor. Its texts hold titles of others, so they are never read as HTML. */
export const notify = (message: string, type: 'success' | 'warning' | 'error'): void => {
  const line = document.createElement('p');
  line.textContent = message;
  red().notify(line, { type, timeout: type === 'success' ? 6000 : 12_000 });
};
