import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** Below this a server's answer is smaller than what gzip adds. */
const WORTH_IT = 512;
/** Only big bodies are remembered: a library's series list is asked for again and again. */
const WORTH_KEEPING = 32_768;
const KEPT = 24;

/** Gzips answers, and remembers the last big ones. */
export class Gzip {
  private readonly kept = new Map<string | Buffer, Buffer>();

  wanted(acceptEncoding: string | undefined, bytes: number): boolean {
    return bytes >= WORTH_IT && /\bgzip\b/.test(acceptEncoding ?? '');
  }

  async of(body: string | Buffer): Promise<Buffer> {
    const known = this.kept.get(body);
    if (known !== undefined) return known;
    const zipped = await compress(body, { level: 1 });
    if (body.length >= WORTH_KEEPING) this.keep(body, zipped);
    return zipped;
  }

  private keep(body: string | Buffer, zipped: Buffer): void {
    this.kept.set(body, zipped);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT && oldest !== undefined) this.kept.delete(oldest);
  }
}
