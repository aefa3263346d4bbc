import type { Embedded } from './embedded.js';

/** What Node-RED's runtime tells when a node shows something else. */
interface StatusEvent {
  readonly id: string;
  readonly status?: { readonly text?: unknown };
}

/** Where a run is told while it lasts: one line of a terminal, written again and again. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const CLEAR = '\r\u001b[2K';

/** What a line of text begins with that is written where progress may stand. */
export const roomOn = ({ isTTY }: Terminal): string => (isTTY === true ? CLEAR : '');

const OURS = 'plex-jit-';

/** Shows what each of our nodes is doing, on a terminal only; a search takes seconds. The answer clears the line and ends it. */
export const showProgress = ({ runtime }: Pick<Embedded, 'runtime'>, terminal: Terminal): (() => void) => {
  if (terminal.isTTY !== true) return () => undefined;
  const types = new Map<string, string>();
  runtime.nodes.eachNode(({ id, type }) => {
    if (type.startsWith(OURS)) types.set(id, type.replace(OURS, '').replace('-', ' '));
  });
  const show = ({ id, status }: StatusEvent): void => {
    const type = types.get(id);
    if (type === undefined || typeof status?.text !== 'string' || status.text === '') return;
    const line = `${type}: ${status.text}`;
    terminal.write(CLEAR + line.slice(0, (terminal.columns ?? 80) - 1));
  };
  runtime.events.on('node-status', show);
  return () => {
    runtime.events.off('node-status', show);
    terminal.write(CLEAR);
  };
};
