import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline/promises';
import { findOnPath } from './chromium.mjs';

/** A person at a terminal is waited for this long; silence is a no. */
const ANSWER_MS = 60_000;
/** How often a long installation says that it is still at it. */
const STILL_MS = 30_000;
const OPTIONS = ['-y', '-qq', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::http::Timeout=30'];

/**
 * Debian's package manager, where it may: as root, or by a `sudo` that asks for no password. The machine of a person at
 * a terminal is not changed by `sudo` before they said yes; root (a container, CI) is told and goes on.
 */
export function aptInstaller({
  env = process.env,
  log,
  uid = process.getuid?.(),
  isTerminal = Boolean(process.stdin.isTTY && process.stderr.isTTY && !env.CI),
  run = runQuietly,
  ask = askPerson,
} = {}) {
  let answer = null;
  let updated = null;

  const prefix = () => {
    if (!findOnPath('apt-get', { env })) return null;
    if (uid === 0) return [];
    return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore', env }).status === 0
      ? ['sudo', '-n']
      : null;
  };
  /** Whether the system may be changed; asks once. */
  const may = async () => {
    if (prefix() === null) return false;
    if (uid === 0 || !isTerminal) return true;
    answer ??= ask(
      'fiducial: some tests need packages of the system. Install them with sudo apt-get?',
    );
    return answer;
  };

  const install = async (packages) => {
    const sudo = prefix();
    if (sudo === null) return 'apt-get cannot be used (neither root nor sudo without a password)';
    if (!(await may())) return 'its installation was declined';
    const apt = (args) =>
      run([...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C', 'apt-get', ...args], {
        log,
        env,
      });
    updated ??= apt([...OPTIONS, 'update']);
    await updated;
    const plan = await apt(['install', '--assume-no', '--no-install-recommends', ...packages]);
    const size = /Need to get ([\d.,]+ \w+)/.exec(plan.output)?.[1];
    log(
      `fiducial: installing ${packages.join(' and ')} with apt-get` +
        ` (${size ? `${size} to fetch, ` : ''}can take minutes; FIDUCIAL_NO_INSTALL=1 refuses)…`,
    );
    const { code, output } = await apt([
      ...OPTIONS,
      'install',
      '--no-install-recommends',
      ...packages,
    ]);
    return code === 0 ? null : `apt-get: ${lastError(output) ?? `exit code ${code}`}`;
  };
  return { may, installer: (tool) => (tool.packages ? () => install(tool.packages) : null) };
}

function lastError(output) {
  return output
    .split('\n')
    .findLast((line) => line.startsWith('E: '))
    ?.slice(3, 200);
}

function runQuietly([command, ...args], { log, env }) {
  return new Promise((resolve) => {
    const startMs = Date.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    let output = '';
    const hear = (chunk) => (output = (output + chunk).slice(-20_000));
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const still = setInterval(
      () => log(`  still at it after ${Math.round((Date.now() - startMs) / 1000)} s…`),
      STILL_MS,
    );
    const end = (code) => (clearInterval(still), resolve({ code, output }));
    child.on('error', (error) => ((output = `E: ${error.message}`), end(1)));
    child.on('exit', end);
  });
}

async function askPerson(question) {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `, {
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return /^y(es)?$/i.test(answer.trim());
  } catch {
    return false; // no answer
  } finally {
    terminal.close();
  }
}
