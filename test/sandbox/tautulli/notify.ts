import type { Parameters } from '../http/form.js';
import { Unreadable } from './history.js';
import type { TautulliModel } from './model.js';
import type { NotifierAgent } from './types.js';

/** A command's own failure: HTTP 400 with this message. */
export class Refused extends Error {}

export const AGENTS: Readonly<Record<NotifierAgent, { id: number; name: string; label: string }>> = {
  webhook: { id: 25, name: 'webhook', label: 'Webhook' },
  email: { id: 10, name: 'email', label: 'Email' },
  discord: { id: 20, name: 'discord', label: 'Discord' },
  script: { id: 15, name: 'scripts', label: 'Script' },
};

/** `cmd=notify`: the id of the notification. What an agent refuses is told without the reason. */
export const notify = (model: TautulliModel, parameters: Parameters): number => {
  for (const name of ['subject', 'body']) if (parameters.repeated(name)) throw new Unreadable(name);
  const given = parameters.get('notifier_id') ?? '';
  if (given === '') throw new Refused('Notification failed: no notifier id provided.');
  const notifier = model.settings.notifiers?.find(({ id }) => String(id) === given);
  if (notifier === undefined) throw new Refused(`Notification failed: invalid notifier_id provided ${given}.`);
  const [subject, body] = [parameters.get('subject') ?? '', parameters.get('body') ?? ''];
  const headers = parameters.get('headers') ?? subject;
  if (notifier.fails === true || !accepts(notifier.agent, subject, body, headers))
    throw new Refused('Notification failed.');
  const { id: notifierId, agent } = notifier;
  return model.notified({ notifierId, agent, subject, body, headers: agent === 'webhook' ? objectIn(headers) : null });
};

/** A webhook takes JSON only, headers in the subject; a script takes anything; text needs a subject and a body. */
const accepts = (agent: NotifierAgent, subject: string, body: string, headers: string): boolean => {
  if (agent === 'script') return true;
  if (agent === 'webhook')
    return (headers === '' || objectIn(headers) !== null) && (body === '' || fromJson(body) !== undefined);
  return subject !== '' && body !== '';
};

/** Undefined when it is no JSON. */
const fromJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const objectIn = (text: string): Record<string, unknown> | null => {
  const value = fromJson(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
};
