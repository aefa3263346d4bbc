import { beforeAll, describe, expect, it } from 'vitest';
import { type Packed, packed } from '../e2e/packed.js';

/** What a user needs, and nothing else: code, forms, texts, icons, the editor's scripts, examples, types of the messages. */
const NEEDED = [
  /^(package\.json|README\.md|LICENSE)$/,
  /^dist\/(registration|plex-jit|convert|index)\.js$/,
  /^dist\/(nodes|plugins)\/[\w-]+\/[\w-]+\.js$/,
  /^dist\/types\/(index|core\/contracts\/\w+)\.d\.ts$/,
  /^dist\/(nodes|plugins)\/[\w-]+\/[\w-]+\.html$/,
  /^dist\/(nodes|plugins)\/[\w-]+\/locales\/[a-z]{2}(-[A-Z]{2})?\/[\w-]+\.(json|html)$/,
  /^dist\/nodes\/[\w-]+\/icons\/[\w-]+\.svg$/,
  /^resources\/(editor|up-next)\.js$/,
  /^examples\/\d\d - [^/]+\.json$/,
];

/** Bytes; why it is not less: docs/decisions/0011. */
const LARGEST = 715_000;

describe('the packed package', () => {
  let told: Packed;
  beforeAll(async () => {
    told = await packed();
  });

  it('holds only what a user needs', () => {
    expect(told.files.map(({ path }) => path).filter((path) => !NEEDED.some((kind) => kind.test(path)))).toEqual([]);
  });

  it('is no larger than it was', () => {
    expect(told.size).toBeLessThan(LARGEST);
  });
});
