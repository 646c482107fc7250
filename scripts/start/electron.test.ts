import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasSandboxHelper, runElectron, whyNoSandbox, whyNoWindow } from './electron.mjs';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-electron-'));
});
afterEach(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

describe('whyNoWindow', () => {
  const linux = { platform: 'linux', env: { DISPLAY: ':0' }, uid: 1000 };

  it('is nothing on a desktop', () => {
    expect(whyNoWindow(linux)).toBeNull();
    expect(whyNoWindow({ ...linux, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeNull();
    expect(whyNoWindow({ platform: 'darwin', env: {}, uid: 501 })).toBeNull();
  });

  it('is a missing display, or root', () => {
    expect(whyNoWindow({ ...linux, env: {} })!.reason).toMatch(/no display/);
    expect(whyNoWindow({ ...linux, uid: 0 })).toEqual({
      reason: "you are root, and Electron's sandbox does not run as root",
      remedy: 'start it as another user',
    });
  });
});

describe.skipIf(process.platform === 'win32')('runElectron', () => {
  /** A program in Electron's place. */
  async function electron(script: string): Promise<string> {
    const path = join(dir, 'electron');
    await writeFile(path, `#!/bin/sh\necho run >>'${dir}/runs'\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  }
  const runs = async (): Promise<number> =>
    (await readFile(join(dir, 'runs'), 'utf8')).trim().split('\n').length;
  const options = (more: object = {}) => ({ stateFile: join(dir, 'state.json'), ...more });
  const NO_SANDBOX =
    'echo "FATAL:zygote_host_impl_linux.cc(132)] No usable sandbox! If you are running on Ubuntu" >&2; kill -ABRT $$';

  it('passes an orderly end on', async () => {
    expect(await runElectron(await electron('exit 0'), [], options())).toEqual({ code: 0 });
  });

  it('passes an error on that came after the window', async () => {
    const path = await electron('sleep 0.3; exit 7');
    expect(await runElectron(path, [], options({ failedStartMs: 100 }))).toEqual({ code: 7 });
  });

  it('says how the sandbox can be had where AppArmor or the system blocks it', async () => {
    const path = await electron(NO_SANDBOX);
    const restricted = await runElectron(path, [], options({ readKnob: () => 1 }));
    expect(restricted.reason).toMatch(/^AppArmor keeps user namespaces/);
    expect(restricted).toMatchObject({
      remedy: `sudo chown root:root '${dir}/chrome-sandbox' && sudo chmod 4755 '${dir}/chrome-sandbox'`,
    });
    expect(whyNoSandbox(path, () => null).reason).toMatch(/^this system allows/);
  });

  it('does not fail again at every start, but when it is asked to', async () => {
    const path = await electron(NO_SANDBOX);
    const first = await runElectron(path, [], options());
    expect((await runElectron(path, [], options())).reason).toBe(first.reason);
    expect(await runs()).toBe(1);
    await electron('exit 0');
    expect(await runElectron(path, [], options({ again: true }))).toEqual({ code: 0 });
    expect(await runElectron(path, [], options())).toEqual({ code: 0 });
  });

  it.skipIf(process.getuid?.() !== 0)('tries again once the remedy was applied', async () => {
    const path = await electron(NO_SANDBOX);
    await runElectron(path, [], options());
    expect(hasSandboxHelper(path)).toBe(false);
    await writeFile(join(dir, 'chrome-sandbox'), '');
    await chmod(join(dir, 'chrome-sandbox'), 0o4755);
    expect(hasSandboxHelper(path)).toBe(true);
    await electron('exit 0');
    expect(await runElectron(path, [], options())).toEqual({ code: 0 });
  });

  it('names a missing library, a display that is none, a signal, an exit code', async () => {
    const reasonOf = async (script: string) =>
      (await runElectron(await electron(script), [], options())).reason;
    expect(
      await reasonOf(
        'echo "electron: error while loading shared libraries: libnss3.so: cannot open" >&2; exit 127',
      ),
    ).toBe('Electron needs libnss3.so, which this system lacks');
    expect(await reasonOf('echo "Missing X server or \\$DISPLAY" >&2; exit 1')).toBe(
      'the display that is named cannot be used',
    );
    expect(await reasonOf('kill -SEGV $$')).toBe('Electron ended at once (signal SIGSEGV)');
    expect(await reasonOf('exit 3')).toBe('Electron ended at once (exit code 3)');
  });
});
