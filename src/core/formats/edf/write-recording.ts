import path from 'node:path';
import type { FileHandle } from 'node:fs/promises';
import { canonicalLeadName, ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid } from '../../../shared/domain/said';
import { MISSING_ADU, type OpenRecording, type RecordedLead } from '../open-recording';
import { commonFrame, type CommonFrame } from '../shared/writing/common-frame';
import { frameCount } from '../shared/writing/read-frames';
import { toSixteenBits } from '../shared/writing/sixteen-bits';
import { writeBytes, writeStaged } from '../shared/writing/staged-files';
import { surveyLeads, type LeadSurvey, type Run } from '../shared/writing/survey-leads';
import type { WriteRecording, WriteTarget } from '../shared/writing/writer';
import { DERIVED } from './leads';
import { annotationTals, encodeAnnotations, type NewTal } from './encode-annotations';
import { encodeHeader, losesIdentity, type NewSignal } from './encode-header';
import { planRecords, type RecordPlan } from './record-plan';
import { writtenScale, type WrittenScale } from './written-scale';

/** Samples of all leads that are in memory at a time. */
const BATCH_SAMPLES = 2 ** 18;
/** More notes on missing samples than these would bury the others. */
const MAX_MISSING_NOTES = 1000;

/** A file of annotations alone has one data record of no duration (EDF+, section 2.2.6). */
const ANNOTATIONS_ALONE: RecordPlan = {
  framesPerRecord: 1,
  durationText: '0',
  durationS: 0,
  segments: [{ start: 0, end: 1 }],
};

/**
 * Writes a recording as EDF+: the very integers of the source where 16 bits hold them, gaps as EDF+D, annotations of
 * all sources. Where a lead alone misses samples its last value is held and an annotation says so, as EDF has no code
 * for them.
 */
export const writeEdf: WriteRecording = async (recording, target) => {
  const { leads } = recording;
  const frame =
    leads.length === 0
      ? { frameRateHz: 1, samplesPerFrame: [] }
      : commonFrame(leads.map(({ samplingRateHz }) => samplingRateHz));
  if (!frame) {
    const rates = leads.map(({ samplingRateHz }) => samplingRateHz).join(', ');
    return errSaid('unsupported', 'files.edfNoCommonRecord', { name: recording.name, rates });
  }
  return writeStaged(target, recording, async (files) => {
    const file = await files.create(`${target.name}.edf`);
    return file.ok ? writeFile(recording, frame, target, file.value) : file;
  });
};

async function writeFile(
  recording: OpenRecording,
  frame: CommonFrame,
  target: WriteTarget,
  file: FileHandle,
): Promise<Result<Warning[]>> {
  const { leads } = recording;
  const half = (from: number) => (done: number) => target.onProgress?.(from + done / 2);
  const survey = await surveyLeads(recording, frame, { ...target, onProgress: half(0) });
  if (!survey.ok) return survey;
  const frameSamples = frame.samplesPerFrame.reduce((sum, count) => sum + count, 0);
  const frames = frameCount(recording, frame);
  const plan =
    leads.length === 0
      ? ANNOTATIONS_ALONE
      : planRecords(frames, frame.frameRateHz, frameSamples, survey.value.gaps);
  if (plan.segments.length === 0) {
    return errSaid('unsupported', 'files.allMissing', { name: recording.name });
  }

  // The header counts in seconds; what is finer is the onset of the first data record.
  const secondS = Number(/\.\d+$/.exec(recording.startClock ?? '')?.[0] ?? 0);
  // Readers refuse a first onset of a second and more: what is missing before moves the start of the header.
  const skippedS = Math.floor(secondS + plan.segments[0]!.start / frame.frameRateHz + 1e-9);
  const zeroS = secondS - skippedS;
  const onsets = recordOnsets(plan, frame, zeroS);
  const tals = await allTals(recording, frame, plan, survey.value, zeroS);
  if (!tals.ok) return tals;
  const annotations = encodeAnnotations(onsets, tals.value.tals);
  const scales = leads.map((lead, k) => writtenScale(lead, survey.value.ranges[k]!));
  const signals = leads.map((lead, k): NewSignal => ({
    ...scales[k]!,
    label: labelOf(lead),
    transducer: lead.derivedFrom === undefined ? '' : `${DERIVED}${lead.derivedFrom}`,
    prefilter: prefilterOf(lead),
    samplesPerRecord: plan.framesPerRecord * frame.samplesPerFrame[k]!,
  }));
  const notes: NewSignal = {
    label: 'EDF Annotations',
    transducer: '',
    units: '',
    physicalMin: '-1',
    physicalMax: '1',
    digitalMin: -32_768,
    digitalMax: 32_767,
    prefilter: '',
    samplesPerRecord: annotations.bytesPerRecord / 2,
  };
  const header = encodeHeader({
    patient: recording.patient,
    startClock: movedClock(recording.startClock, skippedS),
    synthetic: recording.comments.some((comment) => /synthetic/i.test(comment)),
    discontinuous: plan.segments.length > 1,
    records: onsets.length,
    durationText: plan.durationText,
    signals: [...signals, notes],
  });
  const headed = await writeBytes(file, header, path.join(target.folder, `${target.name}.edf`));
  if (!headed.ok) return headed;
  const work = { ...target, onProgress: half(0.5) };
  const written = await writeRecords(recording, frame, plan, scales, annotations, work, file);
  if (!written.ok) return written;
  const warnings = [...tals.value.warnings, ...survey.value.warnings];
  if (skippedS > 0) {
    const said = { name: recording.name, seconds: skippedS };
    warnings.push(warningSaid('starts-later', 'warnings.edfStartsLater', said));
  }
  if (losesIdentity(recording.patient, recording.startClock)) {
    warnings.push(warningSaid('letters', 'warnings.edfLetters', { name: recording.name }));
  }
  return ok([...warnings, ...scaleWarnings(recording, scales)]);
}

