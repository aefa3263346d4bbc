import type { Node } from './node-types.js';
import type { NodeError } from './node-error.js';
import { failureWords } from './failure-words.js';

/** What a node is doing, for the line below it in the editor. */
export type Meaning =
  | { readonly is: 'idle' }
  | { readonly is: 'working' | 'ok' | 'waiting' | 'failed' | 'not-set-up'; readonly text: string };

type Look = Exclude<Parameters<Node['status']>[0], string>;

/** The one place that knows colours and shapes; as core's http request and mqtt nodes have them. */
const LOOKS = {
  working: { fill: 'blue', shape: 'dot' },
  ok: { fill: 'green', shape: 'dot' },
  waiting: { fill: 'yellow', shape: 'ring' },
  failed: { fill: 'red', shape: 'ring' },
  'not-set-up': { fill: 'grey', shape: 'ring' },
} as const satisfies Record<Exclude<Meaning['is'], 'idle'>, Look>;

export const idle: Meaning = { is: 'idle' };
export const working = (text: string): Meaning => ({ is: 'working', text });
export const ok = (text: string): Meaning => ({ is: 'ok', text });
export const waiting = (text: string): Meaning => ({ is: 'waiting', text });

export const failed = (error: NodeError): Meaning =>
  error.code === 'not-set-up' ? { is: 'not-set-up', text: 'not set up' } : { is: 'failed', text: failureWords(error) };

/** Shows it, with how many messages wait behind the one at work. */
export const show = (node: Node, meaning: Meaning, waitingMessages = 0): void => {
  if (meaning.is === 'idle') {
    node.status({});
    return;
  }
  const text = waitingMessages > 0 ? `${meaning.text} · ${waitingMessages} waiting` : meaning.text;
  node.status({ ...LOOKS[meaning.is], text });
};
