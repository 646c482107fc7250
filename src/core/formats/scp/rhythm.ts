import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { Complexes } from './beats';
import { bimodalValues, expandBimodal } from './bimodal';
import { decodeLead, type EncodedLeads } from './encoded-leads';
import type { HuffmanTables } from './huffman';
import type { LeadDefinition } from './leads';

/** What the samples of a record are put together from. */
export interface RhythmParts {
  readonly leads: readonly LeadDefinition[];
  readonly rhythm: EncodedLeads;
  readonly tables: HuffmanTables | null;
  /** Values of the reference beat by lead; null where it was not subtracted. */
  readonly beat: readonly Int32Array[] | null;
  readonly complexes: Complexes;
  /** Samples for one value outside protected zones. */
  readonly ratio: number;
  /** Steps of the reference beat in steps of the rhythm. */
  readonly beatScale: number;
}

/** Samples of one lead in steps of section 6. */
export interface RhythmLead {
  readonly samples: Int32Array | Float64Array;
  /** Whole bytes of section 6 behind the samples that section 3 declares. */
  readonly spareBytes: number;
}

/** Additions of the reference beat per sample; more only where its places lie upon one another. */
const MOST_OVERLAPS = 8;

/**
 * Samples of one lead: Huffman codes and differences undone, the lost rate put back, the
 * reference beat added where it was subtracted (EN 1064:2005, 5.9 and annex C). Where section 3 declares how many
 * there are, no more are taken: bits that fill up the last byte look like samples.
 * @returns integers, or values between them where bimodal compression or another scale of the beat left none;
 *   `bad-header` where complexes lie upon one another
 */
export function rhythmLead(
  parts: RhythmParts,
  index: number,
  fileName: string,
): Result<RhythmLead> {
  const { leads, rhythm, tables, complexes, ratio } = parts;
  const { zones } = complexes;
  const { declared } = leads[index]!;
  const needed = rhythm.isBimodal ? bimodalValues(declared, zones, ratio) : declared;
  const most = declared > 0 ? needed : Infinity;
  const { values, spareBytes } = decodeLead(rhythm, index, tables, most);
  const samples = rhythm.isBimodal
    ? expandBimodal(values, Math.min(declared, values.length * ratio), zones, ratio)
    : values;
  const beat = parts.beat?.[index];
  if (!beat) return ok({ samples, spareBytes });
  const whole = parts.beatScale === 1 ? samples : Float64Array.from(samples);
  const sum = addBeat(whole, beat, parts, leads[index]!, fileName);
  return sum.ok ? ok({ samples: sum.value, spareBytes }) : sum;
}

function addBeat<T extends Int32Array | Float64Array>(
  samples: T,
  beat: Int32Array,
  { complexes, beatScale }: RhythmParts,
  lead: LeadDefinition,
  fileName: string,
): Result<T> {
  // Sample numbers count from 1, also those of the beat.
  const first = Math.max(1, lead.start);
  let additions = 0;
  for (const { type, start, end, fiducial } of complexes.complexes) {
    if (type !== 0) continue;
    const shift = complexes.fiducial - fiducial - 1;
    const from = Math.max(start, first, -shift);
    const to = Math.min(end, first + samples.length - 1, beat.length - 1 - shift);
    additions += Math.max(0, to - from + 1);
    if (additions > MOST_OVERLAPS * samples.length) {
      return errSaid('bad-header', 'files.scpOverlap', { file: fileName });
    }
    for (let sample = from; sample <= to; sample++) {
      samples[sample - first]! += beat[sample + shift]! * beatScale;
    }
  }
  return ok(samples);
}
