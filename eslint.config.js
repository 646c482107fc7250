import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Layering of design.md, section 2: who may import whom. Each line reads "target must not import from". */
const zones = [
  ['src/shared', ['src/core', 'src/main', 'src/preload', 'src/renderer', 'src/server', 'src/cli']],
  ['src/core', ['src/main', 'src/preload', 'src/renderer', 'src/server', 'src/cli']],
  ['src/renderer', ['src/core', 'src/main', 'src/preload', 'src/server', 'src/cli']],
  ['src/preload', ['src/core', 'src/main', 'src/renderer', 'src/server', 'src/cli']],
  ['src/server', ['src/main', 'src/preload', 'src/renderer', 'src/cli']],
  ['src/main', ['src/preload', 'src/renderer', 'src/server', 'src/cli']],
  ['src/cli', ['src/main', 'src/preload', 'src/renderer']],
].flatMap(([target, froms]) =>
  froms.map((from) => ({
    target: `./${target}`,
    from: `./${from}`,
    message: `${target} must not import from ${from} (layers: README, "How it is built").`,
  })),
);

/** Modules that exist in one runtime only. */
const NODE_ONLY = {
  group: ['node:*', 'onnxruntime-node', 'libsql', 'pdfkit', 'fastify', '@fastify/*', 'piscina'],
  message: 'Node only.',
};
const ELECTRON = {
  group: ['electron', 'electron/*'],
  message: 'electron belongs to src/main and src/preload.',
};
const DOM_ONLY = { group: ['vue', 'pinia', 'uplot'], message: 'Renderer only.' };
const restrict = (...patterns) => ['error', { patterns }];

export default ts.config(
  {
    ignores: [
      'out/',
      'dist/',
      'node_modules/',
      'test-results/',
      'playwright-report/',
      'training/',
      'coverage/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    // A panel is named after what it shows; nothing here can collide with an HTML element.
    rules: { 'vue/multi-word-component-names': 'off' },
  },
  {
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.vue', '.js'] })],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 500 }],
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['src/shared/**/*.ts'],
    rules: { 'no-restricted-imports': restrict(NODE_ONLY, ELECTRON, DOM_ONLY) },
  },
  {
    files: ['src/{core,server,cli}/**/*.ts'],
    rules: { 'no-restricted-imports': restrict(ELECTRON, DOM_ONLY) },
    languageOptions: { globals: globals.node },
  },
  {
    files: ['src/main/**/*.ts'],
    rules: { 'no-restricted-imports': restrict(DOM_ONLY) },
    languageOptions: { globals: globals.node },
  },
  {
    files: ['src/preload/**/*.ts'],
    rules: { 'no-restricted-imports': restrict(NODE_ONLY, DOM_ONLY) },
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['src/renderer/**/*.{ts,vue}'],
    rules: { 'no-restricted-imports': restrict(NODE_ONLY, ELECTRON) },
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['tests/**', 'scripts/**', 'bin/**', '*.config.*'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  // TypeScript resolves names itself; ESLint's check only knows globals it was told of.
  { files: ['**/*.ts', '**/*.vue'], rules: { 'no-undef': 'off' } },
  prettier,
);
