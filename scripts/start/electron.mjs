import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { forgetFailure, lastFailure, rememberFailure } from './memory.mjs';

/** An Electron that ends with an error sooner than this never showed its window. */
const FAILED_START_MS = 8_000;

/**
 * Why a window cannot be had on this machine, whatever Electron does: found out before anything is downloaded.
 * @returns null where it may be tried, else `{reason, remedy}`
 */
export function whyNoWindow({
  platform = process.platform,
  env = process.env,
  uid = process.getuid?.(),
} = {}) {
  if (platform !== 'linux') return null;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return { reason: 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)' };
  }
  if (uid === 0) {
    return {
      reason: "you are root, and Electron's sandbox does not run as root",
      remedy: 'start it as another user',
    };
  }
  return null;
}

/**
 * Why Electron's sandbox cannot start here, and what an administrator can do about it. The sandbox stays on: without it
 * a damaged file could reach the whole account.
 */
export function whyNoSandbox(executable, readKnob = readNumber) {
  const helper = join(dirname(executable), 'chrome-sandbox');
  const isAppArmor = readKnob('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === 1;
  return {
    reason: isAppArmor
      ? "AppArmor keeps user namespaces from Electron's sandbox, as on Ubuntu 23.10 and later"
      : "this system allows Electron's sandbox no user namespaces",
    remedy: `sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  };
}

/** True where the sandbox does not need user namespaces, since its helper is root's own. */
export function hasSandboxHelper(executable) {
  try {
    const { uid, mode } = statSync(join(dirname(executable), 'chrome-sandbox'));
    return uid === 0 && (mode & 0o4001) === 0o4001;
  } catch {
    return false;
  }
}

/**
 * Runs Electron to its end.
 * @returns `{code}` where its window was there, else `{reason, remedy}`
 */
export async function runElectron(
  executable,
  argv,
  { cwd, stateFile, again = false, readKnob = readNumber, failedStartMs = FAILED_START_MS } = {},
) {
  const memory = { stateFile, what: `start ${executable}` };
  if (again || hasSandboxHelper(executable)) forgetFailure(memory);
  const before = lastFailure(memory);
  if (before) return { ...whyNoSandbox(executable, readKnob), reason: before.reason };

  const startedMs = Date.now();
  const { code, signal, words } = await run(executable, argv, cwd);
  if (code === 0 || Date.now() - startedMs > failedStartMs) return { code: code ?? 1 };
  const failure = diagnose(executable, { code, signal, words }, readKnob);
  if (failure.isLasting) rememberFailure({ ...memory, reason: failure.reason, forGood: true });
  return failure;
}

/** What Chromium says when it ends before there is a window, in words. */
function diagnose(executable, { code, signal, words }, readKnob) {
  if (/No usable sandbox|SUID sandbox helper|setuid_sandbox/.test(words)) {
    return { ...whyNoSandbox(executable, readKnob), isLasting: true };
  }
  const library = /loading shared libraries: ([^:\s]+)/.exec(words)?.[1];
  if (library) {
    return {
      reason: `Electron needs ${library}, which this system lacks`,
      remedy: 'on Debian and Ubuntu: sudo apt-get install libgtk-3-0 libnss3 libasound2 libgbm1',
    };
  }
  if (/Missing X server|cannot open display|platform failed to initialize/i.test(words)) {
    return { reason: 'the display that is named cannot be used' };
  }
  return {
    reason: `Electron ended at once (${signal ? `signal ${signal}` : `exit code ${code}`})`,
  };
}

function run(command, argv, cwd) {
  return new Promise((resolve) => {
    // What it says is shown as it comes, and its first words are kept: they say why there is no window.
    const child = spawn(command, argv, { stdio: ['inherit', 'inherit', 'pipe'], cwd });
    let words = '';
    child.stderr.on('data', (chunk) => {
      process.stderr.write(chunk);
      if (words.length < 20_000) words += chunk;
    });
    const passOn = (signal) => child.kill(signal);
    process.on('SIGINT', passOn).on('SIGTERM', passOn);
    const end = (code, signal) => {
      process.off('SIGINT', passOn).off('SIGTERM', passOn);
      resolve({ code, signal, words });
    };
    child.on('error', (error) => ((words += error.message), end(1, null)));
    child.on('close', end);
    // A process of Electron's that is left over would keep its words open.
    child.on('exit', (code, signal) => setTimeout(end, 1000, code, signal).unref());
  });
}

function readNumber(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
