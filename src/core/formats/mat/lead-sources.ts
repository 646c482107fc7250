import { ok, type Result, type Warning } from '../../../shared/domain';
import type { OpenOptions } from '../format';
import { numbersGain, spread } from '../shared/decimal-gain';
import { leadCodeOf } from '../shared/lead-codes';
import { wholeStretch, type LeadSource } from '../shared/lead-source';
import type { Description } from './describe';
import type { FoundSignal } from './find-signal';
import { matrixStore, type Orientation } from './matrix-store';
import { scalesOf } from './scale';
import type { NumericArray } from './values';

export interface MatLeads {
  readonly sources: readonly LeadSource[];
  readonly samplingRateHz: number;
  readonly warnings: readonly Warning[];
}

/** Numbers that are looked at to tell whether they are whole, and places of the matrix in which they lie. */
const PROBED_NUMBERS = 1024;
const PROBED_PLACES = 8;

/** The leads of a matrix. */
export async function leadSources(
  { array }: FoundSignal,
  described: Description,
  fileName: string,
  options: OpenOptions,
): Promise<Result<MatLeads>> {
  const probe = await someNumbers(array);
  if (!probe.ok) return probe;
  const allWhole =
    array.isIntegerClass || probe.value.every((n) => Number.isNaN(n) || Number.isInteger(n));
  const orientation = orientationOf(array, described);
  const scaled = scalesOf(described, orientation.leads, allWhole, fileName, options);
  if (!scaled.ok) return scaled;
  const { samplingRateHz, scales, warnings } = scaled.value;
  const sources = scales.map((scale, lead): LeadSource => {
    const { units, gainAduPerUnit: gain, baselineAdu: baseline } = scale;
    const name = described.names[lead] ?? '';
    const leadCode = leadCodeOf(name);
    const toValue = (number: number) => (number - baseline) / gain;
    return {
      lead: {
        name,
        ...(leadCode === null ? {} : { leadCode }),
        units,
        samplingRateHz,
        samples: orientation.samples,
        gainAduPerUnit:
          array.code.isInteger || units === 'ADU' ? gain : numbersGain(probe.value, gain, units),
        gainAssumed: false,
        baselineAdu: baseline,
        adcResolutionBits: array.code.isInteger ? 8 * array.code.bytes : 0,
      },
      store: matrixStore(array, orientation, lead, toValue),
      stretches: wholeStretch(orientation.samples),
    };
  });
  return ok({ sources, samplingRateHz, warnings });
}

/** As many leads as have names or gains, else the shorter side. */
function orientationOf({ dims }: NumericArray, { names, gains }: Description): Orientation {
  const [rows, columns] = [dims[0]!, dims[1]!];
  const told = [names.length, gains.length].find(
    (count) => count > 1 && (count === rows) !== (count === columns),
  );
  const leadsAreRows = told === undefined ? rows <= columns : told === rows;
  return leadsAreRows
    ? { leads: rows, samples: columns, leadsAreRows }
    : { leads: columns, samples: rows, leadsAreRows };
}

async function someNumbers({
  code,
  dims,
  source,
  byteOffset,
}: NumericArray): Promise<Result<number[]>> {
  const all = dims[0]! * dims[1]!;
  const numbers: number[] = [];
  for (const place of spread(Math.ceil(all / PROBED_NUMBERS), PROBED_PLACES)) {
    const from = place * PROBED_NUMBERS;
    const count = Math.min(PROBED_NUMBERS, all - from);
    const bytes = await source.read(byteOffset + from * code.bytes, count * code.bytes);
    if (!bytes.ok) return bytes;
    const view = new DataView(bytes.value.buffer, bytes.value.byteOffset, bytes.value.byteLength);
    for (let k = 0; k < count; k++) numbers.push(code.read(view, k * code.bytes));
  }
  return ok(numbers);
}
