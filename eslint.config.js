import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const noClockOrChance = [
  { name: 'Date', message: 'The clock is injected: take a date as a parameter.' },
  { name: 'process', message: 'Settings are parameters here.' },
  { name: 'console', message: 'No output here.' },
  { name: 'fetch', message: 'No I/O here.' },
  { name: 'crypto', message: 'Keyed hashes come in as a parameter.' },
];

export default tseslint.config(
  { ignores: ['node_modules', 'cdk.out', 'dist', 'coverage', '.tmp'] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: '@aws-lambda-powertools/logger', message: 'Log through shared/platform/logging, whose fields are allow-listed.' },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier",
          message: "Use import * as z from 'zod': a named import bundles 350 KB more.",
        },
      ],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true } }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['shared/platform/logging/**'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['shared/domain/**', 'shared/contracts/**', 'shared/services/**'],
    rules: { 'no-restricted-globals': ['error', ...noClockOrChance] },
  },
  { files: ['infra/local/**', 'infra/cdk/**', 'portal/build.ts', 'test/**'], rules: { 'no-console': 'off' } },
  { files: ['test/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: ['**/*.config.*'], rules: { 'no-restricted-exports': 'off' } },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { module: 'writable' } },
  },
  {
    files: ['docs/*.mjs'],
    languageOptions: { globals: { console: 'readonly', fetch: 'readonly', process: 'readonly', URL: 'readonly' } },
    rules: { 'no-console': 'off' },
  },
);
