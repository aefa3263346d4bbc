import type { StandInRequest } from './types.js';

/** A file of a multipart form. */
interface FormFile {
  readonly filename: string;
  readonly content: Buffer;
}

/** Parameters of a request, query first, then the form; a JSON body counts for nothing (CherryPy, both servers). */
export class Parameters {
  private readonly values = new Map<string, string[]>();
  readonly files = new Map<string, FormFile>();

  constructor(request: StandInRequest) {
    for (const [name, value] of request.query) this.add(name, value);
    const type = request.headers['content-type'] ?? '';
    if (type.startsWith('application/x-www-form-urlencoded')) {
      for (const [name, value] of new URLSearchParams(request.body.toString('utf8'))) this.add(name, value);
    } else if (type.startsWith('multipart/form-data')) this.readParts(request.body, boundaryOf(type));
  }

  /** The first of the values. */
  get(name: string): string | undefined {
    return this.values.get(name)?.[0];
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  repeated(name: string): boolean {
    return (this.values.get(name)?.length ?? 0) > 1;
  }

  /** A comma-separated list, trimmed, without blanks. */
  list(name: string): readonly string[] {
    return (this.get(name) ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }

  private add(name: string, value: string): void {
    this.values.set(name, [...(this.values.get(name) ?? []), value]);
  }

  private readParts(body: Buffer, boundary: string): void {
    const text = body.toString('latin1');
    for (const part of text.split(`--${boundary}`).slice(1, -1)) {
      const gap = part.indexOf('\r\n\r\n');
      if (gap >= 0) this.addPart(part.slice(0, gap), Buffer.from(part.slice(gap + 4, -2), 'latin1'));
    }
  }

  private addPart(head: string, content: Buffer): void {
    const name = /\bname="([^"]*)"/.exec(head)?.[1];
    const filename = /\bfilename="([^"]*)"/.exec(head)?.[1];
    if (name === undefined) return;
    if (filename === undefined) this.add(name, content.toString('utf8'));
    else this.files.set(name, { filename: Buffer.from(filename, 'latin1').toString('utf8'), content });
  }
}

const boundaryOf = (contentType: string): string => /boundary="?([^";]+)/.exec(contentType)?.[1] ?? '';
