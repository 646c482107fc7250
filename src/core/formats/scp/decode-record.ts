import { ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid } from '../../../shared/domain/said';
import type { OpenOptions } from '../format';
import type { AppliedFilters, StoredBeat } from '../open-recording';
import type { HeldLead } from '../shared/limb-leads';
import { needsOption } from '../shared/needs-option';
import { storedBeat } from '../shared/stored-beat';
import { complexesOf, type Complexes } from './beats';
import { decodeLead, encodedLeads, FILL_BYTES, type EncodedLeads } from './encoded-leads';
import { huffmanTables } from './huffman';
import { leadDefinitions, type LeadDefinition } from './leads';
import { rhythmLead } from './rhythm';

/** Samples of a record, and what its sections say of them. */
export interface DecodedRecord {
  readonly leads: readonly HeldLead[];
  readonly storedBeats: readonly StoredBeat[];
  readonly complexes: Complexes;
  readonly samplingRateHz: number;
  /** Number of the first sample of the earliest lead. */
  readonly firstSample: number;
  readonly warnings: readonly Warning[];
}

const NO_COMPLEXES: Complexes = { fiducial: 0, complexes: [], zones: [] };

/** Samples between the beginnings of leads; the first lead's own are at most 64 KB. */
const MAX_OFFSET = 2 ** 22;

/**
 * Decodes sections 2 to 6.
 * @returns failures that name the section, `needs-option` where scale or interval are 0
 */
export function decodeRecord(
  sections: ReadonlyMap<number, Buffer>,
  filters: AppliedFilters,
  fileName: string,
  options: OpenOptions,
): Result<DecodedRecord> {
  const three = sections.get(3);
  const six = sections.get(6);
  if (!three) return errSaid('bad-header', 'files.scpNoLeads', { file: fileName });
  if (!six) return errSaid('bad-header', 'files.scpNoRhythm', { file: fileName });
  const definitions = leadDefinitions(three, fileName);
  if (!definitions.ok) return definitions;
  const { leads, beatSubtracted } = definitions.value;
  const rhythm = encodedLeads(six, 6, leads.length, fileName);
  if (!rhythm.ok) return rhythm;
  const two = sections.get(2);
  const tables = two ? huffmanTables(two, fileName) : ok(null);
  if (!tables.ok) return tables;
  const five = sections.get(5);
  const beat = five ? encodedLeads(five, 5, leads.length, fileName) : ok(null);
  if (!beat.ok) return beat;
  const isReduced = rhythm.value.isBimodal;
  if ((beatSubtracted || isReduced) && !(beat.value && sections.has(4))) {
    return errSaid('bad-header', 'files.scpNoReference', { file: fileName });
  }
  const four = sections.get(4);
  const complexes = four
    ? complexesOf(four, beatSubtracted || isReduced, fileName)
    : ok(NO_COMPLEXES);
  if (!complexes.ok) return complexes;

  const scales = scaleOf(rhythm.value, beat.value, fileName, options);
  if (!scales.ok) return scales;
  const { ratio, samplingRateHz } = scales.value;
  const beats = beat.value ? beatLeads(beat.value, four, leads.length, tables.value) : null;
  const parts = {
    leads,
    rhythm: rhythm.value,
    tables: tables.value,
    beat: beatSubtracted ? beats : null,
    complexes: complexes.value,
    ratio,
    beatScale: beat.value ? beat.value.nanovolts / (rhythm.value.nanovolts || 1) : 1,
  };
  const firstSample = Math.min(...leads.map(({ start }) => start));
  const held: HeldLead[] = [];
  const lengths: StoredLength[] = [];
  for (const [index, lead] of leads.entries()) {
    const decoded = rhythmLead(parts, index, fileName);
    if (!decoded.ok) return decoded;
    const { samples, spareBytes } = decoded.value;
    const offset = lead.start - firstSample;
    if (offset > MAX_OFFSET) {
      return errSaid('bad-header', 'files.scpLeadStart', {
        file: fileName,
        lead: lead.name,
        start: lead.start,
      });
    }
    held.push(heldLead(lead, offset, samples, scales.value, filters));
    lengths.push({ ...lead, stored: samples.length, spareBytes });
  }
  return ok({
    leads: held,
    storedBeats: beat.value && beats ? beatOf(leads, beats, beat.value) : [],
    complexes: complexes.value,
    samplingRateHz,
    firstSample,
    warnings: [...lengthWarnings(lengths, fileName), ...spareWarnings(rhythm.value, fileName)],
  });
}

interface Scales {
  readonly gainAduPerMv: number;
  readonly samplingRateHz: number;
  readonly ratio: number;
}

