import { crc32 } from 'node:zlib';
import { ok, type Result, type Warning, type Told } from '../../../shared/domain';
import { errSaid, toldBy, warningSaid } from '../../../shared/domain/said';
import type { OpenOptions } from '../format';
import type { AppliedFilters } from '../open-recording';
import { decodeBase64, int16Of } from '../shared/base64';
import { leadCodeOf } from '../shared/lead-codes';
import type { HeldLead } from '../shared/limb-leads';
import { needsOption } from '../shared/needs-option';
import { findAll, numberAt, textAt } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';

const UNITS = new Map<string, string>(
  Object.entries({ MICROVOLTS: 'uV', MILLIVOLTS: 'mV', VOLTS: 'V' }),
);

/** Samples from the beginning of a strip to that of a lead: two hours at 500 Hz, where strips have 10 s. */
const MAX_OFFSET = 2 ** 22;

/** A `Waveform` of a MUSE document (restecg.dtd): strips of `Rhythm`, averaged beats of `Median`. */
export interface Waveform {
  readonly leads: readonly HeldLead[];
  readonly warnings: readonly Warning[];
}

/** @returns `bad-signal` with file, lead and field, `needs-option` */
export function waveformOf(
  waveform: XmlElement,
  fileName: string,
  options: OpenOptions,
): Result<Waveform> {
  const samplingRateHz = rateOf(waveform) ?? options.samplingRateHz;
  const stored = findAll(waveform, 'LeadData');
  const unscaled = stored.some((lead) => scaleOf(lead) === null);
  const missing: (keyof OpenOptions)[] = [];
  if (!samplingRateHz) missing.push('samplingRateHz');
  if (unscaled && !options.gainAduPerMv) missing.push('gainAduPerMv');
  if (missing.length > 0) return needsOption(fileName, missing);

  const filters = filtersOf(waveform);
  const leads: HeldLead[] = [];
  const warnings: Warning[] = [];
  for (const data of stored) {
    const read = leadOf(data, fileName, samplingRateHz!, options.gainAduPerMv);
    if (!read.ok) return read;
    const { lead, samples, stretches } = read.value.lead;
    leads.push({ lead: { ...lead, filters }, samples, ...(stretches ? { stretches } : {}) });
    warnings.push(...read.value.warnings);
  }
  return ok({ leads, warnings });
}

function rateOf(waveform: XmlElement): number | null {
  const base = numberAt(waveform, 'SampleBase');
  const rate = base === null ? null : base * 10 ** (numberAt(waveform, 'SampleExponent') ?? 0);
  return rate !== null && rate > 0 && Number.isFinite(rate) ? rate : null;
}

/** Units a bit and their unit; null where either is left out, as a number alone is no scale. */
function scaleOf(data: XmlElement): { perBit: number; units: string } | null {
  const perBit = numberAt(data, 'LeadAmplitudeUnitsPerBit') || null;
  const unit = textAt(data, 'LeadAmplitudeUnits');
  if (perBit === null || unit === '') return null;
  return { perBit, units: UNITS.get(unit.toUpperCase()) ?? unit };
}

/** The high-pass is in hundredths of a hertz; 0 and `NONE` are no filter. */
function filtersOf(waveform: XmlElement): AppliedFilters {
  const highPass = numberAt(waveform, 'HighPassFilter');
  return {
    highPassHz: highPass ? highPass / 100 : null,
    lowPassHz: numberAt(waveform, 'LowPassFilter') || null,
    notchHz: numberAt(waveform, 'ACFilter') || null,
  };
}

function leadOf(
  data: XmlElement,
  fileName: string,
  samplingRateHz: number,
  statedGain: number | undefined,
): Result<{ readonly lead: HeldLead; readonly warnings: readonly Warning[] }> {
  const name = textAt(data, 'LeadID').replace(/^AV([RLF])$/, 'aV$1');
  const ofLead = toldBy('files.leadOf', { file: fileName, name });
  const size = numberAt(data, 'LeadSampleSize') ?? 2;
  if (size !== 2) return errSaid('unsupported', 'files.museSampleSize', { what: ofLead, size });
  const bytes = decodeBase64(
    findAll(data, 'WaveFormData')
      .map(({ text }) => text)
      .join(''),
    toldBy('files.fieldOf', { what: ofLead, field: 'WaveFormData' }),
  );
  if (!bytes.ok) return bytes;
  const samples = int16Of(bytes.value);
  const scale = scaleOf(data);
  const offset = Math.max(0, Math.round(numberAt(data, 'LeadOffsetFirstSample') ?? 0));
  if (offset > MAX_OFFSET)
    return errSaid('bad-header', 'files.leadStarts', { what: ofLead, n: offset });
  const leadCode = leadCodeOf(name);
  const lead = {
    name,
    ...(leadCode === null ? {} : { leadCode }),
    isEcgByCode: true as const,
    units: scale?.units ?? 'mV',
    samplingRateHz,
    samples: offset + samples.length,
    gainAduPerUnit: scale === null ? statedGain! : 1 / scale.perBit,
    gainAssumed: false,
    baselineAdu: 0,
    adcResolutionBits: 16,
  };
  const stretches =
    offset > 0 ? [{ start: offset, samples: samples.length, stored: 0 }] : undefined;
  return ok({
    lead: { lead, samples, ...(stretches ? { stretches } : {}) },
    warnings: warningsOf(data, bytes.value, ofLead),
  });
}

/** Checksum and count that the file carries, and what the device found wrong with the lead. */
function warningsOf(data: XmlElement, bytes: Buffer, what: Told): Warning[] {
  const warnings: Warning[] = [];
  const checksum = numberAt(data, 'LeadDataCRC32');
  if (checksum !== null && crc32(bytes) !== checksum >>> 0) {
    warnings.push(warningSaid('checksum', 'warnings.museChecksum', { what }));
  }
  const declared = numberAt(data, 'LeadSampleCountTotal');
  if (declared !== null && declared !== bytes.length / 2) {
    const held = bytes.length / 2;
    const field = 'LeadSampleCountTotal';
    warnings.push(
      warningSaid('length', 'warnings.declaredSamples', { what, declared, field, held }),
    );
  }
  const faults = data.children.filter(({ text }) => text.trim() === 'TRUE').map(({ name }) => name);
  if (faults.length > 0) {
    const said = { what, faults: faults.join(', ') };
    warnings.push(warningSaid('device-quality', 'warnings.deviceQuality', said));
  }
  return warnings;
}
