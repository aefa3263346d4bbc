import type { FailureCode, Verdict } from './failures.js';

const CODES: Readonly<Record<string, FailureCode>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  // axios: the connection broke while the body came
  ERR_BAD_RESPONSE: 'reset',
  ETIMEDOUT: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-unknown-issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-unknown-issuer',
  CERT_UNTRUSTED: 'certificate-unknown-issuer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-host-mismatch',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'tls-too-old',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'tls-too-old',
  EPROTO: 'tls-mismatch',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls-mismatch',
  // zlib: what came is not the gzip that it is called
  Z_DATA_ERROR: 'bad-json',
  // our own, of a tunnel that was refused
  PROXY_407: 'proxy-auth-required',
};

/**
 * What a failed connection, or an answer that cannot be unpacked, means. `errorCode` is the `code` that Node or axios gave;
 * error *messages* are never looked at for people, since they may hold URLs and header values.
 */
export const networkFailure = (errorCode: string, scheme: string): Verdict => {
  // Bytes that are no HTTP where https was not asked for: as a rule the TLS alert of an https port.
  const code = CODES[errorCode] ?? (errorCode.startsWith('HPE_') ? 'tls-mismatch' : 'network');
  if (code === 'tls-mismatch') return { code, detail: scheme };
  return code === 'unreachable' || code === 'network' ? { code, detail: errorCode } : { code };
};
