import type { DataSet } from 'dicom-parser';
import {
  canonicalLeadName,
  millivoltsPerUnit,
  ok,
  type Err,
  type Result,
} from '../../../shared/domain';
import type { Told } from '../../../shared/domain/failure';
import { errSaid, toldBy, withDetails } from '../../../shared/domain/said';
import type { AppliedFilters } from '../open-recording';
import {
  INT16,
  INT16_BIG,
  INT32,
  INT32_BIG,
  INT8,
  UINT16,
  UINT16_BIG,
  UINT8,
  type IntegerCode,
} from '../shared/integer-codes';
import { leadCodeOfMdc, leadNameOf } from '../shared/lead-codes';
import { A_LAW, MU_LAW } from './companding';
import { codedConcept, decimalOf, itemsOf, textOf } from './data-set';
import type { WaveformBytes } from './thin-copy';

/** One channel of a multiplex group (PS3.3, C.10.9, table C.10-9). */
export interface DicomChannel {
  /** Meaning of the channel's source, as the file words it; its code's name where that says no lead or another. */
  readonly name: string;
  readonly leadCode: number | null;
  readonly units: string;
  /** Units per stored step: sensitivity x correction factor; null where the file gives no sensitivity. */
  readonly unitsPerAdu: number | null;
  /** Value of a stored 0, in the channel's unit. */
  readonly baseline: number;
  /** How much later than the group the channel's first sample is. */
  readonly skewS: number;
  readonly filters: AppliedFilters | null;
  /** Channel Derivation Description (003A,020C). */
  readonly derivation: string | null;
}

/** Channels that were sampled together: an item of the Waveform Sequence (5400,0100). */
export interface MultiplexGroup {
  readonly number: number;
  readonly label: string | null;
  /** False where the device computed the group, as it does average beats. */
  readonly original: boolean;
  readonly samplingRateHz: number;
  /** Samples of each channel. */
  readonly samples: number;
  /** Samples of each channel that the file declares, and those that its data holds. */
  readonly declaredSamples: number;
  readonly heldSamples: number;
  readonly offsetS: number;
  readonly code: IntegerCode;
  /** What is stored for a missing sample; null where nothing is. */
  readonly padding: number | null;
  readonly position: number;
  /** Samples of one byte that stand in pairs, the second first. */
  readonly swapped: boolean;
  readonly channels: readonly DicomChannel[];
}

const MAX_CHANNELS = 1024;
const MAX_SAMPLES = 2 ** 31;

const LITTLE: Readonly<Record<string, IntegerCode>> = {
  SB: INT8,
  UB: UINT8,
  MB: MU_LAW,
  AB: A_LAW,
  SS: INT16,
  US: UINT16,
  SL: INT32,
};
const BIG: Readonly<Record<string, IntegerCode>> = {
  ...LITTLE,
  SS: INT16_BIG,
  US: UINT16_BIG,
  SL: INT32_BIG,
};

export interface GroupContext {
  readonly fileName: string;
  readonly charset: string;
  readonly bigEndian: boolean;
  readonly statedRateHz: number | undefined;
}

/** @param number 1 for the first group */
export function parseGroup(
  item: DataSet,
  number: number,
  waveform: WaveformBytes | undefined,
  context: GroupContext,
): Result<MultiplexGroup> {
  const bad = (field: string, what: Told): Err =>
    withDetails(
      errSaid('bad-header', 'files.dicomField', { file: context.fileName, field, number, what }),
      { field },
    );
  const channelItems = itemsOf(item, 'x003a0200');
  const count = item.uint16('x003a0005') ?? channelItems.length;
  if (count < 1 || count > MAX_CHANNELS || channelItems.length > count) {
    return bad(
      'Number of Waveform Channels (003A,0005)',
      toldBy('files.isValue', { value: count }),
    );
  }
  const declaredSamples = item.uint32('x003a0010') ?? 0;
  if (declaredSamples < 1 || declaredSamples > MAX_SAMPLES) {
    return bad(
      'Number of Waveform Samples (003A,0010)',
      toldBy('files.isValue', { value: declaredSamples }),
    );
  }
  const rateHz = decimalOf(item, 'x003a001a') ?? context.statedRateHz ?? 0;
  if (!(rateHz > 0))
    return bad('Sampling Frequency (003A,001A)', toldBy('files.isValue', { value: rateHz }));
  const interpretation = textOf(item, 'x54001006', 'latin1') ?? '';
  const code = (context.bigEndian ? BIG : LITTLE)[interpretation];
  if (!code) {
    const shown = JSON.stringify(interpretation.slice(0, 8));
    return bad(
      'Waveform Sample Interpretation (5400,1006)',
      toldBy('files.isNotRead', { value: shown }),
    );
  }
  const bits = item.uint16('x54001004');
  if (bits !== undefined && bits !== code.bytes * 8) {
    return bad(
      'Waveform Bits Allocated (5400,1004)',
      toldBy('files.isBits', { value: bits, interpretation, bits: code.bytes * 8 }),
    );
  }
  if (!waveform) return bad('Waveform Data (5400,1010)', toldBy('files.isMissing'));
  const heldSamples = Math.floor(waveform.length / (code.bytes * count));
  // Channels that are declared and not there would put each sample into another channel.
  const defined = channelItems.length;
  if (defined > 0 && defined < count && heldSamples < declaredSamples) {
    return bad(
      'Number of Waveform Channels (003A,0005)',
      toldBy('files.isChannels', { value: count, defined }),
    );
  }
  const samples = Math.min(declaredSamples, heldSamples);
  if (samples < 1) return bad('Waveform Data (5400,1010)', toldBy('files.noSampleOfEach'));
  return ok({
    number,
    label: textOf(item, 'x003a0020', context.charset),
    original: textOf(item, 'x003a0004', 'latin1') !== 'DERIVED',
    samplingRateHz: rateHz,
    samples,
    declaredSamples,
    heldSamples,
    offsetS: (decimalOf(item, 'x00181068') ?? 0) / 1000,
    code,
    padding: paddingOf(item, code, context.bigEndian),
    position: waveform.position,
    swapped: code.bytes === 1 && waveform.bigWords,
    channels: Array.from({ length: count }, (_, k) =>
      parseChannel(channelItems[k], k, rateHz, context.charset),
    ),
  });
}

