import type { Warning } from '../../../shared/domain';
import { warningSaid } from '../../../shared/domain/said';
import { MISSING_ADU } from '../open-recording';
import { decimalGain } from './decimal-gain';
import type { HeldLead } from './limb-leads';

const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** The minus sign of typesetting, which spreadsheets and word processors put in place of the hyphen. */
const TYPESET_MINUS = /\u2212/g;

/**
 * Numbers between commas or white space; NaN for what is none, as between two commas. Where semicolons are between them a
 * comma is the sign before decimals.
 */
export function textNumbers(text: string): Float64Array {
  const packed = text.replace(TYPESET_MINUS, '-').trim();
  const hasSemicolons = packed.includes(';');
  const between = hasSemicolons ? /\s*;\s*|\s+/ : /\s*,\s*|\s+/;
  const words = packed === '' ? [] : packed.split(between);
  // A comma at the end, as before a line break, ends the last number and begins none.
  if (words.at(-1) === '') words.pop();
  return Float64Array.from(words, (written) => {
    const word = hasSemicolons ? written.replace(',', '.') : written;
    return DECIMAL.test(word) ? Number(word) : NaN;
  });
}

/** Says that some of a lead's values are no numbers, which are missing then. */
export function noNumberWarnings(fileName: string, lead: string, numbers: Float64Array): Warning[] {
  const n = numbers.reduce((sum, number) => (Number.isNaN(number) ? sum + 1 : sum), 0);
  if (n === 0) return [];
  const said = { file: fileName, lead, n, count: numbers.length };
  return [warningSaid('no-number', 'warnings.noNumbers', said)];
}

interface Scale {
  readonly gainAduPerUnit: number;
  readonly baselineAdu: number;
}

/**
 * Samples before gain and baseline that a file writes as text: integers where all of them are, which is what every
 * device seen writes, else values in the lead's unit, with a scale of so many steps that whoever writes them elsewhere
 * keeps their decimals.
 */
export function heldNumbers(
  numbers: Float64Array,
  { gainAduPerUnit, baselineAdu }: Scale,
): Pick<HeldLead, 'samples' | 'missingCode'> & { readonly scale: Scale } {
  const integers = new Int32Array(numbers.length);
  for (const [k, number] of numbers.entries()) {
    integers[k] = Number.isNaN(number) ? MISSING_ADU : number;
    if (integers[k] === number || Number.isNaN(number)) continue;
    const values = numbers.map((value) => (value - baselineAdu) / gainAduPerUnit);
    const steps = decimalGain(numbers);
    const scale = { gainAduPerUnit: gainAduPerUnit * steps, baselineAdu: baselineAdu * steps };
    return { samples: values, scale };
  }
  return {
    samples: integers,
    missingCode: MISSING_ADU,
    scale: { gainAduPerUnit, baselineAdu },
  };
}
