import type { FoundSignal } from './find-signal';
import { countOf, type MatValue, type NumericArray } from './values';

/** Names by which files of many laboratories call the same thing. */
const NAMES = {
  rate: /^(fs|fsamp|freq|frequency|sfreq|srate|sr|sampl(e|ing)_?(rate|freq(uency)?))(_?hz)?$/i,
  leads:
    /^(leads?|lead_?names?|desc|description|labels?|channels?|channel_?names?|sig_?names?|names)$/i,
  units: /^(units?|sig_?units?|physical_?units?)$/i,
  gain: /^(gains?|adc_?gain|gain_?adu(_?per_?mv)?)$/i,
  baseline: /^(baselines?|adc_?zero|zero)$/i,
} as const;

/** What the file says of its samples. */
export interface Description {
  readonly samplingRateHz: number | null;
  /** Empty where there are none. */
  readonly names: readonly string[];
  readonly units: readonly string[];
  /** ADU per unit, one for all or one a lead, NaN where that is none; empty where there are none. */
  readonly gains: readonly number[];
  readonly baselines: readonly number[];
}

/** Numbers that a gain or a baseline may have: one a lead. */
const MOST_NUMBERS = 512;

export async function describe({ scopes }: FoundSignal): Promise<Description> {
  const values = (pattern: RegExp) =>
    scopes.flatMap((scope) =>
      [...scope].filter(([name]) => pattern.test(name)).map(([, value]) => value),
    );
  const firstText = (pattern: RegExp) =>
    values(pattern)
      .find((value) => value.kind === 'text')
      ?.rows.map((row) => row.trim()) ?? [];
  const firstNumbers = async (pattern: RegExp) => {
    const array = values(pattern).find(isShort);
    return array ? numbersOf(array) : [];
  };
  const rates = await firstNumbers(NAMES.rate);
  const [rate] = rates;
  const gains = (await firstNumbers(NAMES.gain)).map((gain) => (gain !== 0 ? gain : NaN));
  return {
    // A rate for each lead that differs is none of the matrix.
    samplingRateHz: rate! > 0 && rates.every((one) => one === rate) ? rate! : null,
    names: firstText(NAMES.leads),
    units: firstText(NAMES.units),
    gains: gains.every((gain) => !Number.isFinite(gain)) ? [] : gains,
    baselines: await firstNumbers(NAMES.baseline),
  };
}

function isShort(value: MatValue): value is NumericArray {
  if (value.kind !== 'numbers') return false;
  const count = countOf(value);
  return count >= 1 && count <= MOST_NUMBERS;
}

async function numbersOf({ code, dims, source, byteOffset }: NumericArray): Promise<number[]> {
  const count = countOf({ dims });
  const bytes = await source.read(byteOffset, count * code.bytes);
  if (!bytes.ok) return [];
  const view = new DataView(bytes.value.buffer, bytes.value.byteOffset, bytes.value.byteLength);
  return Array.from({ length: count }, (_, k) => code.read(view, k * code.bytes));
}
