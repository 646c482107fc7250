import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { millivoltsPerUnit, ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid } from '../../../shared/domain/said';
import { MISSING_ADU, type OpenRecording, type RecordedLead } from '../open-recording';
import { commonFrame, type CommonFrame } from '../shared/writing/common-frame';
import { eachBlock, frameCount } from '../shared/writing/read-frames';
import { writeBytes, writeStaged, type StagedFiles } from '../shared/writing/staged-files';
import { surveyLeads, type LeadRange } from '../shared/writing/survey-leads';
import type { WriteRecording, WriteTarget } from '../shared/writing/writer';
import { parseHeader } from './header';
import { DEFAULT_GAIN } from './signal-line';
import { writableAnnotations } from './writable-annotations';
import { headerComments } from './header-comments';

/** Signal formats of whole bytes (signal(5)), by how large an integer they hold; the smallest of each is "missing". */
const FORMATS = [
  { code: 16, bytes: 2, missing: -(2 ** 15) },
  { code: 24, bytes: 3, missing: -(2 ** 23) },
  { code: 32, bytes: 4, missing: -(2 ** 31) },
] as const;
type SignalFormat = (typeof FORMATS)[number];

/** Frame rate of a record that has annotations alone: they keep their milliseconds. */
const RATE_WITHOUT_SIGNALS_HZ = 1000;

/**
 * Writes a recording as a WFDB record: `NAME.hea`, one signal file with the very integers of the source, and a file of
 * annotations for each source of them. Voltages are given in mV, which is what WFDB's tools take for granted.
 */
export const writeWfdb: WriteRecording = (recording, target) =>
  writeStaged(target, recording, (files) => writeRecord(recording, target, files));

async function writeRecord(
  recording: OpenRecording,
  target: WriteTarget,
  files: StagedFiles,
): Promise<Result<Warning[]>> {
  const { leads } = recording;
  const frame =
    leads.length === 0
      ? { frameRateHz: RATE_WITHOUT_SIGNALS_HZ, samplesPerFrame: [] }
      : commonFrame(leads.map(({ samplingRateHz }) => samplingRateHz));
  if (!frame) {
    const rates = leads.map(({ samplingRateHz }) => samplingRateHz).join(', ');
    return errSaid('unsupported', 'files.wfdbNoFrame', { name: recording.name, rates });
  }
  const signals = await writeSignals(recording, frame, target, files);
  if (!signals.ok) return signals;
  const annotated = await writeAnnotationFiles(recording, frame, target, files);
  if (!annotated.ok) return annotated;
  const header = await files.create(`${target.name}.hea`);
  if (!header.ok) return header;
  const lines = [
    recordLine(recording, frame, target),
    ...signals.value.lines,
    ...headerComments(recording),
  ];
  const text = Buffer.from(`${lines.join('\n')}\n`);
  // What no reader takes is refused here: a damaged rate of 500 MHz, two thousand signals.
  const readable = parseHeader(text, `${target.name}.hea`);
  if (!readable.ok) return readable;
  const written = await writeBytes(
    header.value,
    text,
    path.join(target.folder, `${target.name}.hea`),
  );
  return written.ok ? ok([...signals.value.warnings, ...annotated.value]) : written;
}

/** The record line (header(5)). Names there are letters, digits, `-` and `_`, whatever the files are called. */
function recordLine(recording: OpenRecording, frame: CommonFrame, { name }: WriteTarget): string {
  const { leads, startClock } = recording;
  const clock = /^(?:(\d{4})-(\d\d)-(\d\d))?T([\d:.]+)$/.exec(startClock ?? '');
  const day = clock?.[1] ? ` ${clock[3]}/${clock[2]}/${clock[1]}` : '';
  const start = clock ? ` ${clock[4]}${day}` : '';
  return `${recordName(name)} ${leads.length} ${frame.frameRateHz} ${frameCount(recording, frame)}${start}`;
}

function recordName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, '_');
}

