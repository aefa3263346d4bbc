import { beforeAll, describe, expect, it } from 'vitest';
import { type Seen, WORLD, runPipeline } from '../docs/pipeline.js';
import type { WorldFile } from '../sandbox/index.js';
import { type Bench, bench } from './bench.js';

type Path = readonly (string | number)[];
type Part = Record<string | number, unknown>;

const WRONG: readonly unknown[] = [null, 'x', {}];

/** Every part of a message, of lists the first entry. */
const partsOf = (value: unknown, path: Path = []): readonly Path[] => {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value)
    ? value.slice(0, 1).map((one: unknown, i) => [i, one] as const)
    : Object.entries(value as Part);
  const below = entries.flatMap(([key, one]) => partsOf(one, [...path, key]));
  return path.length === 0 ? below : [path, ...below];
};

const withPart = (msg: Part, path: Path, value: unknown): Part => {
  const copy = structuredClone(msg);
  let at = copy;
  for (const key of path.slice(0, -1)) at = at[key] as Part;
  at[path.at(-1) ?? ''] = value;
  return copy;
};

/** The message of this Sonarr, with an episode to search at the front. */
const at = (b: Bench, { payload, plexJit }: Part): Part => {
  const msg = structuredClone({ payload, ...(plexJit === undefined ? {} : { plexJit }) }) as Part;
  const part = msg.payload as { sonarr?: object; items?: { action: string }[] };
  if (part.sonarr) part.sonarr = { id: b.ids.sonarr, name: 'Sonarr', url: b.sandbox.urls.sonarr };
  part.items?.sort((x, y) => Number(y.action === 'search') - Number(x.action === 'search'));
  return msg;
};

const HOUSE: WorldFile = { ...WORLD, tautulli: { notifiers: [{ id: 3, agent: 'discord' }] } };

/** A plan for another server, or of no server that is here, is told as that. */
const SENTENCES = ['wrong-input', 'wrong-setting', 'not-set-up'];

let seen: Seen;
beforeAll(async () => {
  seen = await runPipeline({});
});

describe('a message of which one part is wrong', () => {
  it.each([
    ['sonarr-lookup', 'history'],
    ['next-episodes', 'lookup'],
    ['sonarr-search', 'next'],
    ['sabnzbd-priority', 'search'],
    ['tautulli-notify', 'priority'],
  ] as const)(
    'is worked on or refused by %s with a sentence, whichever part it is, and the good one is worked on after it',
    async (type, before) => {
      await using b = await bench(HOUSE, { type, notifier: '3', waitForJob: '0' });
      const good = at(b, seen[before][0] as unknown as Part);
      let ended = 0;
      const send = async (msg: Part, what: string) => {
        b.send(msg);
        ended += 1;
        await b.until(() => b.completed.all.length + b.caught.all.length >= ended, what);
      };
      for (const path of partsOf(good)) {
        for (const value of WRONG) {
          const what = `${path.join('.')} = ${JSON.stringify(value)}`;
          const { length } = b.caught.all;
          await send(withPart(good, path, value), what);
          const error = b.caught.all[length]?.error;
          if (error !== undefined) expect(SENTENCES, `${what}: ${error.message}`).toContain(error.code);
        }
      }
      const { length } = b.out.all;
      await send(good, 'the good one');
      expect(b.out.all.length).toBeGreaterThan(length);
    },
    60_000,
  );
});