/** The rate of a bimodal rhythm is that of the reference beat, of which its own interval is a multiple. */
function scaleOf(
  rhythm: EncodedLeads,
  beat: EncodedLeads | null,
  fileName: string,
  options: OpenOptions,
): Result<Scales> {
  const ratio = rhythm.isBimodal ? rhythm.intervalUs / (beat?.intervalUs || 1) : 1;
  if (![1, 2, 3, 4].includes(ratio)) {
    return errSaid('bad-header', 'files.scpIntervals', {
      file: fileName,
      rhythm: rhythm.intervalUs,
      beat: beat?.intervalUs ?? 0,
    });
  }
  const intervalUs = rhythm.intervalUs / ratio;
  const missing: (keyof OpenOptions)[] = [];
  if (intervalUs === 0 && !options.samplingRateHz) missing.push('samplingRateHz');
  if (rhythm.nanovolts === 0 && !options.gainAduPerMv) missing.push('gainAduPerMv');
  if (missing.length > 0) return needsOption(fileName, missing);
  return ok({
    gainAduPerMv: rhythm.nanovolts === 0 ? options.gainAduPerMv! : 1e6 / rhythm.nanovolts,
    samplingRateHz: intervalUs === 0 ? options.samplingRateHz! : 1e6 / intervalUs,
    ratio,
  });
}

function heldLead(
  { code, name }: LeadDefinition,
  offset: number,
  steps: Int32Array | Float64Array,
  { gainAduPerMv, samplingRateHz, ratio }: Scales,
  filters: AppliedFilters,
): HeldLead {
  const whole = steps instanceof Int32Array;
  const samples = whole ? steps : steps.map((step) => step / gainAduPerMv);
  return {
    lead: {
      name,
      leadCode: code,
      isEcgByCode: true,
      units: 'mV',
      samplingRateHz,
      samples: offset + steps.length,
      // Values on a line between two steps are multiples of one step by twice the ratio.
      gainAduPerUnit: whole ? gainAduPerMv : gainAduPerMv * 2 * ratio,
      gainAssumed: false,
      baselineAdu: 0,
      adcResolutionBits: 16,
      filters,
    },
    samples,
    ...(offset > 0 ? { stretches: [{ start: offset, samples: steps.length, stored: 0 }] } : {}),
  };
}

/** Values of the reference beat by lead, as many as section 4 has milliseconds for. */
function beatLeads(
  beat: EncodedLeads,
  four: Buffer | undefined,
  count: number,
  tables: Parameters<typeof decodeLead>[2],
): Int32Array[] {
  const lengthMs = four && four.length >= 2 ? four.readUInt16LE(0) : 0;
  const samples = Math.floor((lengthMs * 1000) / beat.intervalUs);
  const most = Number.isFinite(samples) && samples > 0 ? samples : Infinity;
  return Array.from({ length: count }, (_, index) => decodeLead(beat, index, tables, most).values);
}

function beatOf(
  leads: readonly LeadDefinition[],
  beats: readonly Int32Array[],
  { nanovolts, intervalUs }: EncodedLeads,
): StoredBeat[] {
  if (intervalUs === 0 || nanovolts === 0 || !beats.some(({ length }) => length > 0)) return [];
  const held = beats.map((samples, k): HeldLead => ({
    lead: {
      name: leads[k]!.name,
      units: 'mV',
      samplingRateHz: 1e6 / intervalUs,
      samples: samples.length,
      gainAduPerUnit: 1e6 / nanovolts,
      gainAssumed: false,
      baselineAdu: 0,
      adcResolutionBits: 16,
    },
    samples,
  }));
  return [storedBeat('Reference beat', held)];
}

interface StoredLength extends LeadDefinition {
  readonly stored: number;
  readonly spareBytes: number;
}

/** One sentence for leads that are all as short, or as long, as each other. */
function lengthWarnings(leads: readonly StoredLength[], file: string): Warning[] {
  const alike = new Map<string, { lead: StoredLength; names: string[] }>();
  for (const lead of leads) {
    const { name, declared, stored, spareBytes } = lead;
    const isLong = stored === declared && declared > 0 && spareBytes > FILL_BYTES;
    if (stored >= declared && !isLong) continue;
    const key = isLong ? `${declared} and ${spareBytes}` : `${declared} ${stored}`;
    const { names } = alike.get(key) ?? { names: [] };
    alike.set(key, { lead, names: [...names, name] });
  }
  return [...alike.values()].map(({ lead: { declared, stored, spareBytes }, names }) => {
    const of = { file, names: names.join(', '), declared };
    return stored < declared
      ? warningSaid('length', 'warnings.scpLength', { ...of, stored })
      : warningSaid('length', 'warnings.scpLonger', { ...of, spare: spareBytes });
  });
}

/** What is behind the last lead belongs to none. */
function spareWarnings({ spareBytes: spare }: EncodedLeads, file: string): Warning[] {
  return spare > FILL_BYTES
    ? [warningSaid('length', 'warnings.scpSpareBytes', { file, spare })]
    : [];
}
