import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Exchange } from './http/types.js';

/** Requests and answers of all servers, for a reader. */
export interface ExchangeWriter {
  write(exchange: Exchange): void;
  close(): Promise<void>;
}

const BODY = 4000;

/** Appends to a file; one block per exchange. */
export const writeExchanges = (file: string): ExchangeWriter => {
  const out = createWriteStream(file, { flags: 'a' });
  return {
    write: (exchange) => out.write(asText(exchange)),
    close: async () => {
      out.end();
      await once(out, 'close');
    },
  };
};

const asText = (e: Exchange): string => {
  const query = e.search === '' ? '' : `?${e.search}`;
  const fault = e.fault === null ? '' : `  [fault: ${e.fault}]`;
  const lines = [
    `${new Date(e.at).toISOString()} ${e.server} ${e.method} ${e.path}${query}`,
    ...(e.requestBody === '' ? [] : [`  > ${e.requestBody.slice(0, BODY)}`]),
    `  < ${e.status ?? 'no answer'} ${e.bytes} bytes, ${e.ms} ms${fault}`,
    ...(e.responseBody === '' ? [] : [e.responseBody.slice(0, BODY).replace(/^/gm, '    ')]),
  ];
  return `${lines.join('\n')}\n\n`;
};
