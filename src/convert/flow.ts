import type { Settings } from './types.js';

interface FlowNode {
  readonly type: string;
  readonly credentials?: object;
  readonly repeat?: string;
  readonly [property: string]: unknown;
}

const OURS = 'plex-jit-';

function interval(every: number): string {
  if (every === 0) return 'only when it is pressed';
  return every === 60 ? 'every hour' : `every ${every} min`;
}

/** The inject that the timer triggers; 0 minutes between runs are no timer. */
const withTimer = (node: FlowNode, every: number): FlowNode => ({
  ...node,
  name: interval(every),
  repeat: every === 0 ? '' : String(Math.round(every * 60)),
});

/** What the example says of its own interval. */
const withWords = (node: FlowNode, every: number): FlowNode => ({
  ...node,
  name: String(node.name).replace('every hour', interval(every)),
  info: String(node.info).replace(', or 60 min later', every === 0 ? '' : `, or ${every} min later`),
});

const TAB_INFO =
  'Converted from a jitplex configuration: its settings are in the nodes, its servers and keys in the environment (`plex-jit.env`).\n\n' +
  'Nothing runs on deploy: press "look first (dry run)" and read the plan in the debug sidebar before you press the other button.';

const converted = (node: FlowNode, { nodes, credentials, every }: Settings): FlowNode => {
  if (node.type === 'tab') return { ...node, info: TAB_INFO };
  if (node.type === 'inject' && Number(node.repeat) > 0 && every !== null) return withTimer(node, every);
  if (node.type === 'comment' && every !== null) return withWords(node, every);
  if (!node.type.startsWith(OURS)) return node;
  const name = node.type.slice(OURS.length);
  const more = (credentials as Readonly<Record<string, object>>)[name];
  return {
    ...node,
    ...nodes[name],
    ...(node.credentials && more ? { credentials: { ...node.credentials, ...more } } : {}),
  };
};

/** The example flow with these settings. Its servers come from the environment, so it holds no key. */
export const flowWith = (example: string, settings: Settings): string => {
  const flow = JSON.parse(example) as readonly FlowNode[];
  return `${JSON.stringify(
    flow.map((node) => converted(node, settings)),
    null,
    2,
  )}\n`;
};
