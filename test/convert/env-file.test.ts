import { describe, expect, it } from 'vitest';
import { envFile, openVariables, quotedVariables } from '../../src/convert/env-file.js';

describe('the env file', () => {
  const variables = [
    { name: 'A', value: 'http://nas:8989/sonarr' },
    { name: 'B', value: 'with $ and # in it' },
    { name: 'C', value: "it's" },
    { name: 'D', value: null },
    { name: 'E', value: '~/x' },
  ];

  it('quotes only what needs it, and leaves out what no notation holds', () => {
    expect(envFile(variables).split('\n').slice(1)).toEqual([
      'A=http://nas:8989/sonarr',
      "B='with $ and # in it'",
      '# C cannot be written in a way that every program reads the same; set it manually.',
      '#C=',
      '#D=',
      // A shell would put the home folder there.
      "E='~/x'",
      '',
    ]);
    expect(openVariables(variables)).toEqual(['C', 'D']);
    expect(quotedVariables(variables)).toEqual(['B', 'E']);
  });
});
