/**
 * Every sample of every format, archives opened, written as WFDB, EDF and DICOM and read back by wfdb-python, pyedflib
 * (MNE where a file has gaps) and pydicom, sample for sample:
 *
 *     node scripts/run-ts.mjs tests/golden/convert/round-trips.ts PYTHON
 *
 * PYTHON has these packages (pip install wfdb pyedflib mne pydicom). Prints a line for each file and target; exit code 1
 * where a value is further from the source's than half a step of the target, or something is missing.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WRITERS } from '../../../src/core/convert/targets';
import { openRecording } from '../../../src/core/formats/list';
import type { OpenRecording } from '../../../src/core/formats/open-recording';
import { millivoltsPerUnit } from '../../../src/shared/domain';
import { sampleFiles } from '../samples';
import { sharedData } from '../shared-data';

const TARGETS = ['wfdb', 'edf', 'dicom'] as const;
/** What the samples that state no rate or no gain are read with. */
const STATED = { samplingRateHz: 360, gainAduPerMv: 200 };
const [python] = process.argv.slice(2);
if (!python) throw new Error('Name a Python: round-trips.ts PYTHON.');
if (!sharedData) throw new Error('The data folder is not there.');

const folder = await mkdtemp(path.join(tmpdir(), 'fiducial-round-trips-'));
const jobs: object[] = [];
let refused = 0;
for (const sample of sampleFiles()) {
  const recordings = await recordingsOf(path.join(sharedData, 'formats', sample));
  if (recordings.length === 0) refused++;
  for (const recording of recordings) {
    await writeAll(recording, `${sample}${recordings.length > 1 ? ` ${recording.name}` : ''}`);
    await recording.close();
  }
}
await writeFile(path.join(folder, 'jobs.json'), JSON.stringify(jobs));
console.log(`${sampleFiles().length} samples, ${refused} of them no recording that can be read`);
const check = path.join(import.meta.dirname, 'check.py');
try {
  execFileSync(python, [check, path.join(folder, 'jobs.json')], { stdio: 'inherit' });
} catch {
  process.exitCode = 1;
}
await rm(folder, { recursive: true, force: true });

async function recordingsOf(file: string): Promise<OpenRecording[]> {
  const opened = await openRecording(file, STATED);
  if (opened.ok) return [opened.value];
  const inside = opened.error.details?.['recordings'];
  const all: OpenRecording[] = [];
  for (const entry of Array.isArray(inside) ? inside : []) {
    const recording = await openRecording(String(entry), STATED);
    if (recording.ok) all.push(recording.value);
  }
  return all;
}

async function writeAll(recording: OpenRecording, sample: string): Promise<void> {
  // A file of annotations alone has no waveform.
  if (recording.leads.length === 0) return;
  const number = jobs.length;
  const leads = [];
  for (const { index, name, samples, samplingRateHz, units } of recording.leads) {
    const values = await recording.readPhysical(index, 0, samples);
    if (!values.ok) throw new Error(values.error.message);
    const factor = millivoltsPerUnit(units) ?? 1;
    const file = path.join(folder, `${number}-${index}.f64`);
    await writeFile(
      file,
      new Uint8Array(Float64Array.from(values.value, (v) => v * factor).buffer),
    );
    leads.push({ name, rateHz: samplingRateHz, file });
  }
  const [annotator] = await recording.annotators();
  const rows = annotator ? await recording.annotations(annotator) : null;
  for (const target of TARGETS) {
    const into = path.join(folder, target);
    const options = { folder: into, name: `r${number}`, overwrite: true };
    const written = await WRITERS[target](recording, options);
    if (!written.ok) throw new Error(`${sample}: ${written.error.message}`);
    const annotations = rows?.ok ? rows.value.timeS.filter(readable(target)).length : 0;
    jobs.push({
      sample,
      target,
      folder: into,
      name: `r${number}`,
      leads,
      annotations,
      gaps: recording.gaps,
    });
  }
}

/** wfdb-python takes a note on the first sample for one on the file, and leaves it out. */
function readable(target: string): (timeS: number) => boolean {
  return (timeS) => target !== 'wfdb' || timeS > 0.001;
}
