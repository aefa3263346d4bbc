import type { StandInRequest } from '../http/types.js';
import { problem, Refusal } from './answers.js';
import { JsonMistake, readJson, type JsonNode } from './json-reader.js';

const JSON_BODY = /^(application|text)\/([\w.-]+\+)?json\b/i;

/** A body that Sonarr takes as one object; refuses what it refuses. */
export class Body {
  private constructor(
    readonly fields: ReadonlyMap<string, JsonNode>,
    private readonly type: 'problem' | 'json',
  ) {}

  /**
   * @param resource .NET's name of what the body should be; it is in the refusal
   * @param type how this controller words its ProblemDetails (`bad_json`, `bad_json_command`)
   */
  static read(request: StandInRequest, resource: string, type: 'problem' | 'json' = 'problem'): Body {
    requireJson(request);
    const text = request.body.toString('utf8');
    const node = text.trim() === '' ? null : parse(text, type);
    if (node === null || (node.kind === 'value' && node.value === null))
      throw refusal('', 'A non-empty request body is required.', type);
    if (node.kind !== 'object') throw refusal('$', cannot(resource, '$', node.end), type);
    return new Body(node.fields, type);
  }

  /** A missing field is false (`put_monitor_nomonitored`). */
  flag(name: string): boolean {
    const node = this.fields.get(name.toLowerCase());
    if (node === undefined) return false;
    if (node.kind === 'value' && typeof node.value === 'boolean') return node.value;
    throw this.wrong(name, 'System.Boolean', node);
  }

  /** A missing number is 0. */
  int(name: string): number {
    const node = this.given(name);
    if (node === undefined) return 0;
    if (node.kind === 'value' && typeof node.value === 'number') return node.value;
    throw this.wrong(name, 'System.Int32', node);
  }

  text(name: string): string | null {
    const node = this.given(name);
    if (node === undefined) return null;
    if (node.kind === 'value' && typeof node.value === 'string') return node.value;
    throw this.wrong(name, 'System.String', node);
  }

  /** Null when missing. */
  ints(name: string): number[] | null {
    const node = this.given(name);
    if (node === undefined) return null;
    if (node.kind !== 'array') throw this.wrong(name, 'System.Collections.Generic.List`1[System.Int32]', node);
    return node.items.map((item, i) => {
      if (item.kind === 'value' && typeof item.value === 'number') return item.value;
      throw this.wrong(`${name}[${i}]`, 'System.Int32', item);
    });
  }

  /** Everything as plain values, the outermost names in lower case. */
  plain(): Record<string, unknown> {
    return Object.fromEntries([...this.fields].map(([name, node]) => [name, plain(node)]));
  }

  /** Undefined when missing or null. */
  private given(name: string): JsonNode | undefined {
    const node = this.fields.get(name.toLowerCase());
    return node?.kind === 'value' && node.value === null ? undefined : node;
  }

  private wrong(name: string, wanted: string, node: JsonNode): Refusal {
    return refusal(`$.${name}`, cannot(wanted, `$.${name}`, node.end), this.type);
  }
}

const plain = (node: JsonNode): unknown => {
  if (node.kind === 'value') return node.value;
  if (node.kind === 'array') return node.items.map(plain);
  return Object.fromEntries([...node.fields].map(([name, inner]) => [node.names.get(name) ?? name, plain(inner)]));
};

const requireJson = (request: StandInRequest): void => {
  const type = request.headers['content-type'];
  if (type === undefined) throw new Refusal(problem(415));
  if (!JSON_BODY.test(type)) throw new Refusal({ status: 415, body: '' });
};

const parse = (text: string, type: 'problem' | 'json'): JsonNode => {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof JsonMistake) throw refusal(error.path, error.message, type);
    throw error;
  }
};

const cannot = (wanted: string, path: string, position: number): string =>
  `The JSON value could not be converted to ${wanted}. Path: ${path} | LineNumber: 0 | BytePositionInLine: ${position}.`;

const refusal = (field: string, message: string, type: 'problem' | 'json'): Refusal =>
  new Refusal(problem(400, { errors: { [field]: [message] }, type }));
