import { UNEXPECTED } from '../http/cherrypy.js';
import type { Parameters } from '../http/form.js';
import type { StandInAnswer } from '../http/types.js';
import { COMMAND_NAMES } from './command-names.js';
import { COMMANDS, type CommandAnswer } from './commands.js';
import { Unreadable } from './history.js';
import type { TautulliModel } from './model.js';
import { Refused } from './notify.js';

export interface ApiOptions {
  readonly apiKey: string;
  /** `disabled`: the API is switched off · `unusable key`: the configured key has not 32 characters. */
  readonly state: 'ok' | 'disabled' | 'unusable key';
}

/** Answers a call of `/api/v2`. Every refusal is a 400, a wrong key too; failures inside a command are 500. */
export const call = (model: TautulliModel, parameters: Parameters, options: ApiOptions): StandInAnswer => {
  if (!['json', ''].includes(parameters.get('out_type') ?? 'json')) return jsonPage(500, UNEXPECTED);
  const refused = refusal(parameters, options);
  if (refused !== null) return envelope(400, 'error', refused, {});
  try {
    const { message, data } = run(model, parameters);
    return envelope(200, 'success', message ?? null, data);
  } catch (error) {
    if (error instanceof Refused) return envelope(400, 'error', error.message, {});
    if (!(error instanceof Unreadable)) throw error;
    // With debug=1 the exception goes up to CherryPy: no envelope (seen on v2.17.2).
    return parameters.get('debug') === '1'
      ? jsonPage(500, UNEXPECTED)
      : envelope(500, 'error', 'Check the logs for errors', {});
  }
};

const run = (model: TautulliModel, parameters: Parameters): CommandAnswer => {
  const command = COMMANDS[parameters.get('cmd') ?? ''];
  if (command === undefined) throw new Refused(`The sandbox does not play ${parameters.get('cmd') ?? ''}.`);
  return command(model, parameters);
};

/** The command is looked at before the key is compared. */
const refusal = (parameters: Parameters, { apiKey, state }: ApiOptions): string | null => {
  const possible = `Possible commands are: ${COMMAND_NAMES.join(', ')}`;
  const cmd = parameters.get('cmd');
  if (state === 'disabled') return 'API not enabled';
  if (state === 'unusable key') return 'API key not generated correctly';
  if (!parameters.has('apikey')) return 'Parameter apikey is required';
  if (cmd === undefined) return `Parameter cmd is required. ${possible}`;
  if (!COMMAND_NAMES.includes(cmd)) return `Unknown command: ${cmd}. ${possible}`;
  if (parameters.repeated('apikey') || parameters.get('apikey') !== apiKey) return 'Invalid apikey';
  return null;
};

const JSON_TYPE = 'application/json;charset=UTF-8';

export const envelope = (
  status: number,
  result: 'success' | 'error',
  message: string | null,
  data: unknown,
): StandInAnswer => ({
  status,
  headers: { 'content-type': JSON_TYPE },
  body: JSON.stringify({ response: { result, message, data } }),
});

const TITLES: Readonly<Record<number, string>> = { 404: '404 Not Found', 500: '500 Internal Server Error' };
const PADDED = 513;

/** CherryPy's error as Tautulli's root words it: JSON, not the API's envelope, padded with spaces. */
export const jsonPage = (status: number, message: string): StandInAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ status: TITLES[status] ?? `${status} Error`, message, error: true }).padEnd(PADDED),
});
