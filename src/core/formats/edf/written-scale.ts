import { millivoltsPerUnit } from '../../../shared/domain';
import type { RecordedLead } from '../open-recording';
import {
  HIGHEST_16,
  LOWEST_16,
  sixteenBits,
  type SixteenBits,
} from '../shared/writing/sixteen-bits';
import type { LeadRange } from '../shared/writing/survey-leads';
import { eightCharacters, exactText } from './record-plan';

/** How a lead's integers become those of EDF, and what the header says of them. */
export interface WrittenScale extends SixteenBits {
  readonly units: string;
  readonly digitalMin: number;
  readonly digitalMax: number;
  readonly physicalMin: string;
  readonly physicalMax: string;
  /** Whether the integers are the lead's own, moved as a whole where that brings them into 16 bits. */
  readonly own: boolean;
}

/** How far limits are moved inwards in search of ones that eight characters can say. */
const SEARCH = 4096;

/**
 * The scale of a lead in EDF: its own integers where 16 bits hold them, else spread over all 16 bits. The header has
 * eight characters for a physical limit, so that limits are chosen that need no rounding; where there are none,
 * voltages are written in uV, which leaves the most digits.
 */
export function writtenScale(lead: RecordedLead, range: LeadRange): WrittenScale {
  const held = range.min > range.max ? { min: 0, max: 0 } : range;
  const { divisor, offset } = sixteenBits(held);
  const toMicrovolts = (millivoltsPerUnit(lead.units) ?? 0) * 1000;
  const units = [
    { units: lead.units, factor: 1 },
    ...(toMicrovolts > 0 ? [{ units: 'uV', factor: toMicrovolts }] : []),
  ];
  if (divisor !== 1) return spread(lead, held, units.at(-1)!);
  for (const unit of units) {
    const sampleValue = valuesOf(lead, unit.factor);
    const valueOf = (digital: number): number => sampleValue(digital + offset);
    const [min, max] = [held.min - offset, held.max - offset];
    const digitalMin = sayable(LOWEST_16, Math.min(min, LOWEST_16 + SEARCH, -1), 1, valueOf);
    const digitalMax = sayable(HIGHEST_16, Math.max(max, HIGHEST_16 - SEARCH, 1), -1, valueOf);
    const exact = digitalMin !== null && digitalMax !== null;
    if (!exact && unit !== units.at(-1)) continue;
    return {
      divisor: 1,
      offset,
      units: unit.units,
      own: true,
      digitalMin: digitalMin ?? LOWEST_16,
      digitalMax: digitalMax ?? HIGHEST_16,
      physicalMin: limitText(valueOf(digitalMin ?? LOWEST_16)),
      physicalMax: limitText(valueOf(digitalMax ?? HIGHEST_16)),
    };
  }
  throw new Error('the last unit is always taken');
}

interface WrittenUnit {
  readonly units: string;
  readonly factor: number;
}

function valuesOf(lead: RecordedLead, factor: number): (sample: number) => number {
  return (sample) => ((sample - lead.baselineAdu) / lead.gainAduPerUnit) * factor;
}

/** All 16 bits between limits that take the lead's values in and that the header says without rounding them. */
function spread(lead: RecordedLead, { min, max }: LeadRange, unit: WrittenUnit): WrittenScale {
  const valueOf = valuesOf(lead, unit.factor);
  const ends = [valueOf(min), valueOf(max)].sort((a, b) => a - b);
  const physicalMin = outwards(ends[0]!, Math.floor);
  const above = outwards(ends[1]!, Math.ceil);
  // A lead that never moves has limits that differ all the same.
  const physicalMax = above === physicalMin ? outwards(ends[1]! + 1, Math.ceil) : above;
  const stepsPerUnit = (HIGHEST_16 - LOWEST_16) / (Number(physicalMax) - Number(physicalMin));
  const gain = lead.gainAduPerUnit / unit.factor;
  return {
    divisor: gain / stepsPerUnit,
    offset: lead.baselineAdu + gain * (Number(physicalMin) - LOWEST_16 / stepsPerUnit),
    units: unit.units,
    own: false,
    digitalMin: LOWEST_16,
    digitalMax: HIGHEST_16,
    physicalMin,
    physicalMax,
  };
}

/** The first integer from one end inwards whose value needs no rounding; null where there is none. */
function sayable(
  from: number,
  to: number,
  step: 1 | -1,
  valueOf: (digital: number) => number,
): number | null {
  for (let digital = from; step * digital <= step * to; digital += step) {
    if (exactText(valueOf(digital)) !== null) return digital;
  }
  return null;
}

function limitText(value: number): string {
  return exactText(value) ?? eightCharacters(value);
}

/** A number in eight characters that is rounded one way only. */
function outwards(value: number, round: (value: number) => number): string {
  for (let decimals = 6; decimals >= 0; decimals--) {
    const text = (round(value * 10 ** decimals) / 10 ** decimals).toFixed(decimals);
    if (text.length <= 8) return text;
  }
  return eightCharacters(value);
}
