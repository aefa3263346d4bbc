import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceName } from '../../../src/core/contracts/index.js';
import type { Sent } from './server.js';

const FOLDER = join(__dirname, '..', '..', 'fixtures', 'recordings');

export interface Recording {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query: string | Readonly<Record<string, string>>;
  };
  readonly status: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly location?: string;
  readonly body: unknown;
}

export const recording = (service: ServiceName, name: string): Recording =>
  JSON.parse(readFileSync(join(FOLDER, service, `${name}.json`), 'utf8')) as Recording;

export const recordingNames = (service: ServiceName): readonly string[] =>
  readdirSync(join(FOLDER, service))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));

/** A recorded answer, to be sent again. */
export const replay = ({ status, contentType, headers = {}, location, body }: Recording): Sent => {
  const { 'content-type': type, ...others } = headers;
  return {
    status,
    type: contentType ?? type ?? '',
    headers: location === undefined ? others : { ...others, location },
    body,
  };
};

export const replayed = (service: ServiceName, name: string): Sent => replay(recording(service, name));
