import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { OpenOptions } from '../format';
import type { AppliedFilters } from '../open-recording';
import { leadCodeOf } from '../shared/lead-codes';
import type { LeadSource, SampleStretch } from '../shared/lead-source';
import { sourceOf } from '../shared/limb-leads';
import { needsOption } from '../shared/needs-option';
import { heldNumbers } from '../shared/text-numbers';
import { secondsBetween } from './hl7-time';
import type { LeadSequence, SequenceSet } from './sequences';

/** A lead's sequence with where it begins and how it is scaled. */
interface Placed {
  readonly name: string;
  readonly isEcg: boolean;
  readonly startS: number;
  readonly samplingRateHz: number;
  readonly units: string;
  readonly gainAduPerUnit: number;
  readonly baselineAdu: number;
  readonly digits: Float64Array;
}

/** Samples on the time axis of one recording; strips that lie further apart are no single recording. */
const MAX_SAMPLES = 2 ** 25;

/**
 * Leads of a series. Sets that begin at other times lie there; the same lead in several sets, with one rate and
 * one scale and without overlap, is one lead.
 * @returns `needs-option` where neither the file nor `options` gives rate or scale, `bad-signal`
 */
export function leadSources(
  sets: readonly SequenceSet[],
  filters: AppliedFilters | undefined,
  fileName: string,
  options: OpenOptions,
): Result<readonly LeadSource[]> {
  const missing = missingOptions(
    sets.flatMap(({ leads }) => leads),
    options,
  );
  if (missing.length > 0) return needsOption(fileName, missing);
  const first = startOf(sets);
  const leads: Placed[][] = [];
  for (const set of sets) {
    const startS =
      first !== null && set.startClock !== null
        ? secondsBetween(first, set.startClock)
        : set.startS;
    for (const sequence of set.leads) {
      const placed = place(sequence, startS, options);
      const before = leads.find((parts) => continues(parts, placed));
      if (before) before.push(placed);
      else leads.push([placed]);
    }
  }
  const sources = leads
    .filter(([part]) => part!.digits.length > 0)
    .map((parts) => source(parts, filters));
  const longest = Math.max(0, ...sources.map(({ lead }) => lead.samples));
  if (longest <= MAX_SAMPLES) return ok(sources);
  return errSaid('bad-signal', 'files.aecgApart', { file: fileName, n: longest });
}

/** The earliest wall clock of any set. */
export function startOf(sets: readonly SequenceSet[]): string | null {
  return (
    sets
      .map(({ startClock }) => startClock)
      .filter((clock) => clock !== null)
      .sort()[0] ?? null
  );
}

function missingOptions(
  leads: readonly LeadSequence[],
  options: OpenOptions,
): (keyof OpenOptions)[] {
  const missing: (keyof OpenOptions)[] = [];
  if (!options.samplingRateHz && leads.some(({ samplingRateHz }) => samplingRateHz === null)) {
    missing.push('samplingRateHz');
  }
  if (!options.gainAduPerMv && leads.some(({ scale }) => scale === null))
    missing.push('gainAduPerMv');
  return missing;
}

function place(sequence: LeadSequence, startS: number, options: OpenOptions): Placed {
  const { name, isEcg, digits, scale, origin } = sequence;
  const samplingRateHz = sequence.samplingRateHz ?? options.samplingRateHz!;
  const shared = { name, isEcg, digits, startS, samplingRateHz };
  if (scale === null) {
    return { ...shared, units: 'mV', gainAduPerUnit: options.gainAduPerMv!, baselineAdu: 0 };
  }
  // 0 - x, because -0 is no baseline.
  return {
    ...shared,
    units: sequence.units,
    gainAduPerUnit: 1 / scale,
    baselineAdu: 0 - origin / scale,
  };
}

function continues(parts: readonly Placed[], next: Placed): boolean {
  const last = parts.at(-1)!;
  return (
    last.name === next.name &&
    last.units === next.units &&
    last.samplingRateHz === next.samplingRateHz &&
    last.gainAduPerUnit === next.gainAduPerUnit &&
    last.baselineAdu === next.baselineAdu &&
    startSample(next) >= startSample(last) + last.digits.length
  );
}

function startSample({ startS, samplingRateHz }: Placed): number {
  return Math.max(0, Math.round(startS * samplingRateHz));
}

function source(parts: readonly Placed[], filters: AppliedFilters | undefined): LeadSource {
  const { name, isEcg, units, samplingRateHz, gainAduPerUnit, baselineAdu } = parts[0]!;
  const stretches: SampleStretch[] = [];
  let stored = 0;
  for (const part of parts) {
    stretches.push({ start: startSample(part), samples: part.digits.length, stored });
    stored += part.digits.length;
  }
  const digits = new Float64Array(stored);
  for (const [k, part] of parts.entries()) digits.set(part.digits, stretches[k]!.stored);
  const { start, samples } = stretches.at(-1)!;
  const leadCode = leadCodeOf(name);
  return sourceOf({
    lead: {
      name,
      ...(leadCode === null ? {} : { leadCode }),
      ...(isEcg ? { isEcgByCode: true as const } : {}),
      units,
      samplingRateHz,
      samples: start + samples,
      gainAduPerUnit,
      gainAssumed: false,
      baselineAdu,
      adcResolutionBits: 16,
      ...(filters ? { filters } : {}),
    },
    ...heldNumbers(digits, parts[0]!),
    stretches,
  });
}
