import { openVariables, quotedVariables } from './env-file.js';
import type { Mend, Place } from './json/types.js';
import type { Conversion, Fate } from './types.js';

export const placeWords = ({ line, column }: Place): string => `line ${line}, column ${column}`;

const fateLine = (width: number, { option, at, became, attention }: Fate): string => {
  const where = attention && at ? ` [${placeWords(at)}]` : '';
  return `${attention ? '!' : ' '} ${option.padEnd(width)}  ${became}${where}`;
};

interface Report {
  /** The file that was read. */
  readonly source: string;
  readonly mends: readonly Mend[];
  readonly conversion: Conversion;
  readonly files: { readonly flow: string; readonly env: string };
}

const mended = (source: string, mends: readonly Mend[]): readonly string[] =>
  mends.length === 0
    ? []
    : [
        `${source} is not valid JSON; corrected while reading (the file itself is unchanged):`,
        ...mends.map(({ at, text }) => `  ${placeWords(at)}: ${text}`),
        '',
      ];

const nextSteps = ({ files, conversion: { variables } }: Report): readonly string[] => {
  const open = openVariables(variables);
  const quoted = quotedVariables(variables);
  return [
    'Next:',
    ...(open.length === 0 ? [] : [`  - Fill in ${open.join(', ')} in ${files.env}.`]),
    ...(quoted.length === 0
      ? []
      : [`  - ${quoted.join(', ')}: in quotes, which docker's --env-file would take literally.`]),
    `  - Start Node-RED with the variables of ${files.env} in its environment.`,
    `  - Menu → Import → select a file: ${files.flow}. Deploy; press "look first (dry run)" and read the plan.`,
    '  - Remove jitplex from cron before you press the other button.',
  ];
};

/** What a person reads in the end: what was mended, what became of every option, what to do next. */
export const report = (made: Report): string => {
  const { source, mends, conversion, files } = made;
  const width = Math.max(...conversion.fates.map(({ option }) => option.length));
  const longest = Math.max(files.flow.length, files.env.length);
  return [
    ...mended(source, mends),
    'What became of each option (! = needs attention):',
    ...conversion.fates.map((fate) => fateLine(width, fate)),
    '',
    'Written:',
    `  ${files.flow.padEnd(longest)}  the flow, without keys`,
    `  ${files.env.padEnd(longest)}  servers and keys, readable only by you`,
    '',
    ...nextSteps(made),
    '',
  ].join('\n');
};
