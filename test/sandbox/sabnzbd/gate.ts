import { isIP } from 'node:net';
import type { Parameters } from '../http/form.js';
import type { StandInAnswer, StandInRequest } from '../http/types.js';

/** Who may do what; the defaults are SABnzbd's own. */
export interface GateOptions {
  readonly apiKey: string;
  readonly nzbKey: string;
  /** Refuse host names that are neither IP, localhost, `*.local` nor listed. */
  readonly checkHostname: boolean;
  readonly hostWhitelist: readonly string[];
  /** What a client from outside may do: 0 nothing · 1 add · 2 queue and history · 3 configuration. */
  readonly inetExposure: number;
  /** SABnzbd's special `api_warnings=0`: refusals have no text. */
  readonly silent: boolean;
}

const OPEN = new Set(['version', 'auth']);
const ADD = new Set(['version', 'auth', 'addfile', 'addlocalfile', 'addurl']);
const CONFIG = new Set(['get_config', 'set_config']);

/** Why a call of the API is refused, in SABnzbd's order: from outside, host name, key; null: it is let in. */
export const refusal = (
  request: StandInRequest,
  parameters: Parameters,
  options: GateOptions,
): StandInAnswer | null => {
  const mode = parameters.get('mode') ?? '';
  if (isExternal(request) && levelOf(mode) > options.inetExposure)
    return refused('External internet access denied - https://sabnzbd.org/access-denied', options);
  if (options.checkHostname && !isKnownHost(request.headers.host ?? '', options))
    return refused('Access denied - Hostname verification failed: https://sabnzbd.org/hostname-check', options);
  const key = keyRefusal(mode, parameters, options);
  return key === null ? null : refused(key, options);
};

const refused = (text: string, { silent }: GateOptions): StandInAnswer => ({
  status: 403,
  headers: { 'content-type': 'text/html;charset=utf-8' },
  body: silent ? '' : text,
});

const levelOf = (mode: string): number => (ADD.has(mode) ? 1 : CONFIG.has(mode) ? 3 : 2);

/** Any address of X-Forwarded-For that is not local. */
const isExternal = (request: StandInRequest): boolean =>
  (request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .some((address) => address !== '' && !LOCAL.test(address));

const LOCAL = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cde])/i;

const isKnownHost = (header: string, { hostWhitelist }: GateOptions): boolean => {
  const host = header.replace(/:\d+$/, '').toLowerCase();
  return (
    isIP(host.replace(/^\[|\]$/g, '')) !== 0 ||
    host === 'localhost' ||
    host.endsWith('.local') ||
    hostWhitelist.includes(host)
  );
};

const keyRefusal = (mode: string, parameters: Parameters, options: GateOptions): string | null => {
  if (OPEN.has(mode)) return null;
  const key = parameters.get('apikey') ?? '';
  if (key === '') return 'API Key Required';
  if (parameters.repeated('apikey')) return 'API Key Incorrect';
  if (key === options.apiKey || (key === options.nzbKey && ADD.has(mode))) return null;
  return 'API Key Incorrect';
};
