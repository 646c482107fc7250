import path from 'node:path';
import type { FileHandle } from 'node:fs/promises';
import Papa from 'papaparse';
import { millivoltsPerUnit, ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { MISSING_ADU, type OpenRecording, type RecordedLead } from '../open-recording';
import { leadsByRate, onlyLeads } from '../shared/writing/only-leads';
import { eachBlock } from '../shared/writing/read-frames';
import { writeBytes, writeStaged } from '../shared/writing/staged-files';
import type { WriteRecording, WriteTarget } from '../shared/writing/writer';

/** Digits of a value: more than any converter has, and what doubles keep of decimals. */
const VALUE_DIGITS = 12;
/** Of a time in seconds: microseconds, by which a reader finds any rate again. */
const TIME_DECIMALS = 6;

/**
 * Writes the samples of a recording as a table (RFC 4180): a row per sample with its time in seconds from the start,
 * voltages in mV, an empty cell where a sample is missing. Leads of each rate are a file of their own:
 * `NAME-samples.csv`, or `NAME-samples-12.8Hz.csv` where there are several rates.
 */
export const writeSamplesCsv: WriteRecording = async (recording, target) => {
  const groups = [...leadsByRate(recording)];
  if (groups.length === 0) {
    return errSaid('unsupported', 'files.noSamplesForTable', { name: recording.name });
  }
  const { onProgress } = target;
  return writeStaged(target, recording, async (files) => {
    for (const [k, [rateHz, leads]] of groups.entries()) {
      const ending = groups.length > 1 ? `-${Number(rateHz.toFixed(3))}Hz` : '';
      const name = `${target.name}-samples${ending}.csv`;
      const file = await files.create(name);
      if (!file.ok) return file;
      const share = (done: number) => onProgress?.((k + done) / groups.length);
      const own = { ...target, name, onProgress: share };
      const written = await writeTable(onlyLeads(recording, leads), rateHz, own, file.value);
      if (!written.ok) return written;
    }
    return ok([]);
  });
};

async function writeTable(
  recording: OpenRecording,
  rateHz: number,
  target: WriteTarget,
  file: FileHandle,
): Promise<Result<null>> {
  const { leads } = recording;
  const shown = path.join(target.folder, `${target.name}.csv`);
  const header = ['time (s)', ...leads.map(({ name, units }) => `${name} (${unitOf(units)})`)];
  const begun = await writeBytes(file, Buffer.from(`${Papa.unparse([header])}\r\n`), shown);
  if (!begun.ok) return begun;
  const frame = { frameRateHz: rateHz, samplesPerFrame: leads.map(() => 1) };
  const cellOf = leads.map(cells);
  return eachBlock(recording, frame, target, (block) => {
    let text = '';
    for (let i = 0; i < block.frames; i++) {
      text += ((block.firstFrame + i) / rateHz).toFixed(TIME_DECIMALS);
      for (const [k, integers] of block.leads.entries()) text += `,${cellOf[k]!(integers[i]!)}`;
      text += '\r\n';
    }
    return writeBytes(file, Buffer.from(text), shown);
  });
}

function unitOf(units: string): string {
  return millivoltsPerUnit(units) === null ? units : 'mV';
}

/** The cells of a lead by the integer that was stored: the same few thousand come again and again. */
function cells({ units, gainAduPerUnit, baselineAdu }: RecordedLead): (adu: number) => string {
  const perUnit = millivoltsPerUnit(units) ?? 1;
  const known = new Map([[MISSING_ADU, '']]);
  return (adu) => {
    const cell = known.get(adu);
    if (cell !== undefined) return cell;
    const value = (perUnit * (adu - baselineAdu)) / gainAduPerUnit;
    const made = String(Number(value.toPrecision(VALUE_DIGITS)));
    // 24 bits have more values than are worth keeping.
    if (known.size < 2 ** 17) known.set(adu, made);
    return made;
  };
}
