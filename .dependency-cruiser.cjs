/**
 * Which room may import which: the whole list, so that a new edge is a decision and not an accident. Static, type-only
 * and dynamic imports count alike. `npm run lint` checks it; scripts/rooms.test.ts shows that it refuses each kind.
 *
 * The rooms of core form no circle: a room may import only rooms that stand above it here.
 */
const CORE = {
  base: [],
  dsp: ['base'],
  workers: ['base'],
  findings: ['base'],
  formats: ['base', 'dsp'],
  inference: ['base'],
  review: ['base', 'findings', 'workers'],
  settings: ['base', 'review'],
  recordings: ['base', 'dsp', 'formats', 'review', 'workers'],
  beats: ['base', 'dsp', 'formats', 'recordings', 'workers'],
  traces: ['base', 'dsp', 'formats', 'recordings', 'workers'],
  synthesis: ['base', 'formats'],
  convert: ['base', 'formats', 'recordings', 'workers'],
  analysis: [
    ...['base', 'beats', 'dsp', 'findings', 'formats', 'inference'],
    ...['recordings', 'review', 'workers'],
  ],
  report: [
    ...['analysis', 'base', 'beats', 'dsp', 'findings', 'formats', 'recordings', 'review'],
    ...['settings', 'traces', 'workers'],
  ],
  scan: [
    ...['analysis', 'base', 'findings', 'formats', 'inference', 'recordings', 'report', 'review'],
    'workers',
  ],
  queue: ['analysis', 'base', 'inference', 'recordings', 'scan'],
  evaluation: [
    ...['analysis', 'base', 'beats', 'dsp', 'findings', 'formats', 'inference', 'recordings'],
    'workers',
  ],
  'training-data': [
    ...['analysis', 'base', 'beats', 'convert', 'dsp', 'evaluation', 'formats', 'recordings'],
    ...['review', 'workers'],
  ],
};

/** What the rest of src may import. `shared` is open to all of them. */
const DOORS = {
  shared: [],
  preload: [],
  renderer: [],
  main: ['core'],
  server: ['core'],
  cli: ['core', 'server'],
};

/** Doors that stand before core, and the only modules of core that they take values from; types may come from any. */
const VALUE_DOORS = '^src/(main|preload|server|cli)/';
const FACES = ['^src/core/workbench\\.ts$', '^src/core/service\\.ts$', '^src/core/host\\.ts$'];
const IN_TESTS = '\\.test\\.ts$|/testing/';

const roomRule = (name, allowed) => ({
  name: `core/${name}`,
  comment: `core/${name} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other room'}.`,
  severity: 'error',
  from: { path: `^src/core/${name}/`, pathNot: IN_TESTS },
  to: {
    path: '^src/core/',
    pathNot: [name, ...allowed].map((room) => `^src/core/${room}/`),
  },
});

const doorRule = (name, allowed) => ({
  name,
  comment: `src/${name} may import shared${allowed.map((room) => `, ${room}`).join('')}.`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: {
    path: '^src/',
    pathNot: [name, 'shared', ...allowed].map((room) => `^src/${room}/`),
  },
});

module.exports = {
  forbidden: [
    ...Object.entries(CORE).map(([name, allowed]) => roomRule(name, allowed)),
    ...Object.entries(DOORS).map(([name, allowed]) => doorRule(name, allowed)),
    {
      name: 'doors-take-faces',
      comment:
        'Of core a door takes values from workbench.ts (keeps nothing), service.ts (remembers) and host.ts (starts ' +
        'processes) only; types may come from its rooms.',
      severity: 'error',
      from: { path: VALUE_DOORS, pathNot: IN_TESTS },
      to: { path: '^src/core/', pathNot: FACES, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'faces-are-taken-by-name',
      comment:
        'A face that is imported dynamically is loaded with everything that it names: a command took the web server ' +
        'along. Static imports take what they name.',
      severity: 'error',
      from: { path: VALUE_DOORS, pathNot: IN_TESTS },
      to: { path: FACES, dependencyTypes: ['dynamic-import'] },
    },
    {
      name: 'core-knows-no-door',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/(main|preload|renderer|server|cli)/' },
    },
    {
      name: 'no-circle',
      comment:
        'Two files that need each other share a third one: a type, or what both are made of.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'rooms-are-listed',
      comment: 'A new room of core is entered into the list above.',
      severity: 'error',
      from: {
        path: '^src/core/[^/]+/',
        pathNot: [...Object.keys(CORE), 'processes'].map((room) => `^src/core/${room}/`),
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.node.json' },
    exclude: { path: '\\.vue$' },
  },
};