/** A start clock some seconds later; of a time without a day the time of day. */
function movedClock(startClock: string | null, seconds: number): string | null {
  if (startClock === null || seconds === 0) return startClock;
  const isTime = startClock.startsWith('T');
  const atMs = Date.parse(`${isTime ? '2000-01-01' : ''}${startClock}Z`) + 1000 * seconds;
  const moved = new Date(atMs).toISOString().slice(0, -1);
  return isTime ? moved.slice(moved.indexOf('T')) : moved;
}

/** When each data record starts, in seconds after the start time of the header. */
function recordOnsets(
  { segments, framesPerRecord, durationText }: RecordPlan,
  { frameRateHz }: CommonFrame,
  zeroS: number,
): Float64Array {
  const onsets: number[] = [];
  // As long as the header says, to the digit: readers take anything else for damage (EDFlib).
  const durationS = Number(durationText);
  let endS = -Infinity;
  for (const { start, end } of segments) {
    const records = Math.ceil((end - start) / framesPerRecord);
    const startS = Math.max(endS, zeroS + start / frameRateHz);
    for (let r = 0; r < records; r++) onsets.push(startS + r * durationS);
    endS = startS + records * durationS;
  }
  return Float64Array.from(onsets);
}

async function writeRecords(
  recording: OpenRecording,
  { samplesPerFrame }: CommonFrame,
  { framesPerRecord, segments }: RecordPlan,
  scales: readonly WrittenScale[],
  annotations: ReturnType<typeof encodeAnnotations>,
  target: WriteTarget,
  file: FileHandle,
): Promise<Result<null>> {
  const perRecord = samplesPerFrame.map((count) => count * framesPerRecord);
  const recordSamples = perRecord.reduce((sum, count) => sum + count, 0);
  const recordBytes = 2 * recordSamples + annotations.bytesPerRecord;
  const batch = Math.max(1, Math.floor(BATCH_SAMPLES / Math.max(1, recordSamples)));
  // What a lead had last, for samples that are missing.
  const held = scales.map((scale, k) => toSixteenBits(recording.leads[k]!.baselineAdu, scale));
  let record = 0;
  for (const segment of segments) {
    const records = Math.ceil((segment.end - segment.start) / framesPerRecord);
    for (let first = 0; first < records; first += batch) {
      if (target.signal?.aborted)
        return errSaid('cancelled', 'failures.workStopped', { name: recording.name });
      const count = Math.min(batch, records - first);
      const bytes = Buffer.alloc(count * recordBytes);
      let place = 0;
      for (const [lead, samples] of perRecord.entries()) {
        const start = segment.start * samplesPerFrame[lead]! + first * samples;
        const end = Math.min(segment.end * samplesPerFrame[lead]!, start + count * samples);
        const { samples: all } = recording.leads[lead]!;
        const read = await recording.readDigital(lead, Math.min(all, start), Math.max(start, end));
        if (!read.ok) return read;
        const scale = scales[lead]!;
        for (let i = 0; i < count * samples; i++) {
          const sample = i < read.value.length ? read.value[i]! : MISSING_ADU;
          if (sample !== MISSING_ADU) held[lead] = toSixteenBits(sample, scale);
          const inRecord = i % samples;
          const at = ((i - inRecord) / samples) * recordBytes + place + 2 * inRecord;
          bytes.writeInt16LE(held[lead]!, at);
        }
        place += 2 * samples;
      }
      for (let r = 0; r < count; r++) {
        annotations.recordBytes(record + r).copy(bytes, r * recordBytes + place);
      }
      record += count;
      const written = await writeBytes(file, bytes, path.join(target.folder, `${target.name}.edf`));
      if (!written.ok) return written;
      target.onProgress?.(
        (segment.start + (first + count) * framesPerRecord) / segments.at(-1)!.end,
      );
    }
  }
  return ok(null);
}

