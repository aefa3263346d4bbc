import { existsSync } from 'node:fs';
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** The layers of docs/architecture.md, lowest first: a file imports only from its own layer and those before it. */
const LAYERS = [
  'src/core',
  'src/clients',
  'src/state',
  'src/steps',
  'src/runtime',
  'src/admin',
  'nodes',
  'plugins',
  'src/convert',
];
const SIBLINGS = {
  'src/state': ['src/clients'],
  'src/convert': ['src/state', 'src/steps', 'src/runtime', 'src/admin', 'nodes', 'plugins'],
};

const direction = LAYERS.map((layer, i) => {
  const above = [...LAYERS.slice(i + 1), ...(SIBLINGS[layer] ?? []), 'test', 'scripts'];
  return {
    files: [`${layer}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^\\.\\.?/(.*/)?(${above.map((a) => a.replace('src/', '')).join('|')})(/|$)`,
              message: `imports only go down: ${layer} may not import from ${above.join(', ')}`,
            },
            ...(layer === 'src/core'
              ? [
                  {
                    regex: '^(node:|axios|mustache$|zod|node-red|async-mutex)',
                    message: 'src/core is pure: no I/O, no libraries',
                  },
                ]
              : []),
            ...(layer !== 'nodes' && layer !== 'src/runtime'
              ? [{ regex: '^(node-red|@node-red)', message: 'only src/runtime and nodes know Node-RED' }]
              : []),
          ],
        },
      ],
      ...(layer === 'src/core'
        ? {
            'no-restricted-syntax': [
              'error',
              {
                selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
                message: 'the clock is an argument',
              },
              {
                selector: "NewExpression[callee.name='Date'][arguments.length=0]",
                message: 'the clock is an argument',
              },
              { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'pure' },
            ],
          }
        : {}),
    },
  };
});

export default tseslint.config(
  {
    ignores: [
      'dist',
      'resources',
      '.build-*',
      '**/node_modules',
      'coverage',
      'test/fixtures',
      'src/clients/sonarr/openapi.gen.ts',
      // Its libraries are in test/lines, and without their types nothing can be said of it.
      ...(existsSync(new URL('test/lines/node_modules', import.meta.url)) ? [] : ['test/browser']),
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [...tseslint.configs.recommendedTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setTimeout: 'readonly' } },
  },
  { files: ['**/*.cjs'], languageOptions: { globals: { __dirname: 'readonly' } } },
  ...direction,
  {
    // The browser's code takes types from the server's, and values only from the pure core.
    files: ['src/editor/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^\\.\\.?/(.*/)?(clients|state|steps|runtime|admin|nodes|plugins|test|scripts)(/|$)',
              message: 'src/editor runs in the browser: only types of other layers may be imported',
              allowTypeImports: true,
            },
            { regex: '^node:', message: 'src/editor runs in the browser' },
          ],
        },
      ],
    },
  },
);
