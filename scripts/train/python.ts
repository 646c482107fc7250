import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the Python packages `common` and `attention_cnn`. */
export function trainingDir(projectDir: string): string {
  return join(projectDir, 'training');
}

/**
 * A Python that imports PyTorch and NumPy: `FIDUCIAL_PYTHON`, else `training/.venv`, else one on the system. One that
 * was named is taken or refused, never passed over. Null where there is none.
 */
export function findPython(projectDir: string): string | null {
  const named = process.env['FIDUCIAL_PYTHON'];
  if (named) return importsTorch(named) ? named : null;
  const venv = ['bin/python', 'Scripts/python.exe'].map((path) =>
    join(trainingDir(projectDir), '.venv', path),
  );
  const candidates = [...venv.filter(existsSync), 'python3', 'python', '/usr/bin/python3'];
  return candidates.find(importsTorch) ?? null;
}

function importsTorch(python: string): boolean {
  return spawnSync(python, ['-c', 'import torch, numpy'], { stdio: 'ignore' }).status === 0;
}

/** Runs a command, its output going where ours goes; rejects when it fails. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args[0] ?? ''} ended with ${signal ?? `code ${code}`}`));
    });
  });
}
