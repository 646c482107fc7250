import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalLeadName, ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid } from '../../../shared/domain/said';
import { MISSING_ADU, type OpenRecording, type RecordedLead } from '../open-recording';
import { leadCodeOf } from '../shared/lead-codes';
import { leadsByRate, onlyLeads } from '../shared/writing/only-leads';
import { eachBlock, frameCount } from '../shared/writing/read-frames';
import {
  LOWEST_16,
  sixteenBits,
  toSixteenBits,
  type SixteenBits,
} from '../shared/writing/sixteen-bits';
import { writeBytes, writeStaged } from '../shared/writing/staged-files';
import { surveyLeads } from '../shared/writing/survey-leads';
import type { WriteRecording, WriteTarget } from '../shared/writing/writer';
import { ITEM, ITEM_END, SEQUENCE_END, elementHead } from './elements';
import {
  encodeDataSet,
  EXPLICIT_LITTLE_ENDIAN,
  fileMeta,
  type NewElement,
} from './encode-data-set';
import { newAnnotations } from './new-annotations';
import { codeSequence, commonElements, decimalString, newMeta, newUid, plain } from './new-file';
import { UNDEFINED_LENGTH } from './vr';

const TWELVE_LEAD_ECG = '1.2.840.10008.5.1.4.1.1.9.1.1';
const GENERAL_ECG = '1.2.840.10008.5.1.4.1.1.9.1.2';
const AMBULATORY_ECG = '1.2.840.10008.5.1.4.1.1.9.1.3';
const TWELVE = 'I II III aVR aVL aVF V1 V2 V3 V4 V5 V6'.split(' ');
/** Samples of a channel in a 12-lead file (PS3.3, A.34.3.4.5). */
const TWELVE_LEAD_SAMPLES = 16_384;
const MAX_DATA_BYTES = 2 ** 32 - 2;

/** Leads of one rate, as they will be written. */
interface NewGroup {
  readonly recording: OpenRecording;
  readonly samples: number;
  readonly scales: readonly (SixteenBits & { readonly sign: 1 | -1 })[];
  readonly anyMissing: boolean;
  readonly warnings: readonly Warning[];
}

/**
 * Writes a recording as DICOM waveform: a 12-lead file where it is one, else General or Ambulatory ECG, leads of each
 * rate in a multiplex group; missing samples as padding, annotations and the device's measurements as such.
 */
export const writeDicom: WriteRecording = async (recording, target) => {
  if (recording.leads.length === 0) {
    return errSaid('unsupported', 'files.dicomNoSamples', { name: recording.name });
  }
  return writeStaged(target, recording, async (files) => {
    const file = await files.create(`${target.name}.dcm`);
    return file.ok ? writeFile(recording, target, file.value) : file;
  });
};

async function writeFile(
  recording: OpenRecording,
  target: WriteTarget,
  file: FileHandle,
): Promise<Result<Warning[]>> {
  const groups: NewGroup[] = [];
  for (const leads of leadsByRate(recording).values()) {
    const group = await surveyGroup(onlyLeads(recording, leads), target);
    if (!group.ok) return group;
    groups.push(group.value);
  }
  const first = groups[0]!;
  const rateHz = first.recording.leads[0]!.samplingRateHz;
  const annotations = await newAnnotations(recording, rateHz, first.samples);
  if (!annotations.ok) return annotations;
  const sopClass = classOf(groups);
  const instance = newUid();
  const description = `converted from ${recording.formatTitle}`;
  const head = [
    ...commonElements(recording, { sopClass, instance, modality: 'ECG', description }),
    { tag: 0x00400555, vr: 'SQ', value: [] },
    ...annotations.value.elements,
  ];
  const path = join(target.folder, `${target.name}.dcm`);
  const start = Buffer.concat([
    fileMeta(newMeta(sopClass, instance)),
    encodeDataSet(head, EXPLICIT_LITTLE_ENDIAN),
    markOf(0x54000100, 'SQ', UNDEFINED_LENGTH),
  ]);
  const begun = await writeBytes(file, start, path);
  if (!begun.ok) return begun;
  for (const [k, group] of groups.entries()) {
    const share = (done: number) => target.onProgress?.((k + 0.5 + done / 2) / groups.length);
    const written = await writeGroup(group, { ...target, onProgress: share }, file);
    if (!written.ok) return written;
  }
  const ended = await writeBytes(file, markOf(SEQUENCE_END, '', 0), path);
  if (!ended.ok) return ended;
  const warnings = [...annotations.value.warnings, ...groups.flatMap((group) => group.warnings)];
  return ok([...warnings, ...scaleWarnings(recording, groups)]);
}

