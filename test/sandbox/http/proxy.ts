import type { Fault } from './faults.js';
import type { StandInAnswer, StandInRequest } from './types.js';

const HTML = { 'content-type': 'text/html;charset=utf-8' };
const LOGIN = '/proxy-login';

const LOGIN_FORM: StandInAnswer = {
  status: 200,
  headers: HTML,
  body: '<!DOCTYPE html><html><head><title>Sign in</title></head><body><form method="post"><input name="user"><input name="password" type="password"></form></body></html>',
};

/** What a reverse proxy answers in the server's place; null: the fault is none of a proxy's. */
export const proxyAnswer = (fault: Fault, request: StandInRequest): StandInAnswer | null => {
  if (fault.kind === 'html') return { status: fault.status ?? 200, headers: HTML, body: PAGE };
  if (fault.kind === 'login') return fault.status === 200 ? LOGIN_FORM : toLogin(request);
  if (fault.kind === 'redirect') return toBase(fault, request);
  return null;
};

/** The page that a redirect to the login ends at. */
export const loginPage = (request: StandInRequest): StandInAnswer | null =>
  request.path === LOGIN ? LOGIN_FORM : null;

/** Half of the answer in valid HTTP: the length is right for what is sent, the JSON is not whole. */
export const truncated = (answer: StandInAnswer): StandInAnswer => ({
  ...answer,
  body: answer.body.slice(0, Math.floor(answer.body.length / 2)),
});

const PAGE =
  '<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>It works!</h1><p>This is the default page.</p></body></html>';

const toLogin = ({ path }: StandInRequest): StandInAnswer => ({
  status: 302,
  headers: { ...HTML, location: `${LOGIN}?rd=${encodeURIComponent(path)}` },
  body: '<a href="/proxy-login">Found</a>',
});

/** As Sonarr does with a missing URL base: 307, relative, path and query kept. */
const toBase = (fault: Fault, { path, search }: StandInRequest): StandInAnswer => ({
  status: fault.status ?? 307,
  headers: { location: `/moved${path}${search === '' ? '' : `?${search}`}` },
  body: '',
});
