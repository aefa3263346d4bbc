import type { IncomingMessage } from 'node:http';
import type { StandInRequest } from './types.js';

/** Reads a whole request; resolves when its body has arrived, rejects when the client went away. */
export const readRequest = async (incoming: IncomingMessage): Promise<StandInRequest> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = incoming.url ?? '/';
  const mark = url.indexOf('?');
  const search = mark < 0 ? '' : url.slice(mark + 1);
  return {
    method: incoming.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    search,
    query: new URLSearchParams(search),
    headers: flat(incoming.headers),
    body: Buffer.concat(chunks),
  };
};

const flat = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
