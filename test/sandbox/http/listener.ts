import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Bytes; Tautulli takes request lines of up to 500 kB. */
const HEADERS = 600_000;
/** Milliseconds. */
const KEEP_ALIVE = 10_000;

/** A port of 127.0.0.1 that can go away and come back. */
export class Listener {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private port = 0;
  private closed = false;
  private isRefusing = false;
  private back: NodeJS.Timeout | undefined;

  constructor(onRequest: RequestListener) {
    this.server = createServer({ maxHeaderSize: HEADERS, keepAliveTimeout: KEEP_ALIVE }, onRequest);
    this.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    });
  }

  async open(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    this.port = (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get isDown(): boolean {
    return this.isRefusing;
  }

  /** Refuses connections from now on, for so many milliseconds or until `up`. */
  down(ms?: number): void {
    if (this.closed) return;
    this.isRefusing = true;
    if (this.server.listening) this.server.close();
    this.cutAll();
    if (ms !== undefined) this.back = setTimeout(() => this.up(), ms);
  }

  /** Listens again on the same port. */
  up(): void {
    clearTimeout(this.back);
    this.isRefusing = false;
    if (!this.closed && !this.server.listening) this.server.listen(this.port, '127.0.0.1');
  }

  /** Ends every connection at once. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.back);
    const ended = this.server.listening
      ? new Promise<void>((resolve) => this.server.close(() => resolve()))
      : Promise.resolve();
    this.cutAll();
    await ended;
  }

  private cutAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}
