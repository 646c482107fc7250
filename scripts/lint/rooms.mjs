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

const MODULES = {
  shared: [NODE_ONLY, ELECTRON, DOM_ONLY],
  core: [ELECTRON, DOM_ONLY],
  server: [ELECTRON, DOM_ONLY],
  cli: [ELECTRON, DOM_ONLY],
  main: [DOM_ONLY],
  preload: [NODE_ONLY, DOM_ONLY],
  renderer: [NODE_ONLY, ELECTRON],
};

/** The rule for the files of each room: its closed doors, and the modules of other runtimes. */
export const ROOMS = Object.entries(CLOSED).map(([room, closed]) => ({
  files: [`src/${room}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            // Imports are relative: one that leaves a room climbs out of it and names the other.
            regex: `^(\\.\\./)+(${closed.join('|')})(/|$)`,
            message: `src/${room} must not import from that room (docs/architecture.md).`,
          },
          ...MODULES[room],
        ],
      },
    ],
  },
}));

/** The house's own rules, for code of every kind. */
export const OWN = {
  'max-lines': ['error', { max: 500 }],
  'max-lines-per-function': ['error', { max: 100 }],
  eqeqeq: ['error', 'always'],
};
/** A `describe` is a list, however long; ESLint reads what a pattern with an ending names, and not the tests in src. */
export const LISTS = { files: ['tests/**'], rules: { 'max-lines-per-function': 'off' } };
/** What is named so is there for its place among the arguments. */
export const UNUSED = ['error', { argsIgnorePattern: '^_' }];
