import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { withIncludes } from './includes.cjs';

/** Indentation means nothing in a form or a help text but there. */
const KEPT_AS_WRITTEN = /<pre|<textarea[^>]*>[^<]|`/;

const shortHtml = (written) => {
  const text = withIncludes(written);
  if (KEPT_AS_WRITTEN.test(text))
    throw new Error('a form or help text has a <pre>, a filled <textarea> or a template literal');
  return text.replace(/^[ \t]+/gm, '').replace(/\n{2,}/g, '\n');
};

/** How a kind of file is written shorter; what it says stays the same. */
const SHORTER = { '.json': (text) => JSON.stringify(JSON.parse(text)), '.html': shortHtml };

/** Puts the shared rows into the forms of a folder, and takes the indentation out of forms, help texts and catalogues: a quarter of them is nothing else. */
export async function makeCompact(folder) {
  for (const name of await readdir(folder, { recursive: true })) {
    const shorter = SHORTER[extname(name)];
    const file = join(folder, name);
    if (shorter !== undefined) await writeFile(file, shorter(await readFile(file, 'utf8')));
  }
}
