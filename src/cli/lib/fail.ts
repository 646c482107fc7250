import type { Failure } from '../../shared/domain';
import { EXIT } from './exit-codes';

/** Prints one sentence on stderr and returns the exit code that goes with it. */
export function fail(failure: Failure): number {
  console.error(`fiducial: ${failure.message}`);
  return failure.code === 'bad-input' ? EXIT.wrongUse : EXIT.someFailed;
}
