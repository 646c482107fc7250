import { spawn } from 'node:child_process';
import { join } from 'node:path';

export { findPython } from '../tools/python.mjs';

/** Folder of the Python packages `common` and `attention_cnn`. */
export function trainingDir(projectDir: string): string {
  return join(projectDir, 'training');
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
