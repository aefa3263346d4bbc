import fc from 'fast-check';
import Mustache from 'mustache';
import { describe, expect, it } from 'vitest';
import { templateFault } from '../../../src/core/words/template-place.js';

/** Without Mustache's cache, which would keep every template of the property. */
const writer = Object.assign(new Mustache.Writer(), { templateCache: undefined });
const faultOf = (template: string): string | null => templateFault(template, (text) => writer.parse(text));

describe('the fault of a template is told with the place of the tag at fault', () => {
  it.each([
    ['a section that is never closed', '{{#grabbed}}\n {{text}}', 'Unclosed section "grabbed" at line 1, column 1'],
    [
      'the innermost of several',
      '{{#a}}\n{{#b}}{{/b}}\n {{^c}} {{#d}}{{/d}}',
      'Unclosed section "c" at line 3, column 2',
    ],
    ['a tag that is never closed', 'Hello\n{{text', 'Unclosed tag at line 2, column 1'],
    ['three braces closed by two', 'a {{{text}} {{b}}', 'Unclosed tag at line 1, column 3'],
    ['a tag that closes another section', '{{#a}}\n {{/b}}', 'Unclosed section "a" at line 2, column 2'],
    ['a tag that closes nothing', 'a\n{{/a}}', 'Unopened section "a" at line 2, column 1'],
    ['no delimiters', 'a {{=<%=}} b', 'Invalid tags: <% at line 1, column 3'],
    ['delimiters that are never closed', 'a {{=<% %> b', 'Unclosed tag at line 1, column 3'],
    ['other delimiters', '{{=<% %>=}}{{\n<%#a%> <%={{ }}=%> {{b}}', 'Unclosed section "a" at line 2, column 1'],
    ['a comment between', '{{! {{#a}}\n{{#b}}', 'Unclosed section "b" at line 2, column 1'],
  ])('%s', (_name, template, told) => {
    expect(faultOf(template)).toBe(told);
  });

  it('which begins there, whatever the template is', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{{{',
      '}}}',
      '{{#a}}',
      '{{/a}}',
      '{{^ b}}',
      '{{=',
      '=',
      '\n',
      ' ',
      'a',
      '!',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const template = pieces.join('');
        const fault = faultOf(template);
        const [, line, column] = /at line (\d+), column (\d+)$/.exec(fault ?? '') ?? [];
        expect(line === undefined).toBe(fault === null);
        const at = template.split('\n')[Number(line) - 1]?.slice(Number(column) - 1) ?? '';
        // Delimiters may be others by then.
        if (fault !== null && !template.includes('{{=')) expect(at).toMatch(/^\{\{/);
      }),
      { numRuns: 2000 },
    );
  });
});
