import type { RecordedLead } from '../open-recording';
import type { LeadRange } from '../shared/writing/survey-leads';
import { eightCharacters, exactText } from './record-plan';

/** How a lead's integers become those of EDF, and what the header says of them. */
export interface WrittenScale {
  /** The integer of EDF is round((sample - offset) / divisor). */
  readonly divisor: number;
  readonly offset: number;
  readonly digitalMin: number;
  readonly digitalMax: number;
  readonly physicalMin: string;
  readonly physicalMax: string;
}

const LOWEST = -32_768;
const HIGHEST = 32_767;
/** How far limits are moved inwards in search of ones that eight characters can say. */
const SEARCH = 4096;

/**
 * The scale of a lead in EDF: its own integers where 16 bits hold them, else spread over all 16 bits. Digital limits
 * are chosen so that the physical ones, which have eight characters, need no rounding where that is possible.
 */
export function writtenScale(lead: RecordedLead, range: LeadRange): WrittenScale {
  const [min, max] = range.min > range.max ? [0, 0] : [range.min, range.max];
  const fits = min >= LOWEST && max <= HIGHEST;
  const divisor = fits ? 1 : Math.max(1, (max - min) / (HIGHEST - LOWEST));
  const offset = fits ? 0 : min - LOWEST * divisor;
  const valueOf = (digital: number): number =>
    (digital * divisor + offset - lead.baselineAdu) / lead.gainAduPerUnit;
  const lowest = fits ? min : LOWEST;
  const highest = fits ? max : HIGHEST;
  const digitalMin = sayable(LOWEST, Math.min(lowest, LOWEST + SEARCH, -1), 1, valueOf);
  const digitalMax = sayable(HIGHEST, Math.max(highest, HIGHEST - SEARCH, 1), -1, valueOf);
  return {
    divisor,
    offset,
    digitalMin,
    digitalMax,
    physicalMin: limitText(valueOf(digitalMin)),
    physicalMax: limitText(valueOf(digitalMax)),
  };
}

/** The first integer from one end inwards whose value needs no rounding; the end itself where there is none. */
function sayable(
  from: number,
  to: number,
  step: 1 | -1,
  valueOf: (digital: number) => number,
): number {
  for (let digital = from; step * digital <= step * to; digital += step) {
    if (exactText(valueOf(digital)) !== null) return digital;
  }
  return from;
}

function limitText(value: number): string {
  return exactText(value) ?? eightCharacters(value);
}
