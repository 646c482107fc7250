import { err, type Err } from '../../../shared/domain';
import type { OpenOptions } from '../format';

const WORDS: Readonly<Record<keyof OpenOptions, { what: string; option: string }>> = {
  samplingRateHz: { what: 'sampling rate', option: '--fs HZ' },
  gainAduPerMv: { what: 'gain', option: '--gain ADU_PER_MV (1 where its numbers are mV)' },
};

/**
 * The failure of a file that leaves out what a person must state.
 * @param missing what to ask for: `details.missing` of the failure
 */
export function needsOption(fileName: string, missing: readonly (keyof OpenOptions)[]): Err {
  const what = missing.map((name) => WORDS[name].what).join(' and no ');
  const options = missing.map((name) => WORDS[name].option).join(' ');
  return err('needs-option', `${fileName} gives no ${what}: state it with ${options}.`, {
    missing,
  });
}
