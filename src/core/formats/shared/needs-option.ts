import type { Err } from '../../../shared/domain';
import { saidBy } from '../../../shared/domain/said';
import type { OpenOptions } from '../format';

const WORDS: Readonly<Record<keyof OpenOptions, { what: string; option: string }>> = {
  samplingRateHz: { what: 'sampling rate', option: '--fs HZ' },
  gainAduPerMv: { what: 'gain', option: '--gain ADU_PER_MV (1 where its numbers are mV)' },
};

function keyOf(missing: readonly (keyof OpenOptions)[]) {
  if (missing.length > 1) return 'failures.rateAndGainMissing';
  return missing[0] === 'gainAduPerMv' ? 'failures.gainMissing' : 'failures.rateMissing';
}

/**
 * The failure of a file that leaves out what a person must state.
 * @param missing what to ask for: `details.missing` of the failure
 */
export function needsOption(fileName: string, missing: readonly (keyof OpenOptions)[]): Err {
  const what = missing.map((name) => WORDS[name].what).join(' and no ');
  const options = missing.map((name) => WORDS[name].option).join(' ');
  return {
    ok: false,
    error: {
      code: 'needs-option',
      message: `${fileName} gives no ${what}: state it with ${options}.`,
      details: { missing },
      // The page has fields to state it in, and no options.
      said: saidBy(keyOf(missing), { name: fileName }),
    },
  };
}
