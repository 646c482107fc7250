import { EXIT } from './exit-codes';

/**
 * Results that standard output did not take are no success: a full disk, a closed terminal. Whoever reads from a pipe
 * and closes it (`| head`) has what they wanted.
 */
export function watchStdout(stdout: NodeJS.WriteStream = process.stdout): void {
  let isLost = false;
  stdout.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EPIPE' || isLost) return;
    isLost = true;
    const why = cause.code === 'ENOSPC' ? 'the disk is full' : cause.message;
    console.error(`fiducial: the results could not be written to standard output: ${why}.`);
  });
  // Commands set the exit code after they have printed.
  process.once('exit', () => {
    if (isLost) process.exitCode = EXIT.someFailed;
  });
}
