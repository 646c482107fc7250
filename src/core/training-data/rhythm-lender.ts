import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BEAT_CLASSES, err, ok, type Result } from '../../shared/domain';
import { rhythmFeatures } from '../beats/features';
import { aamiClass } from '../evaluation/aami-classes';
import { readAnnotations } from '../formats/wfdb/annotations';
import { parseHeader } from '../formats/wfdb/header';
import { fibrillationSpans } from '../evaluation/reference-rhythms';
import { writeNpy } from './beat-npy';
import type { BeatTrainingCounts, BeatTrainingRecord } from './beat-training-record';

/** Sets of which only the annotations are used, and their annotators: days of beats of healthy people and of patients. */
const ANNOTATORS: Readonly<Record<string, string>> = {
  ltafdb: 'atr',
  ltdb: 'atr',
  nsrdb: 'atr',
  nsr2db: 'ecg',
  sddb: 'atr',
};
/** Stretches taken of each day, evenly spaced, each as long as the product's own. */
const STRETCHES = 8;
const STRETCH_S = 1200;
const [N, Q] = [BEAT_CLASSES.indexOf('N'), BEAT_CLASSES.indexOf('Q')] as const;

/** Whether a recording is of a set that lends only its rhythm. */
export function lendsRhythm(path: string): boolean {
  return basename(dirname(path)) in ANNOTATORS;
}

/**
 * Writes `time.npy`, `rhythm.npy`, `labels.npy` and `fibrillation.npy` of a recording of which there are annotations
 * but no signal, stretches one after another: training gives its RR intervals to other people's beats.
 * @throws what the system refuses in `outDir`
 */
export async function writeRhythmLender(
  path: string,
  outDir: string,
): Promise<Result<{ row: BeatTrainingRecord; counts: BeatTrainingCounts }>> {
  const name = basename(path, '.hea');
  const database = basename(dirname(path));
  const header = parseHeader(await readFile(path), basename(path));
  if (!header.ok) return header;
  const file = await readAnnotations(path.replace(/hea$/, ANNOTATORS[database]!));
  if (!file.ok) return file;
  const rateHz = file.value.timeResolutionHz ?? header.value.frameRateHz;
  const beats = file.value.annotations
    .map(({ sample, symbol }) => ({ timeS: sample / rateHz, label: aamiClass(symbol) }))
    .filter((beat): beat is { timeS: number; label: number } => beat.label !== null);
  const lastS = beats.at(-1)?.timeS ?? 0;
  const spans = fibrillationSpans(file.value.annotations, rateHz);
  const time: number[] = [];
  const labels: number[] = [];
  const rhythm: number[] = [];
  for (let stretch = 0; stretch < STRETCHES; stretch++) {
    const fromS = Math.max(0, ((stretch + 0.5) * lastS) / STRETCHES - STRETCH_S / 2);
    const own = beats.filter(({ timeS }) => timeS >= fromS && timeS < fromS + STRETCH_S);
    const timeS = Float64Array.from(own, (beat) => beat.timeS);
    const isNormal = Uint8Array.from(own, ({ label }) => (label === N ? 1 : 0));
    const isSeen = Uint8Array.from(own, ({ label }) => (label === Q ? 0 : 1));
    const { rrBeforeS, rrAfterS, rrNormalS, rrSlowS, rrVariability } = rhythmFeatures(
      timeS,
      isNormal,
      isSeen,
    );
    own.forEach(({ timeS: at, label }, i) => {
      time.push(at);
      labels.push(label);
      rhythm.push(rrBeforeS[i]!, rrAfterS[i]!, rrNormalS[i]!, rrSlowS, rrVariability[i]!);
    });
  }
  const n = time.length;
  if (n === 0) return err('bad-signal', `${path}: no heartbeat is annotated.`);
  const folder = join(outDir, name);
  await mkdir(folder);
  const tensor = (file: string): string => join(folder, `${file}.npy`);
  const fibrillation = Int8Array.from(time, (at) =>
    spans.some(({ startS, endS }) => at >= startS && at < endS) ? 1 : 0,
  );
  await writeNpy(tensor('time'), Float64Array.from(time), [n]);
  await writeNpy(tensor('labels'), Int8Array.from(labels), [n]);
  await writeNpy(tensor('rhythm'), Float32Array.from(rhythm), [n, rhythm.length / n]);
  await writeNpy(tensor('fibrillation'), fibrillation, [n]);
  const count = (label: number): number => labels.filter((other) => other === label).length;
  return ok({
    row: {
      record: name,
      patient: name,
      database,
      beats: n,
      leads: 0,
      hasRhythm: spans.length > 0,
      decided: false,
    },
    counts: {
      record: name,
      beats: n,
      classes: Object.fromEntries([
        ...BEAT_CLASSES.map((c, code) => [c, count(code)]),
        ['flutter', 0],
      ]) as Record<string, number>,
      segments: 0,
      ectopy: 0,
      review: 0,
      fibrillation: 0,
    },
  });
}
