import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Which rooms of src a room must not import from; the rooms of core among themselves: .dependency-cruiser.cjs. */
const CLOSED = {
  shared: ['core', 'main', 'preload', 'renderer', 'server', 'cli'],
  core: ['main', 'preload', 'renderer', 'server', 'cli'],
  renderer: ['core', 'main', 'preload', 'server', 'cli'],
  preload: ['core', 'main', 'renderer', 'server', 'cli'],
  server: ['main', 'preload', 'renderer', 'cli'],
  main: ['preload', 'renderer', 'server', 'cli'],
  cli: ['main', 'preload', 'renderer'],
};

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

/** Rules for the files of one room: its closed doors, and the modules of other runtimes. */
const room = (name, runtimeGlobals, ...modules) => ({
  files: [`src/${name}/**/*.{ts,vue}`],
  languageOptions: { globals: runtimeGlobals },
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            // Imports are relative: one that leaves a room climbs out of it and names the other.
            regex: `^(\\.\\./)+(${CLOSED[name].join('|')})(/|$)`,
            message: `src/${name} must not import from that room (docs/architecture.md).`,
          },
          ...modules,
        ],
      },
    ],
  },
});

/** What templates may say without a catalogue: names of keys, products, units and leads, and signs. */
const BARE = [
  ...[
    'Fiducial',
    'Esc',
    'Enter',
    'Ctrl',
    'Shift',
    'Space',
    'ms',
    'mm/s',
    'mV',
    'Hz',
    's',
    'II',
    'V5',
    'V',
    'S',
  ],
  ...[
    'A',
    'B',
    'C',
    'E',
    'G',
    'I',
    'K',
    'M',
    'N',
    'O',
    'P',
    'U',
    'X',
    'Y',
    'Z',
    'R',
    'T',
    'H',
    'L',
    'W',
    'D',
    'J',
    'Q',
    'F',
  ],
  ...[
    '(',
    ')',
    ',',
    '.',
    '&',
    '+',
    '-',
    '=',
    '*',
    '/',
    '#',
    '%',
    '!',
    '?',
    ':',
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
  ],
  ...[
    '·',
    '•',
    '–',
    '—',
    '−',
    '|',
    '…',
    '✓',
    '✕',
    '↑',
    '↓',
    '←',
    '→',
    '×',
    '½',
    '0.5–50',
    '1',
    '12:34',
    'A4',
    '◂',
    '▸',
    '“',
    '”',
  ],
];

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
  // Components stand in the renderer alone; on the thousand other files Vue's rules would find nothing, at length.
  ...vue.configs['flat/recommended'].map((config) => ({
    files: ['src/renderer/**/*.{ts,vue}'],
    ...config,
  })),
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    // A panel is named after what it shows; nothing here can collide with an HTML element.
    rules: {
      'vue/multi-word-component-names': 'off',
      // Words stand in the catalogues of src/shared/words; keys, units and signs are the same in every language.
      'vue/no-bare-strings-in-template': [
        'error',
        {
          allowlist: BARE,
          attributes: { '/.+/': ['title', 'aria-label', 'placeholder', 'alt', 'label'] },
        },
      ],
    },
  },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 500 }],
      // Those that are longer are in eslint-suppressions.json, whose counts only fall: CONTRIBUTING.md.
      'max-lines-per-function': ['error', { max: 100 }],
      eqeqeq: ['error', 'always'],
    },
  },
  // A `describe` is a list, however long.
  { files: ['**/*.test.ts', 'tests/**'], rules: { 'max-lines-per-function': 'off' } },
  room('shared', {}, NODE_ONLY, ELECTRON, DOM_ONLY),
  room('core', globals.node, ELECTRON, DOM_ONLY),
  room('server', globals.node, ELECTRON, DOM_ONLY),
  room('cli', globals.node, ELECTRON, DOM_ONLY),
  room('main', globals.node, DOM_ONLY),
  room('preload', globals.browser, NODE_ONLY, DOM_ONLY),
  room('renderer', globals.browser, NODE_ONLY, ELECTRON),
  {
    // What stands in for a CommonJS package is one: it has no other way to take a module.
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['tests/**', 'scripts/**', 'bin/**', '*.config.*', '.dependency-cruiser.cjs'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  // TypeScript resolves names itself; ESLint's check only knows globals it was told of.
  { files: ['**/*.ts', '**/*.vue'], rules: { 'no-undef': 'off' } },
  prettier,
);
