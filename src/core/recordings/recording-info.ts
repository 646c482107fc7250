import { readdir } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import type { Lead, RecordingInfo } from '../../shared/domain';
import { millivoltsPerUnit } from '../analysis/lead-signal';
import type { RecordReader, SignalSpec } from '../wfdb/types';
import { recordingIdOf } from './recording-id';

/** Comment that our generator of demo records writes; whoever shows a record shows this. */
export const SYNTHETIC_COMMENT = /\bsynthetic\b/i;

/** Files beside a record that are not annotations, by extension. */
const NOT_ANNOTATORS = new Set(
  'hea dat mat txt csv json pdf xws html md zip gz edf rec bak flac'.split(' '),
);

export function isSynthetic(comments: readonly string[]): boolean {
  return comments.some((comment) => SYNTHETIC_COMMENT.test(comment));
}

/** Display name of the folder that a header lies in: its last part alone. */
export function folderOf(headerPath: string): string {
  return basename(dirname(headerPath));
}

export function leadOf(signal: SignalSpec, frameRateHz: number): Lead {
  return {
    index: signal.index,
    name: signal.description.trim() || `signal ${signal.index + 1}`,
    units: signal.units,
    isEcg: millivoltsPerUnit(signal.units) !== null,
    samplingRateHz: frameRateHz * signal.samplesPerFrame,
    gainAduPerUnit: signal.gainAduPerUnit,
    gainAssumed: signal.gainAssumed,
    baselineAdu: signal.baselineAdu,
    adcResolutionBits: signal.adcResolutionBits,
  };
}

/** What the viewer is told of an opened record. Reads the folder's names, no samples. */
export async function recordingInfo(reader: RecordReader): Promise<RecordingInfo> {
  return {
    recordingId: recordingIdOf(reader.headerPath),
    name: reader.name,
    folder: folderOf(reader.headerPath),
    durationS: reader.frames / reader.frameRateHz,
    samplingRateHz: reader.frameRateHz,
    leads: reader.signals.map((signal) => leadOf(signal, reader.frameRateHz)),
    startClock: reader.startClock,
    comments: [...reader.comments],
    patient: patientOf(reader.comments),
    synthetic: isSynthetic(reader.comments),
    annotators: await annotatorsBeside(reader),
    warnings: [...reader.warnings],
  };
}

async function annotatorsBeside(reader: RecordReader): Promise<string[]> {
  const stem = basename(reader.headerPath, extname(reader.headerPath));
  const own = new Set(reader.files.map((file) => basename(file)));
  let names: string[];
  try {
    names = await readdir(dirname(reader.headerPath));
  } catch {
    return [];
  }
  return names
    .filter((name) => name.startsWith(`${stem}.`) && !own.has(name))
    .map((name) => name.slice(stem.length + 1))
    .filter((extension) => /^[a-z0-9_]+$/i.test(extension))
    .filter((extension) => !NOT_ANNOTATORS.has(extension.toLowerCase()))
    .sort((a, b) => Number(b === 'atr') - Number(a === 'atr') || a.localeCompare(b));
}

/**
 * Age and sex as databases on PhysioNet write them into comments: MIT-BIH `69 M 1085 1629 x1`, Challenge
 * records `Age: 74` and `Sex: Female`, and `<age>: 74 <sex>: F`.
 */
export function patientOf(comments: readonly string[]): RecordingInfo['patient'] {
  let ageYears: number | null = null;
  let sex: 'F' | 'M' | null = null;
  for (const comment of comments) {
    const age = /(?:^|[^a-z])<?age>?\s*[:=]?\s*(\d{1,3})\b/i.exec(comment);
    const named = /(?:^|[^a-z])<?(?:sex|gender)>?\s*[:=]?\s*(female|male|f|m)\b/i.exec(comment);
    const brief = /^\s*(\d{1,3}|-1)\s+([FM])\b/.exec(comment);
    ageYears ??= plausibleAge(age?.[1] ?? brief?.[1]);
    const letter = (named?.[1] ?? brief?.[2])?.[0]?.toUpperCase();
    if (letter === 'F' || letter === 'M') sex ??= letter;
  }
  return { ageYears, sex };
}

/** MIT-BIH writes -1 where the age was not recorded. */
function plausibleAge(text: string | undefined): number | null {
  const age = text === undefined ? Number.NaN : Number(text);
  return age >= 0 && age <= 130 ? age : null;
}
