import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import ts from 'typescript-eslint';
import { LISTS, OWN, ROOMS, UNUSED } from './scripts/lint/rooms.mjs';

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

/** What oxlint does not read; the rest of the rules for TypeScript: oxlint.config.mjs. */
const CODE = ['**/*.{js,mjs,cjs,vue}'];
const COMPONENTS = ['src/renderer/**/*.{ts,vue}'];

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
  ...[js.configs.recommended, ...ts.configs.recommended]
    // One of the latter is for TypeScript alone.
    .filter((config) => !config.files)
    .map((config) => ({ ...config, files: CODE })),
  { files: COMPONENTS, languageOptions: { parser: ts.parser } },
  ...vue.configs['flat/recommended'].map((config) => ({ files: COMPONENTS, ...config })),
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
      // TypeScript resolves names itself; ESLint's check only knows globals it was told of.
      'no-undef': 'off',
    },
  },
  { files: CODE, rules: { '@typescript-eslint/no-unused-vars': UNUSED, ...OWN } },
  LISTS,
  ...ROOMS,
  {
    // What stands in for a CommonJS package is one: it has no other way to take a module.
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: CODE,
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  prettier,
);
