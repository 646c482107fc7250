import type { Warning } from '../../../shared/domain';
import { warningSaid } from '../../../shared/domain/said';

/** Options by which a person states how a file is to be read, as command line and API call them. */
type Stated = Readonly<Partial<Record<'fs' | 'gain' | 'format' | 'signals' | 'baseline', number>>>;

/**
 * Warns of what was stated in vain: what a file says itself is not overruled, and who stated something else has to know.
 * @param stated by option
 * @param used what the file was read with, of each signal; an option that is not there has no use for this file
 */
export function statedNotUsed(
  stated: Stated,
  used: Readonly<Partial<Record<keyof Stated, readonly number[]>>>,
): Warning[] {
  const inVain = Object.entries(stated).filter(
    ([option, value]) =>
      !(used[option as keyof Stated] ?? [NaN]).every((number) => number === value),
  );
  return inVain.map(([option, value]) =>
    warningSaid(CODE, 'warnings.statedNotUsed', { option, value }),
  );
}

const CODE = 'stated-not-used';

/** These among the warnings of a recording, for whoever opens it again by a path that states nothing in vain. */
export function ofStatedNotUsed(warnings: readonly Warning[]): Warning[] {
  return warnings.filter(({ code }) => code === CODE);
}
