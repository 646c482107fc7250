import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { OpenOptions } from '../format';
import type { AppliedFilters } from '../open-recording';
import { leadCodeOf } from '../shared/lead-codes';
import type { LeadSource, SampleStretch } from '../shared/lead-source';
import { withLimbLeads, type HeldLead } from '../shared/limb-leads';
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
 * one scale and without overlap, is one lead. Limb leads that are not among them are derived.
 * @returns `needs-option` where neither the file nor `options` gives rate or scale, `bad-signal`
 */
export function leadSources(
  sets: readonly SequenceSet[],
  filters: AppliedFilters | undefined,
  fileName: string,
  options: OpenOptions,
): Result<readonly LeadSource[]> {
  const missing = missingOptions(
    sets.flatMap(({ leads }) => leads.filter(({ digits }) => digits.length > 0)),
    options,
  );
  if (missing.length > 0) return needsOption(fileName, missing);
  const leads: Placed[][] = [];
  for (const { set, startS } of inOrderOfTime(sets)) {
    for (const sequence of set.leads) {
      const placed = place(sequence, startS, options);
      const before = leads.find((parts) => continues(parts, placed));
      if (before) before.push(placed);
      else leads.push([placed]);
    }
  }
  const held = leads.map((parts) => heldLead(parts, filters));
  const longest = Math.max(0, ...held.map(({ lead }) => lead.samples));
  if (longest <= MAX_SAMPLES) return ok(withLimbLeads(held));
  return errSaid('bad-signal', 'files.aecgApart', { file: fileName, n: longest });
}

/** Sets with the seconds at which they begin, which need not be the order of the file. */
function inOrderOfTime(sets: readonly SequenceSet[]) {
  const first = startOf(sets);
  return sets
    .map((set) => {
      const isPlaced = first !== null && set.startClock !== null;
      return { set, startS: isPlaced ? secondsBetween(first, set.startClock) : set.startS };
    })
    .sort((a, b) => a.startS - b.startS);
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
  // One that holds nothing may lack both.
  const samplingRateHz = sequence.samplingRateHz ?? options.samplingRateHz ?? 1;
  const shared = { name, isEcg, digits, startS, samplingRateHz };
  if (scale === null) {
    return { ...shared, units: 'mV', gainAduPerUnit: options.gainAduPerMv ?? 1, baselineAdu: 0 };
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

function heldLead(parts: readonly Placed[], filters: AppliedFilters | undefined): HeldLead {
  const { name, isEcg, units, samplingRateHz } = parts[0]!;
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
  const { scale, ...held } = heldNumbers(digits, parts[0]!);
  return {
    lead: {
      name,
      ...(leadCode === null ? {} : { leadCode }),
      ...(isEcg ? { isEcgByCode: true as const } : {}),
      units,
      samplingRateHz,
      samples: samples > 0 ? start + samples : 0,
      ...scale,
      gainAssumed: false,
      adcResolutionBits: 16,
      ...(filters ? { filters } : {}),
    },
    ...held,
    stretches,
  };
}
