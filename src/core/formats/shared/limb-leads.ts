import { canonicalLeadName } from '../../../shared/domain';
import { BY_DEVICE } from '../../../shared/domain/derived-leads';
import { MISSING_ADU, type RecordedLead } from '../open-recording';
import { leadCodeOf } from './lead-codes';
import {
  integersInMemory,
  valuesInMemory,
  wholeStretch,
  type LeadSource,
  type SampleStretch,
} from './lead-source';

/** A lead whose stored samples are in memory. */
export interface HeldLead {
  readonly lead: Omit<RecordedLead, 'index'>;
  /** Integers before gain and baseline, or values in the lead's unit. */
  readonly samples: Int32Array | Int16Array | Float64Array;
  readonly stretches?: readonly SampleStretch[];
  readonly missingCode?: number;
}

/** Einthoven's and Goldberger's leads out of I and II: name, formula, and twice its factors for I and II. */
const FORMULAS = [
  { name: 'III', derivedFrom: 'II - I', one: -2, two: 2 },
  { name: 'aVR', derivedFrom: '-(I + II) / 2', one: -1, two: -1 },
  { name: 'aVL', derivedFrom: 'I - II / 2', one: 2, two: -1 },
  { name: 'aVF', derivedFrom: 'II - I / 2', one: -1, two: 2 },
] as const;

/** What a converted file says of how a lead came about, as that lead's field; nothing for words of anybody else. */
export function derivation(text: string | null | undefined): { readonly derivedFrom?: string } {
  const isKnown = text === BY_DEVICE || FORMULAS.some(({ derivedFrom }) => derivedFrom === text);
  return isKnown ? { derivedFrom: text! } : {};
}

/** Steps of a lead that is derived from two of different scales, in a step of the finer. */
const FINER = 16;

export function sourceOf({ lead, samples, stretches, missingCode }: HeldLead): LeadSource {
  return {
    lead,
    store: samples instanceof Float64Array ? valuesInMemory(samples) : integersInMemory(samples),
    stretches: stretches ?? wholeStretch(samples.length),
    ...(missingCode === undefined ? {} : { missingCode }),
  };
}

/**
 * The held leads, and those limb leads that follow from I and II and are not among them, marked as derived. Integers
 * of one scale stay integers, of half the step, so that nothing is rounded.
 */
export function withLimbLeads(held: readonly HeldLead[]): readonly LeadSource[] {
  const byName = new Map(held.map((one) => [canonicalLeadName(one.lead.name), one]));
  const one = byName.get('I');
  const two = byName.get('II');
  const stored = held.map(sourceOf);
  if (!one || !two || one.samples.length === 0 || !sameTime(one, two)) return stored;
  return [
    ...stored,
    ...FORMULAS.filter(({ name }) => !byName.has(name)).map((formula) =>
      sourceOf(derive(one, two, formula)),
    ),
  ];
}

function sameTime(one: HeldLead, two: HeldLead): boolean {
  return (
    one.samples.length === two.samples.length &&
    one.lead.samplingRateHz === two.lead.samplingRateHz &&
    one.lead.units === two.lead.units &&
    JSON.stringify(one.stretches ?? null) === JSON.stringify(two.stretches ?? null)
  );
}

function derive(one: HeldLead, two: HeldLead, formula: (typeof FORMULAS)[number]): HeldLead {
  const { name, derivedFrom } = formula;
  const leadCode = leadCodeOf(name);
  const { gainAduPerUnit: gain, baselineAdu } = one.lead;
  const stretches = one.stretches ? { stretches: one.stretches } : {};
  const sameScale = gain === two.lead.gainAduPerUnit && baselineAdu === two.lead.baselineAdu;
  const integers = !(one.samples instanceof Float64Array) && !(two.samples instanceof Float64Array);
  const lead = {
    ...one.lead,
    name,
    ...(leadCode === null ? {} : { leadCode }),
    gainAduPerUnit: 2 * gain,
    baselineAdu: 0,
    derivedFrom,
  };
  if (!sameScale || !integers || !Number.isInteger(baselineAdu)) {
    const [a, b] = [valuesOf(one), valuesOf(two)];
    const samples = a.map((value, k) => (formula.one * value + formula.two * b[k]!) / 2);
    // What lies between the steps of both is kept in files of integers, too.
    const finest = Math.max(Math.abs(gain), Math.abs(two.lead.gainAduPerUnit));
    return { lead: { ...lead, gainAduPerUnit: FINER * finest }, samples, ...stretches };
  }
  const samples = new Int32Array(one.samples.length);
  for (let k = 0; k < samples.length; k++) {
    const [a, b] = [one.samples[k]!, two.samples[k]!];
    const missing = a === one.missingCode || b === two.missingCode;
    samples[k] = missing
      ? MISSING_ADU
      : formula.one * (a - baselineAdu) + formula.two * (b - baselineAdu);
  }
  return { lead, samples, ...stretches, missingCode: MISSING_ADU };
}

/** Samples in the lead's unit, NaN where missing. */
export function valuesOf({ lead, samples, missingCode }: HeldLead): Float64Array {
  if (samples instanceof Float64Array) return samples;
  return Float64Array.from(samples, (sample) =>
    sample === missingCode ? NaN : (sample - lead.baselineAdu) / lead.gainAduPerUnit,
  );
}
