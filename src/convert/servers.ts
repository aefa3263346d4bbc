import { readUrl } from '../clients/http/url.js';
import type { Member, Tree } from './json/types.js';
import type { Fate, Service, Variable } from './types.js';

/** What the reference wrote behind the base URL, and the nodes add by themselves. */
const API_PATHS: Readonly<Record<Service, RegExp>> = {
  tautulli: /\/api\/v2\/?$/i,
  sonarr: /\/api(\/v\d)?\/?$/i,
  sabnzbd: /\/api\/?$/i,
};

interface Address {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly notes: readonly string[];
}

export interface ServerConversion {
  readonly variables: readonly Variable[];
  readonly credentials: Readonly<Record<string, string>>;
  readonly fates: readonly Fate[];
}

const textOf = (value: Tree | undefined): string | null =>
  value?.kind === 'plain' && typeof value.value === 'string' ? value.value.trim() : null;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The URL that a server node wants, or what is wrong with this one. */
const addressOf = (service: Service, written: string): Address | string => {
  if (/\b(HOST|PORT|URL_BASE)\b/.test(written)) return 'a placeholder';
  const parsed = URL.canParse(written) ? new URL(written) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    const read = readUrl(written);
    return 'detail' in read ? read.detail : 'it is not a URL';
  }
  const { username, password, search, hash } = parsed;
  const path = parsed.pathname.replace(API_PATHS[service], '/');
  const read = readUrl(`${parsed.origin}${path}`);
  if ('detail' in read) return read.detail;
  const notes = [
    ...(path === parsed.pathname
      ? []
      : [`without ${API_PATHS[service].exec(parsed.pathname)?.[0] ?? ''}, which the node adds`]),
    ...(search === '' && hash === '' ? [] : ['without the part after ? or #']),
    ...(username === '' && password === '' ? [] : ['user and password are separate variables']),
  ];
  return { url: read.url, user: decoded(username), password: decoded(password), notes };
};

const basicAuth = (prefix: string, { user, password }: Address): Pick<ServerConversion, 'variables' | 'credentials'> =>
  user === '' && password === ''
    ? { variables: [], credentials: {} }
    : {
        variables: [
          { name: `${prefix}_USER`, value: user },
          { name: `${prefix}_PASSWORD`, value: password },
        ],
        credentials: { user: `\${${prefix}_USER}`, password: `\${${prefix}_PASSWORD}` },
      };

const urlOf = (service: Service, member: Member | undefined): ServerConversion => {
  const prefix = service.toUpperCase();
  const name = `${prefix}_URL`;
  const written = textOf(member?.value);
  const address = written === null ? null : addressOf(service, written);
  const fate = (became: string, attention: boolean): Fate => ({
    option: `${service}.url`,
    at: member?.at ?? null,
    became,
    attention,
  });
  if (address === null || typeof address === 'string') {
    const why = member === undefined ? 'is missing' : (address ?? 'is not a text');
    return {
      variables: [{ name, value: null }],
      credentials: {},
      fates: [fate(`${why}: fill in ${name} in the env file`, true)],
    };
  }
  const { variables, credentials } = basicAuth(prefix, address);
  const words = [`${name}=${address.url}`, ...address.notes].join(', ');
  return { variables: [{ name, value: address.url }, ...variables], credentials, fates: [fate(words, false)] };
};

/** What stands where a key belongs: `key` in the published example, `SONARR_API_KEY`, `<api key>`, `xxxx`. No key looks like that. */
const PLACEHOLDER = /^(key|x+|\*+|\.+|<.*>|(your|my)[ _-].*|(.*[^a-z\d])?api[ _-]?key([^a-z\d].*)?|change[ _-]?me)$/i;

/** Why a key cannot be taken over; null when it can. */
const keyProblem = (member: Member | undefined): string | null => {
  if (member === undefined) return 'is missing';
  const written = textOf(member.value);
  if (written === null) return 'is not a text';
  if (written === '') return 'is empty';
  return PLACEHOLDER.test(written.trim()) ? 'a placeholder' : null;
};

const keyOf = (service: Service, member: Member | undefined): ServerConversion => {
  const name = `${service.toUpperCase()}_API_KEY`;
  const problem = keyProblem(member);
  const became = problem === null ? `${name}, in the env file only` : `${problem}: fill in ${name} in the env file`;
  return {
    variables: [{ name, value: problem === null ? textOf(member?.value) : null }],
    credentials: {},
    fates: [{ option: `${service}.key`, at: member?.at ?? null, became, attention: problem !== null }],
  };
};

/** URL and key of one server of the reference, as environment variables. */
export const convertServer = (service: Service, section: ReadonlyMap<string, Member>): ServerConversion => {
  const parts = [urlOf(service, section.get('url')), keyOf(service, section.get('key'))];
  return {
    variables: parts.flatMap(({ variables }) => variables),
    credentials: Object.assign({}, ...parts.map(({ credentials }) => credentials)) as Record<string, string>,
    fates: parts.flatMap(({ fates }) => fates),
  };
};
