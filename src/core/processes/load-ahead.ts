/**
 * Whether network and code of the first verdicts load with the program, before a recording is opened (`createReadiness`):
 * unless `FIDUCIAL_LOAD_AHEAD=0` says that this one mostly waits, and its memory is wanted elsewhere.
 */
export function loadsAhead(
  env: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  return env['FIDUCIAL_LOAD_AHEAD'] !== '0';
}
