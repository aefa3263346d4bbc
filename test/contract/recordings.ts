import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly contentType?: string;
  /** `name=value`, or `name=@path` for a file. */
  readonly multipart?: readonly string[];
}

export interface Recording {
  readonly name: string;
  readonly request: RecordedRequest;
  readonly status: number;
  readonly contentType?: string;
  readonly body: unknown;
  readonly note?: string;
}

const FOLDER = join(__dirname, '..', 'fixtures', 'recordings');

/** All recordings of one server, by file name. */
export const recordingsOf = (server: 'sabnzbd' | 'tautulli'): readonly Recording[] =>
  readdirSync(join(FOLDER, server))
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({
      ...(JSON.parse(readFileSync(join(FOLDER, server, file), 'utf8')) as Omit<Recording, 'name'>),
      name: file.slice(0, -'.json'.length),
    }));

export interface Got {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Parsed when it is JSON, else the text. */
  readonly body: unknown;
}

/** Sends a request byte by byte as given, without anything that a client would add to it. */
export const send = async (base: string, request: RecordedRequest): Promise<Got> => {
  const body = bodyOf(request);
  const given = request.headers ?? [];
  const has = (name: string): boolean => given.some((line) => line.toLowerCase().startsWith(`${name}:`));
  const target =
    request.query === undefined || request.query === '' ? request.path : `${request.path}?${request.query}`;
  const lines = [
    `${request.method} ${target} HTTP/1.1`,
    ...(has('host') ? [] : [`Host: ${new URL(base).host}`]),
    'Connection: close',
    ...given.filter((line) => line !== 'Host:'),
    ...(body === null ? [] : [`Content-Length: ${body.content.length}`]),
    ...(body === null || has('content-type') ? [] : [`Content-Type: ${body.type}`]),
  ];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return parse(await exchange(base, body === null ? head : Buffer.concat([head, body.content])));
};

const bodyOf = (request: RecordedRequest): { content: Buffer; type: string } | null => {
  if (request.multipart !== undefined) return multipart(request.multipart);
  if (request.body === undefined) return null;
  return { content: Buffer.from(request.body), type: request.contentType ?? 'application/x-www-form-urlencoded' };
};

const NZB = '<nzb><file><segments><segment bytes="700000" number="1">a@b</segment></segments></file></nzb>';

const multipart = (fields: readonly string[]): { content: Buffer; type: string } => {
  const parts = fields.map((field) => {
    const [name, value] = [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)];
    const file = value.startsWith('@') ? `; filename="${value.split('/').at(-1) ?? ''}"` : '';
    return `--cut\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${file === '' ? value : NZB}\r\n`;
  });
  return { content: Buffer.from(`${parts.join('')}--cut--\r\n`), type: 'multipart/form-data; boundary=cut' };
};

const exchange = async (base: string, bytes: Buffer): Promise<Buffer> =>
  await new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(new URL(base).port), '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => resolve(Buffer.concat(chunks)));
    socket.on('error', reject);
  });

const parse = (bytes: Buffer): Got => {
  const text = bytes.toString('utf8');
  const gap = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, gap).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const contentType = headers['content-type'] ?? '';
  const body = text.slice(gap + 4);
  return {
    status: Number(first.split(' ')[1]),
    contentType,
    headers,
    text: body,
    body: contentType.startsWith('application/json') && body !== '' ? (JSON.parse(body) as unknown) : body,
  };
};
