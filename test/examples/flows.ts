import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../e2e/packed.js';

export interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly z?: string;
  readonly wires?: readonly (readonly string[])[];
  readonly credentials?: Readonly<Record<string, string>>;
  readonly [property: string]: unknown;
}

const FOLDER = join(ROOT, 'examples');

/** `02 - Plan only, look before you leap` and the others, in order. */
export const EXAMPLES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''))
  .toSorted();

/** By its name, or by the number in front. */
export const readExample = (name: string): readonly FlowNode[] => {
  const file = EXAMPLES.find((example) => example.startsWith(name)) ?? name;
  return JSON.parse(readFileSync(join(FOLDER, `${file}.json`), 'utf8')) as readonly FlowNode[];
};