async function surveyGroup(
  recording: OpenRecording,
  target: WriteTarget,
): Promise<Result<NewGroup>> {
  const frame = frameOf(recording);
  const survey = await surveyLeads(
    recording,
    frame,
    target.signal ? { signal: target.signal } : {},
  );
  if (!survey.ok) return survey;
  const { ranges, missing, warnings } = survey.value;
  const samples = frameCount(recording, frame);
  if (2 * samples * recording.leads.length > MAX_DATA_BYTES) {
    return errSaid('too-large', 'files.dicomTooManySamples', { name: recording.name, samples });
  }
  const anyMissing = missing.some((runs) => runs.length > 0);
  const scales = recording.leads.map(({ gainAduPerUnit }, k) => {
    const { min, max } = ranges[k]!;
    // A sensitivity is a size: what is turned over is written with its sign changed.
    const sign = gainAduPerUnit < 0 ? -1 : 1;
    const range = sign < 0 ? { min: -max, max: -min } : { min, max };
    return { ...sixteenBits(range, anyMissing), sign } as const;
  });
  return ok({ recording, samples, scales, anyMissing, warnings });
}

function frameOf({ leads }: OpenRecording) {
  return { frameRateHz: leads[0]!.samplingRateHz, samplesPerFrame: leads.map(() => 1) };
}

/** The class whose rules (PS3.3, A.34.3 to A.34.5) a recording keeps. */
function classOf(groups: readonly NewGroup[]): string {
  const leads = groups.flatMap(({ recording }) => recording.leads);
  const names = leads.map(({ name }) => canonicalLeadName(name));
  const slow = leads.every(({ samplingRateHz: hz }) => hz >= 200 && hz <= 1000);
  const short = groups.every(({ samples }) => samples <= TWELVE_LEAD_SAMPLES);
  const twelve = TWELVE.every((name) => names.includes(name)) && leads.length <= 13;
  if (twelve && slow && short && groups.length <= 5) return TWELVE_LEAD_ECG;
  const long = groups.some(
    ({ samples, recording }) => samples / recording.leads[0]!.samplingRateHz > 600,
  );
  return long && groups.length === 1 && leads.length <= 12 ? AMBULATORY_ECG : GENERAL_ECG;
}