/** Annotations of every source, and notes on samples that EDF cannot leave out. */
async function allTals(
  recording: OpenRecording,
  frame: CommonFrame,
  plan: RecordPlan,
  survey: LeadSurvey,
  zeroS: number,
): Promise<Result<{ tals: NewTal[]; warnings: Warning[] }>> {
  const tals: NewTal[] = [];
  const warnings: Warning[] = [];
  for (const annotator of await recording.annotators()) {
    const read = await recording.annotations(annotator);
    if (!read.ok) return read;
    // One by one: two days of beats are more than a call takes arguments.
    for (const tal of annotationTals(read.value, zeroS)) tals.push(tal);
    warnings.push(...read.value.warnings);
  }
  const notes = missingNotes(recording, frame, plan, survey, zeroS);
  tals.push(...notes.slice(0, MAX_MISSING_NOTES));
  if (notes.length > 0) {
    const held = { name: recording.name, n: notes.length };
    warnings.push(
      notes.length > MAX_MISSING_NOTES
        ? warningSaid('missing-held', 'warnings.edfHeldFirst', { ...held, most: MAX_MISSING_NOTES })
        : warningSaid('missing-held', 'warnings.edfHeld', held),
    );
  }
  tals.sort((a, b) => a.onsetS - b.onsetS);
  return ok({ tals, warnings });
}

/** Where samples are missing in data records, by lead, and where the last record of a stretch goes beyond it. */
function missingNotes(
  { leads }: OpenRecording,
  { frameRateHz, samplesPerFrame }: CommonFrame,
  { segments, framesPerRecord }: RecordPlan,
  { missing }: LeadSurvey,
  zeroS: number,
): NewTal[] {
  const note = ({ start, end }: Run, rateHz: number, what: string): NewTal => ({
    onsetS: zeroS + start / rateHz,
    durationS: (end - start) / rateHz,
    text: `Missing: ${what}`,
  });
  const tails = segments.flatMap(({ start, end }) => {
    const last = start + Math.ceil((end - start) / framesPerRecord) * framesPerRecord;
    return last > end ? [note({ start: end, end: last }, frameRateHz, 'all leads')] : [];
  });
  const own = leads.flatMap((lead, k) => {
    const perFrame = samplesPerFrame[k]!;
    return missing[k]!.flatMap((run) =>
      segments.flatMap((segment) => {
        const start = Math.max(segment.start * perFrame, run.start);
        const end = Math.min(segment.end * perFrame, run.end);
        return start < end ? [note({ start, end }, frameRateHz * perFrame, labelOf(lead))] : [];
      }),
    );
  });
  return leads.length === 0 ? [] : [...tails, ...own];
}

function scaleWarnings(recording: OpenRecording, scales: readonly WrittenScale[]): Warning[] {
  const spread = scales.filter(({ own }) => !own).length;
  if (spread === 0) return [];
  return [warningSaid('scaled', 'warnings.edfScaled', { name: recording.name, n: spread })];
}

/** Sixteen characters: the field's name of the lead where its own is longer. */
function labelOf({ name }: RecordedLead): string {
  const own = name.trim();
  return own.length <= 16 ? own : (canonicalLeadName(own) ?? own.slice(0, 16));
}

/** `HP:0.05Hz LP:150Hz N:50Hz` (section 2.1.3.5). */
function prefilterOf({ filters }: RecordedLead): string {
  if (!filters) return '';
  const { highPassHz, lowPassHz, notchHz } = filters;
  return [
    highPassHz === null ? '' : `HP:${highPassHz}Hz`,
    lowPassHz === null ? '' : `LP:${lowPassHz}Hz`,
    notchHz === null ? '' : `N:${notchHz}Hz`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
