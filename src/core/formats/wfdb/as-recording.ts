import path from 'node:path';
import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import {
  MISSING_ADU,
  type OpenRecording,
  type RecordedAnnotations,
  type RecordedLead,
} from '../open-recording';
import { derivation } from '../shared/limb-leads';
import { readAnnotations } from './annotations';
import { annotatorsOf } from './annotators';
import { invalidCode } from './formats';
import { derivationsIn } from './header-comments';
import { patientInComments } from './patient';
import type { RecordReader, SignalSpec } from './types';

/** An annotator is the extension of a file beside the record: letters, digits and `_`, never a path. */
const ANNOTATOR = /^[A-Za-z0-9_]+$/;

/** A WFDB record as every other room knows recordings: samples counted per lead instead of per frame. */
export function asRecording(record: RecordReader): OpenRecording {
  const { name, headerPath, frameRateHz, frames, signals } = record;
  const derivations = derivationsIn(record.comments);

  /** Samples [start, end) of a lead, from the frames that hold them and no others. */
  async function samples<T extends Int32Array | Float64Array>(
    lead: number,
    start: number,
    end: number,
    read: (lead: number, startFrame: number, endFrame: number) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const perFrame = signals[lead]?.samplesPerFrame;
    if (perFrame === undefined || !Number.isInteger(start) || !Number.isInteger(end) || start < 0) {
      return errSaid('bad-input', 'files.noLeadOrSamples', { name, lead, start, end });
    }
    const last = Math.min(end, frames * perFrame);
    const firstFrame = Math.min(frames, Math.floor(start / perFrame));
    const found = await read(lead, firstFrame, Math.max(firstFrame, Math.ceil(last / perFrame)));
    if (!found.ok) return found;
    const offset = start - firstFrame * perFrame;
    return ok(found.value.subarray(offset, Math.max(offset, offset + last - start)) as T);
  }

  return {
    format: 'wfdb',
    formatTitle: titleOf(signals),
    name,
    path: headerPath,
    files: record.files,
    durationS: frames / frameRateHz,
    leads: signals.map((spec) => ({
      ...leadOf(spec, frameRateHz, frames),
      ...derivation(derivations.get(spec.description.trim())),
    })),
    startClock: record.startClock,
    comments: record.comments,
    patient: patientInComments(record.comments),
    warnings: record.warnings,
    gaps: [],
    measurements: [],
    storedBeats: [],
    annotationRateHz: frameRateHz,
    annotators: () => annotatorsOf(record),
    annotations: (annotator) => annotationsOf(record, annotator),
    readPhysical: (lead, start, end) => samples(lead, start, end, record.readPhysical),
    async readDigital(lead, start, end) {
      const read = await samples(lead, start, end, record.readDigital);
      if (!read.ok) return read;
      const missing = invalidCode(signals[lead]!.format);
      const values = read.value;
      if (missing === MISSING_ADU) return read;
      for (let k = values.indexOf(missing); k >= 0; k = values.indexOf(missing, k + 1)) {
        values[k] = MISSING_ADU;
      }
      return read;
    },
    verify: (signal) => record.verify(signal),
    close: () => record.close(),
  };
}

function titleOf(signals: readonly SignalSpec[]): string {
  const formats = [...new Set(signals.map(({ format }) => format))].filter((code) => code !== 0);
  return formats.length > 0 ? `WFDB format ${formats.join(', ')}` : 'WFDB';
}

function leadOf(spec: SignalSpec, frameRateHz: number, frames: number): RecordedLead {
  return {
    index: spec.index,
    name: spec.description.trim(),
    units: spec.units,
    samplingRateHz: frameRateHz * spec.samplesPerFrame,
    samples: frames * spec.samplesPerFrame,
    gainAduPerUnit: spec.gainAduPerUnit,
    gainAssumed: spec.gainAssumed,
    baselineAdu: spec.baselineAdu,
    adcResolutionBits: spec.adcResolutionBits,
    storage: `format ${spec.format} in ${spec.fileName}${spec.samplesPerFrame > 1 ? `, ${spec.samplesPerFrame} a frame` : ''}`,
  };
}

async function annotationsOf(
  { headerPath, frameRateHz, frames }: RecordReader,
  annotator: string,
): Promise<Result<RecordedAnnotations>> {
  if (!ANNOTATOR.test(annotator)) {
    return errSaid('bad-input', 'files.noAnnotatorName', { annotator });
  }
  const stem = headerPath.slice(0, -path.extname(headerPath).length);
  const file = await readAnnotations(`${stem}.${annotator}`, { frames, frameRateHz });
  if (!file.ok) return file;
  const { annotations, timeResolutionHz, ownSymbols, warnings } = file.value;
  /** A field of all annotations, nothing where it is 0 throughout. */
  const field = (name: 'num' | 'subtype' | 'chan') => {
    const values = annotations.map((annotation) => annotation[name]);
    return values.some((value) => value !== 0) ? { [name]: values } : {};
  };
  const rateHz = timeResolutionHz ?? frameRateHz;
  if (!(rateHz > 0)) {
    const shown = `${path.basename(stem)}.${annotator}`;
    return errSaid('bad-annotation', 'files.noTimeResolution', { file: shown });
  }
  return ok({
    annotator,
    timeS: Float64Array.from(annotations, ({ sample }) => sample / rateHz),
    symbol: annotations.map(({ symbol }) => symbol),
    aux: annotations.map(({ aux }) => aux),
    ...field('num'),
    ...field('subtype'),
    ...field('chan'),
    ...(ownSymbols.length > 0 ? { ownSymbols } : {}),
    warnings,
  });
}
