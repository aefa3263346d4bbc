const KIND = /\s*([#^/>{&=!]?)\s*/y;

interface Tags {
  /** Where the sections begin that are open at the end, the innermost last. */
  readonly open: readonly number[];
  /** Where the tag begins that ends the reading: it is not closed, or sets delimiters that are none. */
  readonly last: number | null;
}

/** The two delimiters that `{{=<% %>=}}` sets; null for what are none. */
const delimitersIn = (inside: string): readonly [string, string] | null => {
  const [open = '', close = ''] = inside.trim().split(/\s+/, 2);
  return open === '' || close === '' ? null : [open, close];
};

/** Goes through the tags of a template as Mustache does, for where they begin: it only says where it stopped. */
const tagsOf = (template: string): Tags => {
  const sections: number[] = [];
  let [open, close]: readonly [string, string] = ['{{', '}}'];
  let end = 0;
  for (;;) {
    const start = template.indexOf(open, end);
    if (start === -1) return { open: sections, last: null };
    KIND.lastIndex = start + open.length;
    const [before = '', kind = ''] = KIND.exec(template) ?? [];
    const from = start + open.length + before.length;
    const stop = template.indexOf(kind === '{' ? `}${close}` : kind === '=' ? '=' : close, from);
    const closing = stop === -1 ? -1 : template.indexOf(close, stop);
    if (closing === -1) return { open: sections, last: start };
    end = closing + close.length;
    if (kind === '#' || kind === '^') sections.push(start);
    if (kind === '/') sections.pop();
    if (kind !== '=') continue;
    const set = delimitersIn(template.slice(from, stop));
    if (set === null) return { open: sections, last: start };
    [open, close] = set;
  }
};

const placed = (template: string, position: number): string => {
  const lines = template.slice(0, position).split('\n');
  return ` at line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
};

/**
 * What is wrong with a template, with the line and column of the tag at fault: the one that is not closed, that closes
 * what is not open, or that sets no delimiters. Null when it can be read.
 */
export const templateFault = (template: string, parse: (template: string) => unknown): string | null => {
  try {
    parse(template);
    return null;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const [, what = why, told] = /^(.*) at (\d+)$/s.exec(why) ?? [];
    // A tag that closes the wrong section is told by its own place, before the end.
    if (told !== undefined && Number(told) < template.length) return what + placed(template, Number(told));
    const { open, last } = tagsOf(template);
    const position = last ?? open.at(-1);
    return position === undefined ? why : what + placed(template, position);
  }
};
