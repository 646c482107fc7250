import { ok, type Warning } from '../../../shared/domain';
import { BY_DEVICE } from '../../../shared/domain/derived-leads';
import { warningSaid } from '../../../shared/domain/said';
import type { OpenOptions } from '../format';
import type { RecordedLead } from '../open-recording';
import { framedFile, type ByteSource } from '../shared/framed-file';
import type { IntegerStore, LeadSource } from '../shared/lead-source';
import { derivation } from '../shared/limb-leads';
import type { DicomChannel, MultiplexGroup } from './multiplex-groups';

/** The stores of a group's channels: a sample of each channel in turn, the channel fastest. */
export function channelStores(source: ByteSource, group: MultiplexGroup): IntegerStore[] {
  const { code, channels, position, samples, swapped } = group;
  const layout = {
    byteOffset: position,
    frameBytes: code.bytes * channels.length,
    frames: samples,
  };
  const open = framedFile(swapped ? pairsSwapped(source, position) : source, layout);
  return channels.map((_, k) => open({ byteInFrame: k * code.bytes, samplesPerFrame: 1, code }));
}

/** Bytes whose pairs, counted from a position, are each the other way round. */
function pairsSwapped(source: ByteSource, origin: number): ByteSource {
  return {
    async read(position, length) {
      const before = (position - origin) % 2;
      const read = await source.read(position - before, length + before + ((length + before) % 2));
      if (!read.ok) return read;
      const bytes = Buffer.from(read.value).swap16();
      return ok(bytes.subarray(before, before + length));
    },
  };
}

/**
 * What a stored 0 may mean: some writers declare it as padding although it is an ordinary sample (the C# ECG toolkit
 * does, to please Mortara), and holes in the trace are worse than a padded end that is flat.
 */
export function missingCodeOf({ padding }: MultiplexGroup): number | undefined {
  return padding === null || padding === 0 ? undefined : padding;
}

/** value = raw x sensitivity x correction factor + baseline, all in the channel's unit (PS3.3, C.10.9.1.4). */
export function leadOf(
  group: MultiplexGroup,
  channel: DicomChannel,
  samples: number,
  { gainAduPerMv }: OpenOptions,
): Omit<RecordedLead, 'index'> {
  const { unitsPerAdu, baseline, leadCode, filters } = channel;
  const scale =
    unitsPerAdu === null
      ? { gainAduPerUnit: gainAduPerMv ?? 1, baselineAdu: 0 }
      : { gainAduPerUnit: 1 / unitsPerAdu, baselineAdu: 0 - baseline / unitsPerAdu };
  return {
    name: channel.name,
    ...(leadCode === null ? {} : { leadCode, isEcgByCode: true as const }),
    units: unitsPerAdu !== null ? channel.units : gainAduPerMv ? 'mV' : 'ADU',
    samplingRateHz: group.samplingRateHz,
    samples,
    ...scale,
    gainAssumed: unitsPerAdu === null,
    adcResolutionBits: group.code.bits,
    ...(group.original ? derivation(channel.derivation) : { derivedFrom: BY_DEVICE }),
    ...(filters ? { filters } : {}),
  };
}

export interface DicomStrips {
  readonly leads: readonly LeadSource[];
  readonly durationS: number;
  /** Seconds from the file's start time to the first sample. */
  readonly firstS: number;
}

/** The channels of all groups that are strips, each where it lies in time. */
export function stripLeads(
  source: ByteSource,
  groups: readonly MultiplexGroup[],
  options: OpenOptions,
): DicomStrips {
  const placed = groups.flatMap((group) => {
    const stores = channelStores(source, group);
    return group.channels.map((channel, k) => {
      const fromS = group.offsetS + channel.skewS;
      return { group, channel, store: stores[k]!, fromS };
    });
  });
  const firstS = Math.min(...placed.map(({ fromS }) => fromS));
  const startOf = ({ group, fromS }: (typeof placed)[number]): number =>
    Math.round((fromS - firstS) * group.samplingRateHz);
  const durationS = Math.max(
    ...placed.map((lead) => (startOf(lead) + lead.group.samples) / lead.group.samplingRateHz),
  );
  const leads = placed.map((lead): LeadSource => {
    const { group, channel, store } = lead;
    const start = startOf(lead);
    const toEnd = Math.round(durationS * group.samplingRateHz);
    const missingCode = missingCodeOf(group);
    return {
      lead: leadOf(group, channel, Math.max(start + group.samples, toEnd), options),
      store,
      stretches: [{ start, samples: group.samples, stored: 0 }],
      ...(missingCode === undefined ? {} : { missingCode }),
    };
  });
  return { leads, durationS, firstS };
}

/** What is odd about the groups of a file. */
export function groupWarnings(groups: readonly MultiplexGroup[], fileName: string): Warning[] {
  const warnings: Warning[] = [];
  for (const group of groups) {
    const { number, declaredSamples, heldSamples, padding, channels, samplingRateHz } = group;
    const ofGroup = { file: fileName, number };
    // An odd byte fills up data of one byte a sample.
    const isFill = heldSamples === declaredSamples + 1 && group.code.bytes * channels.length === 1;
    if (heldSamples !== declaredSamples && !isFill) {
      const counts = { ...ofGroup, declared: declaredSamples, held: heldSamples };
      warnings.push(warningSaid('sample-count', 'warnings.dicomSampleCount', counts));
    }
    if (padding === 0) {
      warnings.push(warningSaid('padding-zero', 'warnings.dicomPaddingZero', ofGroup));
    }
    const unscaled = channels.filter(({ unitsPerAdu }) => unitsPerAdu === null);
    if (unscaled.length > 0) {
      const names = unscaled.map(({ name }) => name).join(', ');
      warnings.push(warningSaid('no-scale', 'warnings.dicomNoScale', { ...ofGroup, names }));
    }
    const between = channels.filter(({ skewS }) => {
      const samplesLater = skewS * samplingRateHz;
      return Math.abs(samplesLater - Math.round(samplesLater)) > 1e-3;
    });
    if (between.length > 0) {
      const names = between.map(({ name }) => name).join(', ');
      warnings.push(warningSaid('skew', 'warnings.dicomSkew', { ...ofGroup, names }));
    }
  }
  return warnings;
}