/** Names that differ in what a record's may not have, as those of two people in Cyrillic do, are of two files. */
function signalFileName(name: string): string {
  const plainName = recordName(name);
  const own = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${plainName === name ? name : `${plainName}_${own}`}.dat`;
}

async function writeSignals(
  recording: OpenRecording,
  frame: CommonFrame,
  target: WriteTarget,
  files: StagedFiles,
): Promise<Result<{ lines: string[]; warnings: Warning[] }>> {
  if (recording.leads.length === 0) return ok({ lines: [], warnings: [] });
  const half = (from: number) => (done: number) => target.onProgress?.(from + done / 2);
  const survey = await surveyLeads(recording, frame, { ...target, onProgress: half(0) });
  if (!survey.ok) return survey;
  const format = FORMATS.find((one) => survey.value.ranges.every((range) => fits(range, one)))!;
  const name = signalFileName(target.name);
  const file = await files.create(name);
  if (!file.ok) return file;
  const sums = await writeFrames(recording, frame, format, file.value, {
    ...target,
    onProgress: half(0.5),
  });
  if (!sums.ok) return sums;
  const warnings: Warning[] = [...survey.value.warnings];
  const lines = recording.leads.map((lead, k) => {
    const perFrame = frame.samplesPerFrame[k]!;
    const { initial, checksum } = sums.value[k]!;
    const { gain, baseline, units } = wfdbScale(lead);
    const storage = `${format.code}${perFrame > 1 ? `x${perFrame}` : ''}`;
    const numbers = `${format.bytes * 8} 0 ${initial} ${(checksum << 16) >> 16} 0`;
    return `${name} ${storage} ${gain}(${baseline})/${units} ${numbers} ${plain(lead.name)}`.trimEnd();
  });
  const rounded = recording.leads.filter((lead) => !Number.isInteger(lead.baselineAdu));
  if (rounded.length > 0) {
    const one = { name: recording.name, lead: rounded[0]!.name };
    const many = { name: recording.name, n: rounded.length };
    warnings.push(
      rounded.length === 1
        ? warningSaid('baseline-rounded', 'warnings.baselineRounded', one)
        : warningSaid('baseline-rounded', 'warnings.baselinesRounded', many),
    );
  }
  return ok({ lines, warnings });
}

/** Whether a format holds the integers of a lead beside the one that means "missing". */
function fits({ min, max }: LeadRange, { missing }: SignalFormat): boolean {
  return min > max || (min > missing && max < -missing);
}

/** Gain, baseline and unit of a signal line, which has no spaces and counts voltages in mV. */
function wfdbScale(lead: RecordedLead): { gain: number; baseline: number; units: string } {
  const toMv = millivoltsPerUnit(lead.units);
  const gain = toMv === null ? lead.gainAduPerUnit : lead.gainAduPerUnit / toMv;
  return {
    // A gain that nobody stated stays one: 0 says so.
    gain: lead.gainAssumed && toMv !== null && gain === DEFAULT_GAIN ? 0 : gain,
    baseline: Math.round(lead.baselineAdu),
    units: toMv === null ? plain(lead.units).replace(/[\s()/]/g, '_') || 'NU' : 'mV',
  };
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

interface SignalSums {
  initial: number;
  checksum: number;
}

async function writeFrames(
  recording: OpenRecording,
  frame: CommonFrame,
  format: SignalFormat,
  file: FileHandle,
  target: WriteTarget,
): Promise<Result<SignalSums[]>> {
  const { samplesPerFrame } = frame;
  const frameSamples = samplesPerFrame.reduce((sum, count) => sum + count, 0);
  const sums: SignalSums[] = samplesPerFrame.map(() => ({ initial: 0, checksum: 0 }));
  const name = path.join(target.folder, `${target.name}.dat`);
  const written = await eachBlock(recording, frame, target, ({ firstFrame, frames, leads }) => {
    const bytes = Buffer.allocUnsafe(frames * frameSamples * format.bytes);
    let before = 0;
    for (const [k, samples] of leads.entries()) {
      const perFrame = samplesPerFrame[k]!;
      const sum = sums[k]!;
      for (let i = 0; i < samples.length; i++) {
        const sample = samples[i] === MISSING_ADU ? format.missing : samples[i]!;
        if (i === 0 && firstFrame === 0) sum.initial = sample;
        sum.checksum = (sum.checksum + sample) & 0xffff;
        const inFrame = i % perFrame;
        const place = ((i - inFrame) / perFrame) * frameSamples + before + inFrame;
        bytes.writeIntLE(sample, place * format.bytes, format.bytes);
      }
      before += perFrame;
    }
    return writeBytes(file, bytes, path.join(target.folder, name));
  });
  return written.ok ? ok(sums) : written;
}

/** One file for each source of annotations; the first of another format is `atr`, where WFDB's tools look. */
async function writeAnnotationFiles(
  recording: OpenRecording,
  frame: CommonFrame,
  target: WriteTarget,
  files: StagedFiles,
): Promise<Result<Warning[]>> {
  const warnings: Warning[] = [];
  for (const [k, annotator] of (await recording.annotators()).entries()) {
    const read = await recording.annotations(annotator);
    if (!read.ok) return read;
    const ending = recording.format === 'wfdb' ? annotator : k === 0 ? 'atr' : annotator;
    const rateHz = Math.max(
      frame.frameRateHz,
      ...recording.leads.map((lead) => lead.samplingRateHz),
    );
    const { bytes, leftOut } = writableAnnotations(read.value, rateHz, frame.frameRateHz);
    const file = await files.create(`${target.name}.${ending}`);
    if (!file.ok) return file;
    const written = await writeBytes(
      file.value,
      bytes,
      path.join(target.folder, `${target.name}.${ending}`),
    );
    if (!written.ok) return written;
    warnings.push(...read.value.warnings);
    if (leftOut > 0) {
      warnings.push(
        warningSaid('annotations-left-out', 'warnings.annotationsBefore', {
          name: recording.name,
          n: leftOut,
          annotator,
        }),
      );
    }
  }
  return ok(warnings);
}
