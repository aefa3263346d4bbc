import { z } from 'zod';
import { errorText, isJson } from '../http/answers.js';
import { tryJson } from '../http/array-slices.js';
import type { FailureCode, Verdict } from '../http/failures.js';
import type { Answer } from '../http/transport.js';

/** How SABnzbd words its refusals, as plain text whatever output was asked for (recordings `err_*`). */
const REFUSALS: readonly (readonly [RegExp, FailureCode])[] = [
  [/^(error: *)?API Key (Required|Incorrect)/i, 'key-refused'],
  [/Hostname verification failed/i, 'host-refused'],
  [/External internet access denied/i, 'external-refused'],
];

const refusalSchema = z.object({ status: z.literal(false), error: z.string().catch('') });

/** Refused commands come as short JSON with status 200. */
const refusedCommand = (answer: Answer): Verdict | null => {
  if (answer.status !== 200 || !isJson(answer) || answer.body.length > 1000) return null;
  const read = refusalSchema.safeParse(tryJson(answer.body));
  return read.success ? { code: 'command-refused', detail: read.data.error } : null;
};

/** How SABnzbd refuses on every route; null for what needs no knowledge of SABnzbd. */
export const judgeSabnzbd = (answer: Answer): Verdict | null => {
  const said = errorText(answer);
  const refusal = REFUSALS.find(([words]) => words.test(said));
  return refusal === undefined ? refusedCommand(answer) : { code: refusal[1] };
};
