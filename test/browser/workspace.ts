import type { Locator } from 'playwright-core';
import { EditorPage } from './editor-page.js';

/** A node as the editor holds it. */
interface PageNode {
  readonly id: string;
  readonly type: string;
  readonly [property: string]: unknown;
}
/** What the functions that run in the page use of the editor's global. */
declare const RED: {
  readonly nodes: {
    node(id: string): PageNode | null;
    workspace(id: string): { readonly label: string } | undefined;
    eachNode(callback: (node: PageNode) => void): void;
    eachConfig(callback: (node: PageNode) => void): void;
    dirty(changed?: boolean): boolean;
  };
  readonly view: { reveal(id: string): void; selection(): { nodes?: readonly PageNode[] } };
  readonly sidebar: { show(id: string): void };
  readonly actions: { invoke(id: string): void };
};
/** What a person does outside of forms: the palette, the canvas, Deploy, import and export. */
export class Workspace extends EditorPage {
  node(id: string): Locator {
    return this.page.locator(`[id="${id}"]`);
  }

  /** Drags a node from the palette; `x`, `y` in pixels of the visible workspace. Tells the new node's id. */
  async dragFromPalette(type: string, x: number, y: number): Promise<string> {
    const before = await this.ids();
    const source = this.page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`);
    await source.scrollIntoViewIfNeeded();
    const chart = await this.#box(this.page.locator('#red-ui-workspace-chart'));
    const from = await this.#box(source);
    const { mouse } = this.page;
    await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await mouse.down();
    await mouse.move(chart.x + x - 20, chart.y + y - 20, { steps: 5 });
    await mouse.move(chart.x + x, chart.y + y, { steps: 3 });
    await mouse.up();
    const added = (await this.ids()).filter((id) => !before.includes(id));
    if (added.length !== 1 || added[0] === undefined) throw new Error(`${added.length} nodes came of dragging ${type}`);
    return added[0];
  }

  /** Draws a wire from an output to an input. */
  async wire(from: string, to: string, output = 0): Promise<void> {
    await this.#drag(
      this.node(from).locator('.red-ui-flow-port-output').nth(output),
      this.node(to).locator('.red-ui-flow-port-input'),
    );
  }

  /** The ids of all nodes in the workspace, without configuration nodes. */
  ids(): Promise<string[]> {
    return this.page.evaluate(() => {
      const found: string[] = [];
      RED.nodes.eachNode(({ id }) => void found.push(id));
      return found;
    });
  }

  /** Shows a flow by a click on its tab. */
  async showFlow(title: string): Promise<void> {
    const tab = this.page.locator('#red-ui-workspace-tabs .red-ui-tab', { hasText: title });
    await tab.click();
    await this.page.waitForFunction(
      (name) => document.querySelector('#red-ui-workspace-tabs .active')?.textContent.includes(name),
      title,
    );
  }

  /** The nodes of a flow, by its title, with whether each can be used as it is; waits until there are any. */
  async nodesOf(title: string): Promise<readonly { readonly type: string; readonly valid: boolean }[]> {
    const found = await this.page.waitForFunction((wanted) => {
      const nodes: { type: string; valid: boolean }[] = [];
      RED.nodes.eachNode(({ type, z, valid }) => {
        if (RED.nodes.workspace(String(z))?.label === wanted) nodes.push({ type, valid: valid !== false });
      });
      return nodes.length > 0 && nodes;
    }, title);
    return (await found.jsonValue()) || [];
  }

  /** The id of the first node of that type with those properties, configuration nodes included. */
  async find(type: string, properties: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const id = await this.page.evaluate(
      ([wanted, wantedProperties]) => {
        let found: string | undefined;
        const look = (node: PageNode): void => {
          const fits = Object.entries(wantedProperties).every(([name, value]) => node[name] === value);
          if (node.type === wanted && fits) found ??= node.id;
        };
        RED.nodes.eachNode(look);
        RED.nodes.eachConfig(look);
        return found;
      },
      [type, properties] as const,
    );
    if (id === undefined) throw new Error(`there is no ${type} with ${JSON.stringify(properties)}`);
    return id;
  }

  /** Has the editor take the flows for changed, so that all can be deployed once more. */
  async touch(): Promise<void> {
    await this.page.evaluate(() => RED.nodes.dirty(true));
  }

  /** A node's property as the editor holds it. */
  property(id: string, name: string): Promise<unknown> {
    return this.page.evaluate(([node = '', key = '']) => RED.nodes.node(node)?.[key], [id, name]);
  }

  /** Whether there is something to deploy. */
  changed(): Promise<boolean> {
    return this.page.evaluate(() => RED.nodes.dirty());
  }

  async status(id: string): Promise<string> {
    return (await this.node(id).locator('.red-ui-flow-node-status-label').textContent()) ?? '';
  }

  async pressInject(id: string): Promise<void> {
    await this.node(id).locator('.red-ui-flow-node-button-button').click();
  }

  /** Presses Deploy and waits until the server has taken it. */
  async deploy(): Promise<void> {
    const [answer] = await Promise.all([
      this.page.waitForResponse(
        (response) => response.url().endsWith('/flows') && response.request().method() === 'POST',
      ),
      this.page.locator('#red-ui-header-button-deploy').click(),
    ]);
    if (!answer.ok()) throw new Error(`deploy: ${answer.status()} ${await answer.text()}`);
    await this.page.waitForFunction(() => !RED.nodes.dirty());
  }

  invoke(action: string): Promise<void> {
    return this.page.evaluate((id) => RED.actions.invoke(id), action);
  }

  /** Waits until a node's status reads so. */
  async reads(id: string, words: RegExp): Promise<void> {
    await this.node(id).locator('.red-ui-flow-node-status-label').filter({ hasText: words }).waitFor();
  }

  /** The debug sidebar's messages, once there are so many. */
  async debugMessages(count: number): Promise<string[]> {
    await this.page.evaluate(() => RED.sidebar.show('debug'));
    const messages = this.page.locator('.red-ui-debug-msg');
    await messages.nth(count - 1).waitFor();
    return messages.allInnerTexts();
  }

  /** Everything as Export would save it: the JSON of all flows. */
  async exported(): Promise<string> {
    await this.invoke('core:show-export-dialog');
    await this.page.locator('#red-ui-clipboard-dialog-export-rng-full').click();
    const area = this.page.locator('#red-ui-clipboard-dialog-export-text');
    await this.page.waitForFunction(() => {
      const text = document.querySelector<HTMLTextAreaElement>('#red-ui-clipboard-dialog-export-text');
      return text?.value.includes('"type":"tab"') ?? false;
    });
    const text = await area.inputValue();
    await this.page.locator('#red-ui-clipboard-dialog-cancel').click();
    return text;
  }

  /** Imports one of the package's examples from the menu, e.g. `01 - Plex Just-In-Time`. */
  async importExample(title: string): Promise<void> {
    await this.invoke('core:show-examples-import-dialog');
    const dialog = this.page.locator('.ui-dialog:visible');
    const labels = dialog.locator('.red-ui-treeList-label:visible');
    await labels.filter({ hasText: '@plex-jit/node-red-plex-jit' }).click();
    await labels.filter({ hasText: title }).click();
    await this.page.locator('#red-ui-clipboard-dialog-ok').click();
    await dialog.waitFor({ state: 'hidden' });
    await this.page.waitForFunction(() => {
      const types: string[] = [];
      RED.nodes.eachNode(({ type }) => void types.push(type));
      return types.some((type) => type.startsWith('plex-jit-'));
    });
  }
  async #box(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await locator.boundingBox();
    if (!box) throw new Error('it is not to be seen');
    return box;
  }

  async #drag(source: Locator, target: Locator): Promise<void> {
    const [from, to] = [await this.#box(source), await this.#box(target)];
    const { mouse } = this.page;
    await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await mouse.down();
    await mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 5 });
    await mouse.up();
  }
}
