import { ROOT } from '../build-if-needed.mjs';
import { aptInstaller } from './apt.mjs';
import { findChromium, findOnPath, whyNotStarted } from './chromium.mjs';
import { installOwnChromium } from './playwright-install.mjs';
import { findPython } from './python.mjs';

/**
 * What the tests use beyond npm's packages. `named` is the variable by which a person says which one, and who has
 * said so is not given another; `packages` are Debian's, and Ubuntu's where it has them.
 */
export const TOOLS = [
  {
    name: 'Chromium',
    uses: 'the browser tests',
    named: 'FIDUCIAL_CHROMIUM',
    find: findChromium,
    whyNotStarted,
    install: installOwnChromium,
    packages: ['chromium'],
  },
  {
    name: 'pdftotext',
    uses: 'the tests of what a report says',
    find: () => findOnPath('pdftotext'),
    packages: ['poppler-utils'],
  },
  {
    name: 'Python with PyTorch',
    uses: 'the tests of the training',
    named: 'FIDUCIAL_PYTHON',
    find: () => findPython(ROOT),
    packages: ['python3-torch', 'python3-numpy'],
  },
  {
    name: 'Redis',
    uses: 'the tests of scans on a queue',
    find: () => findOnPath('redis-server') ?? findOnPath('valkey-server'),
    packages: ['redis-server'],
  },
];

/**
 * Finds each tool, else installs it, and says what it does. What cannot be had is no failure: its tests are skipped.
 * `FIDUCIAL_NO_INSTALL` refuses every installation.
 * @returns per tool its `path`, or null and the `reason`; `refused` where one that was named does not start
 */
export async function ensureTools({
  tools = TOOLS,
  env = process.env,
  log = (line) => console.error(line),
  apt = aptInstaller({ env, log }),
} = {}) {
  const found = [];
  for (const tool of tools) {
    const result = await ensure(tool, { env, log, apt });
    const what = result.path ?? `none, since ${result.reason}: ${tool.uses} will be skipped`;
    log(`fiducial: ${tool.name}: ${what}`);
    found.push({ name: tool.name, uses: tool.uses, ...result });
  }
  return found;
}

async function ensure(tool, { env, log, apt }) {
  const before = await usable(tool);
  if (before.path) return before;
  const named = tool.named && env[tool.named];
  if (named === 'none') return { path: null, reason: `${tool.named}=none` };
  if (named) {
    const reason = `${tool.named}=${named} does not start${before.reason ? ` (${before.reason})` : ''}`;
    return { path: null, reason, refused: true };
  }
  if (env.FIDUCIAL_NO_INSTALL) return { path: null, reason: 'FIDUCIAL_NO_INSTALL is set' };

  const reasons = [];
  for (const install of [tool.install, apt.installer(tool)].filter(Boolean)) {
    const failed = await install({ log, mayInstall: apt.may });
    const after = await usable(tool);
    if (after.path) return after;
    reasons.push(failed ?? after.reason ?? 'what was installed is not found');
  }
  return { path: null, reason: reasons.join('; ') };
}

/** The tool's path where it is found and starts. */
async function usable(tool) {
  const path = tool.find();
  if (!path) return { path: null };
  const reason = (await tool.whyNotStarted?.(path)) ?? null;
  return reason ? { path: null, reason: `${path} does not start: ${reason}` } : { path };
}
