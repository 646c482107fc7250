import { leadCodeOfMdc, leadNameOf } from '../shared/lead-codes';

/** Codes of the ECG leads in ISO/IEEE 11073-10101, of both editions, and makers' own that are like them. */
const PREFIX = /^[A-Z]+_ECG_(LEAD|ELEC_POTL)_/;

/**
 * Short name of a coded lead: `MDC_ECG_LEAD_AVR` is `aVR`, `MDC_ECG_LEAD_V3R` is `V3R`, and so is their number.
 * @returns null for a code that is no lead
 */
export function leadOfCode(code: string): string | null {
  const number = leadCodeOfMdc(code);
  if (number !== null) return leadNameOf(number);
  if (!PREFIX.test(code)) return null;
  return code.replace(PREFIX, '').replace(/^AV([RLF])$/, 'aV$1');
}