async function writeGroup(
  group: NewGroup,
  target: WriteTarget,
  file: FileHandle,
): Promise<Result<null>> {
  const { recording, samples, scales, anyMissing } = group;
  const { leads } = recording;
  const path = join(target.folder, `${target.name}.dcm`);
  const elements: NewElement[] = [
    { tag: 0x00181068, vr: 'DS', value: '0' },
    { tag: 0x003a0004, vr: 'CS', value: 'ORIGINAL' },
    { tag: 0x003a0005, vr: 'US', value: [leads.length] },
    { tag: 0x003a0010, vr: 'UL', value: [samples] },
    { tag: 0x003a001a, vr: 'DS', value: decimalString(leads[0]!.samplingRateHz) },
    { tag: 0x003a0020, vr: 'SH', value: 'RHYTHM' },
    { tag: 0x003a0200, vr: 'SQ', value: leads.map((lead, k) => channelOf(lead, scales[k]!)) },
    { tag: 0x54001004, vr: 'US', value: [16] },
    { tag: 0x54001006, vr: 'CS', value: 'SS' },
    ...(anyMissing ? [{ tag: 0x5400100a, vr: 'OW', value: Uint8Array.of(0x00, 0x80) }] : []),
  ];
  const start = Buffer.concat([
    markOf(ITEM, '', UNDEFINED_LENGTH),
    encodeDataSet(elements, EXPLICIT_LITTLE_ENDIAN),
    markOf(0x54001010, 'OW', 2 * samples * leads.length),
  ]);
  const begun = await writeBytes(file, start, path);
  if (!begun.ok) return begun;
  const written = await eachBlock(recording, frameOf(recording), target, (block) => {
    const bytes = Buffer.allocUnsafe(2 * block.frames * leads.length);
    for (const [k, integers] of block.leads.entries()) {
      const scale = scales[k]!;
      for (let i = 0; i < block.frames; i++) {
        const sample = integers[i]!;
        const missing = sample === MISSING_ADU;
        const stored = missing ? LOWEST_16 : toSixteenBits(scale.sign * sample, scale);
        bytes.writeInt16LE(stored, 2 * (i * leads.length + k));
      }
    }
    return writeBytes(file, bytes, path);
  });
  return written.ok ? writeBytes(file, markOf(ITEM_END, '', 0), path) : written;
}

/** A channel definition: value = stored x sensitivity + baseline, in the lead's own unit. */
function channelOf(
  lead: RecordedLead,
  { divisor, offset, sign }: NewGroup['scales'][number],
): NewElement[] {
  const { gainAduPerUnit: gain, baselineAdu, units, filters, derivedFrom } = lead;
  const unit = units.replace(/^[\u00b5\u03bc]/, 'u') || '1';
  const calibrated = units !== 'ADU';
  return [
    sourceOf(lead),
    ...(calibrated
      ? [
          { tag: 0x003a0210, vr: 'DS', value: decimalString(divisor / Math.abs(gain)) },
          codeSequence(0x003a0211, unit, 'UCUM', unit),
          { tag: 0x003a0212, vr: 'DS', value: '1' },
          { tag: 0x003a0213, vr: 'DS', value: decimalString((sign * offset - baselineAdu) / gain) },
        ]
      : []),
    { tag: 0x003a0215, vr: 'DS', value: '0' },
    { tag: 0x003a021a, vr: 'US', value: [16] },
    ...(derivedFrom ? [{ tag: 0x003a020c, vr: 'LO', value: plain(derivedFrom) }] : []),
    ...filterElements(filters),
  ];
}

function filterElements(filters: RecordedLead['filters']): NewElement[] {
  const values: [number, number | null | undefined][] = [
    [0x003a0220, filters?.highPassHz],
    [0x003a0221, filters?.lowPassHz],
    [0x003a0222, filters?.notchHz],
  ];
  return values.flatMap(([tag, hz]) => (hz ? [{ tag, vr: 'DS', value: decimalString(hz) }] : []));
}

/** The lead by MDC's code where it has one (PS3.16, context group 3001), else by its name. */
function sourceOf({ name, leadCode }: RecordedLead): NewElement {
  const bare = canonicalLeadName(name);
  const code = leadCode ?? (bare === null ? null : leadCodeOf(bare));
  const meaning = plain(name) || 'lead without a name';
  if (code !== null) return codeSequence(0x003a0208, `2:${code}`, 'MDC', meaning);
  return codeSequence(0x003a0208, meaning, '99FIDUCIAL', meaning);
}

function markOf(tag: number, vr: string, length: number): Buffer {
  return elementHead({ tag, vr, length }, EXPLICIT_LITTLE_ENDIAN);
}

function scaleWarnings({ name }: OpenRecording, groups: readonly NewGroup[]): Warning[] {
  const spread = groups.flatMap(({ scales }) => scales).filter(({ divisor }) => divisor !== 1);
  if (spread.length === 0) return [];
  return [warningSaid('scaled', 'warnings.dicomScaled', { name, n: spread.length })];
}
