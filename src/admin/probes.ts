import { connect } from 'node:tls';
import { tryJson } from '../clients/http/array-slices.js';
import { isJson } from '../clients/http/answers.js';
import { type Answer, createTransport, type Transport } from '../clients/http/transport.js';
import type { Connection } from '../clients/http/types.js';
import type { ServiceName } from '../core/contracts/index.js';

/** What each server answers without a key (recordings `ping`, `auth_form_login_status_url`, `version`), and how that is known. */
const KEYLESS: Readonly<Record<ServiceName, { readonly path: string; readonly field: string; readonly like: RegExp }>> =
  {
    sonarr: { path: '/ping', field: 'status', like: /^OK$/ },
    tautulli: { path: '/status', field: 'result', like: /^success$/ },
    sabnzbd: { path: '/api?mode=version&output=json', field: 'version', like: /^\d+\.\d+/ },
  };

/** Pages that a server itself sends a visitor to. */
const OWN_PAGES = /\/(login|home|welcome|auth|setup|wizard)\b/;

const isOf = (service: ServiceName, answer: Answer): boolean => {
  if (answer.status !== 200 || !isJson(answer)) return false;
  const body = tryJson(answer.body) as Readonly<Record<string, unknown>> | null | undefined;
  const value = body?.[KEYLESS[service].field];
  return typeof value === 'string' && KEYLESS[service].like.test(value);
};

/** Looks around at the host of a connection, by its proxy if it has one, without key, user, password or headers, and without following redirects. */
export class Surroundings {
  readonly origin: string;
  readonly #transport: Transport;
  readonly #agent: Connection['httpsAgent'];
  readonly #signal: AbortSignal;

  constructor({ url, timeout, service, name, httpsAgent, proxy }: Connection, signal: AbortSignal) {
    this.origin = new URL(url).origin;
    this.#signal = signal;
    this.#agent = httpsAgent;
    const way = { ...(httpsAgent === undefined ? {} : { httpsAgent }), ...(proxy === undefined ? {} : { proxy }) };
    this.#transport = createTransport({ url: this.origin, timeout, service, name, apiKey: '', ...way }, this.origin);
  }

  /** Whether that product answers below that base path. */
  async has(service: ServiceName, base: string): Promise<boolean> {
    const answer = await this.#get(base + KEYLESS[service].path);
    return answer !== null && isOf(service, answer);
  }

  /** The path that visitors of the host are sent to, as a base path; null when they are not, or elsewhere. */
  async sentTo(): Promise<string | null> {
    const location = (await this.#get('/'))?.location ?? '';
    if (location === '' || !URL.canParse(location, this.origin)) return null;
    const target = new URL(location, this.origin);
    const base = target.pathname.replace(/\/$/, '');
    return target.origin !== this.origin || base === '' || OWN_PAGES.test(base) ? null : base;
  }

  close(): void {
    this.#transport.close();
    this.#agent?.destroy();
  }

  async #get(path: string): Promise<Answer | null> {
    const outcome = await this.#transport.send({ method: 'GET', path, headers: {}, body: null }, this.#signal);
    return 'answer' in outcome ? outcome.answer : null;
  }
}

/** Whether a port speaks TLS; nothing but the handshake is sent. */
export const speaksTls = (url: string, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    // Whose certificate it is does not matter here: no request follows.
    const socket = connect({ host, port: Number(port === '' ? 80 : port), rejectUnauthorized: false });
    const end = (answer: boolean): void => {
      signal.removeEventListener('abort', giveUp);
      socket.destroy();
      resolve(answer);
    };
    const giveUp = (): void => end(false);
    socket.once('secureConnect', () => end(true)).once('error', giveUp);
    socket.once('close', giveUp);
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
