import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** How a kind of file is written shorter; what it says stays the same. */
const SHORTER = {
  '.json': (text) => JSON.stringify(JSON.parse(text)),
  // Indentation means nothing in a form or a help text, as no <pre> and no template literal is in them.
  '.html': (text) => text.replace(/^[ \t]+/gm, '').replace(/\n{2,}/g, '\n'),
};

/** Takes the indentation out of the forms, help texts and catalogues in a folder: a quarter of it is nothing else. */
export async function makeCompact(folder) {
  for (const name of await readdir(folder, { recursive: true })) {
    const shorter = SHORTER[extname(name)];
    const file = join(folder, name);
    if (shorter !== undefined) await writeFile(file, shorter(await readFile(file, 'utf8')));
  }
}