/** Waveform Padding Value (5400,100A), written like a sample. */
function paddingOf(item: DataSet, code: IntegerCode, bigEndian: boolean): number | null {
  const element = item.elements['x5400100a'];
  if (!element || element.length < code.bytes) return null;
  const inWord = bigEndian && element.vr === 'OW' && element.length > 1 && code.bytes === 1;
  const value = new Int32Array(1);
  code.decode(item.byteArray, element.dataOffset + (inWord ? 1 : 0), code.bytes, 1, value, 0);
  return value[0]!;
}

function parseChannel(
  item: DataSet | undefined,
  index: number,
  rateHz: number,
  charset: string,
): DicomChannel {
  const none = {
    leadCode: null,
    units: '',
    unitsPerAdu: null,
    baseline: 0,
    skewS: 0,
    filters: null,
    derivation: null,
  };
  if (!item) return { name: `channel ${index + 1}`, ...none };
  const source = codedConcept(item, 'x003a0208', charset);
  const label = textOf(item, 'x003a0203', charset);
  const sensitivity = decimalOf(item, 'x003a0210');
  const units = unitsOf(item);
  const factor = decimalOf(item, 'x003a0212') ?? 1;
  // A sensitivity without its unit is none.
  const unitsPerAdu = sensitivity === null || units === '' ? null : sensitivity * factor;
  const usable = unitsPerAdu !== null && unitsPerAdu !== 0 && Number.isFinite(1 / unitsPerAdu);
  const [highPassHz, lowPassHz, notchHz] = ['x003a0220', 'x003a0221', 'x003a0222'].map(
    (tag) => decimalOf(item, tag) || null,
  ) as [number | null, number | null, number | null];
  const filtered = highPassHz !== null || lowPassHz !== null || notchHz !== null;
  const leadCode = source ? leadCodeOfSource(source.scheme, source.value) : null;
  const told = source?.meaning || label || source?.value || '';
  return {
    name: nameByCode(leadCode, told) || `channel ${index + 1}`,
    leadCode,
    units,
    unitsPerAdu: usable ? unitsPerAdu : null,
    baseline: decimalOf(item, 'x003a0213') ?? 0,
    skewS: decimalOf(item, 'x003a0214') ?? (decimalOf(item, 'x003a0215') ?? 0) / rateHz,
    filters: filtered ? { highPassHz, lowPassHz, notchHz } : null,
    derivation: textOf(item, 'x003a020c', charset),
  };
}

/** Channel Sensitivity Units (003A,0211): the code of UCUM, or what an entry of another scheme means. */
function unitsOf(item: DataSet): string {
  const unit = codedConcept(item, 'x003a0211', 'latin1');
  if (unit === null || millivoltsPerUnit(unit.value) !== null) return unit?.value ?? '';
  return millivoltsPerUnit(unit.meaning) === null ? unit.value : unit.meaning;
}

/** What a channel is called, or the name of its code where words say none, or another: `Kanal 1`, `chest lead`. */
function nameByCode(code: number | null, told: string): string {
  const coded = code === null ? null : leadNameOf(code);
  if (coded === null || told === coded) return told;
  const says = canonicalLeadName(told);
  return says !== null && says === canonicalLeadName(coded) ? told : coded;
}

/**
 * Lead number of a channel source (PS3.16, context groups 3001 and 3003): SCP-ECG's `5.6.3-9-n`, or MDC's.
 */
function leadCodeOfSource(scheme: string, value: string): number | null {
  const scp = /^5\.6\.3-9-(\d{1,3})$/.exec(value);
  if (scp) return Number(scp[1]);
  return scheme.toUpperCase() === 'MDC' ? leadCodeOfMdc(value) : null;
}
