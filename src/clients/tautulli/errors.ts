import { z } from 'zod';
import { isJson } from '../http/answers.js';
import { tryJson } from '../http/array-slices.js';
import type { FailureCode, Verdict } from '../http/failures.js';
import type { Answer } from '../http/transport.js';

const refusalSchema = z.object({
  response: z.object({ result: z.literal('error'), message: z.string().nullish() }),
});

/** How Tautulli words its refusals; the status is always 400 (recordings `error_*`, `notify_*`). */
const REFUSALS: readonly (readonly [RegExp, FailureCode])[] = [
  [/^Invalid apikey|^Parameter apikey is required/i, 'key-refused'],
  [/^API not enabled/i, 'api-disabled'],
  // the key in its config.ini is not 32 characters long
  [/^API key not generated/i, 'key-not-generated'],
  [/^Please use the \/api\/v2 endpoint/i, 'not-found'],
  [/^Notification failed/i, 'notify-failed'],
  [/^Check the logs for errors/i, 'server-error'],
];

/** An unknown command answers with the list of all; that is no sentence for people. */
const shortened = (message: string): string => message.replace(/\s*Possible commands are:.*$/is, '');

/** How Tautulli refuses on every route; `response.result` is the truth, the status a hint. Null for what is no refusal of its own. */
export const judgeTautulli = (answer: Answer): Verdict | null => {
  // Refusals are short; a success may be megabytes.
  if (!isJson(answer) || answer.body.length > 10_000) return null;
  const read = refusalSchema.safeParse(tryJson(answer.body));
  if (!read.success) return null;
  const message = read.data.response.message ?? '';
  const code = REFUSALS.find(([words]) => words.test(message))?.[1] ?? 'bad-request';
  return { code, detail: shortened(message) };
};
