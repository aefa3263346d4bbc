import Mustache from 'mustache';
import type { NotifySettings, RunError } from '../../core/contracts/index.js';
import { templateFault } from '../../core/words/template-place.js';
import { DEFAULT_BODY, DEFAULT_SUBJECT, type NotificationView } from '../../core/words/notification.js';

/** A template cannot be read; the message says where. */
export class BadTemplate extends Error {
  override readonly name = 'BadTemplate';
  readonly code = 'bad-template';
  readonly #server: string;
  readonly #operation: string;

  constructor(which: 'subject' | 'body', why: string, server: string) {
    super(
      `The template for the notification's ${which} is invalid: ${why}. Correct it in the node, or clear the field to use the default.`,
    );
    this.#server = server;
    this.#operation = `read the template of the ${which}`;
  }

  toRunError(): RunError {
    const { code, message } = this;
    return {
      code,
      message,
      server: this.#server,
      service: 'tautulli',
      operation: this.#operation,
      status: null,
      retryable: false,
    };
  }
}

export interface Templates {
  readonly subject: string;
  readonly body: string;
}

/** Without the cache that Mustache has: templates may come with each message, and it keeps all for good. */
const mustache = Object.assign(new Mustache.Writer(), { templateCache: undefined });

const unreadable = (template: string): string | null => templateFault(template, (text) => mustache.parse(text));

const orDefault = (template: string, fallback: string): string => (template.trim() === '' ? fallback : template);

/** The templates to use, an empty one being the default; or what is wrong with the first that cannot be read. */
export const readTemplates = (
  settings: Pick<NotifySettings, 'subject' | 'body'>,
  server: string,
): Templates | BadTemplate => {
  const templates = {
    subject: orDefault(settings.subject, DEFAULT_SUBJECT),
    body: orDefault(settings.body, DEFAULT_BODY),
  };
  for (const which of ['subject', 'body'] as const) {
    const why = unreadable(templates[which]);
    if (why !== null) return new BadTemplate(which, why, server);
  }
  return templates;
};

const plain = (template: string, view: NotificationView): string =>
  mustache
    .render(template, view, {}, { escape: (value: unknown) => String(value) })
    .replace(/\n{3,}/g, '\n\n')
    .trim();

const inJson = (template: string, view: NotificationView): string =>
  mustache.render(template, view, {}, { escape: (value: unknown) => JSON.stringify(String(value)).slice(1, -1) });

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isHeaders = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A long unbroken run of word characters makes Tautulli's log filters stall the whole server (seen on 2.17.2). */
const withBreaks = (text: string): string => text.replace(/[\w.+-]{2000}/g, '$& ');

export interface Message {
  readonly subject: string;
  readonly body: string;
}

/**
 * The message for a notifier of that kind. A webhook takes a body of JSON and, as its subject, HTTP headers in JSON:
 * a body template that is no JSON is sent as `{"subject": …, "body": …}`, a subject that is no JSON as no headers.
 */
export const messageFor = (agent: string | undefined, templates: Templates, view: NotificationView): Message => {
  // Text notifiers refuse a message without a subject.
  const subject = plain(templates.subject, view) || plain(DEFAULT_SUBJECT, view);
  const body = plain(templates.body, view) || subject;
  if (agent !== 'webhook') return { subject: withBreaks(subject), body: withBreaks(body) };
  const json = inJson(templates.body, view).trim();
  const headers = inJson(templates.subject, view).trim();
  return {
    subject: isHeaders(parsed(headers)) ? headers : '',
    body: withBreaks(parsed(json) === undefined ? JSON.stringify({ subject, body }) : json),
  };
};
