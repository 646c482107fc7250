import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where a Python that was found is kept for what this process starts: to import PyTorch takes two seconds of a processor,
 * and tests and trainings that one run starts would each do so again.
 */
const FOUND = 'FIDUCIAL_PYTHON_FOUND';

/**
 * A Python that imports PyTorch and NumPy: `FIDUCIAL_PYTHON`, else `training/.venv`, else one on the system. One that
 * was named is taken or refused, never passed over. Null where there is none.
 */
export function findPython(projectDir) {
  const named = process.env.FIDUCIAL_PYTHON;
  const found = process.env[FOUND];
  if (found && (!named || named === found)) return found;
  const python = search(projectDir, named);
  if (python) process.env[FOUND] = python;
  return python;
}

function search(projectDir, named) {
  if (named) return importsTorch(named) ? named : null;
  const venv = ['bin/python', 'Scripts/python.exe'].map((path) =>
    join(projectDir, 'training', '.venv', path),
  );
  const candidates = [...venv.filter(existsSync), 'python3', 'python', '/usr/bin/python3'];
  return candidates.find(importsTorch) ?? null;
}

function importsTorch(python) {
  return spawnSync(python, ['-c', 'import torch, numpy'], { stdio: 'ignore' }).status === 0;
}
