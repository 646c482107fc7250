import { ok, type Result, type Warning } from '../../../shared/domain';
import type { OpenOptions } from '../format';
import { decimalGain } from '../shared/decimal-gain';
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

/** Numbers that are looked at to tell whether they are whole. */
const PROBE = 4096;

/** The leads of a matrix. */
export async function leadSources(
  { array }: FoundSignal,
  described: Description,
  fileName: string,
  options: OpenOptions,
): Promise<Result<MatLeads>> {
  const probe = await firstNumbers(array);
  if (!probe.ok) return probe;
  const allWhole =
    array.isIntegerClass || probe.value.every((n) => Number.isNaN(n) || Number.isInteger(n));
  const orientation = orientationOf(array, described);
  const scaled = scalesOf(described, orientation.leads, allWhole, fileName, options);
  if (!scaled.ok) return scaled;
  const { samplingRateHz, scales, warnings } = scaled.value;
  const physicalGain = decimalGain(probe.value);
  const sources = scales.map((scale, lead): LeadSource => {
    const { units, gainAduPerUnit: gain, baselineAdu: baseline, isPhysical } = scale;
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
        gainAduPerUnit: isPhysical && !array.code.isInteger ? physicalGain : gain,
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

async function firstNumbers({
  code,
  dims,
  source,
  byteOffset,
}: NumericArray): Promise<Result<number[]>> {
  const count = Math.min(PROBE, dims[0]! * dims[1]!);
  const bytes = await source.read(byteOffset, count * code.bytes);
  if (!bytes.ok) return bytes;
  const view = new DataView(bytes.value.buffer, bytes.value.byteOffset, bytes.value.byteLength);
  return ok(Array.from({ length: count }, (_, k) => code.read(view, k * code.bytes)));
}
