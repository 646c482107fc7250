import path from 'node:path';
import { emptyShapes, type BeatShapes } from '../../src/core/beats/families/beat-shapes';
import { familiesOf } from '../../src/core/beats/families/families-of';
import { findForms } from '../../src/core/beats/families/find-forms';
import { readShapes } from '../../src/core/beats/families/read-shapes';
import { openRecording } from '../../src/core/formats/list';
import { leadSignal } from '../../src/core/recordings/lead-signal';
import { BEAT_CLASSES, DISPLAY_BANDS } from '../../src/shared/domain';

/** Half hours with 400 to 1,400 ectopic beats; 203 is noisy, in 207 some are flutter, which has no forms. */
const RECORDS = ['106', '119', '208', '223', '203', '207'] as const;
/** Its beats are taken over and over for a day. */
const OF_DAY = '208';
const DAY_BEATS = 100_000;
const DATA = process.env['FIDUCIAL_DATA'] ?? path.resolve('../shared/data');
/** Annotation codes by class (ANSI/AAMI EC57). */
const CODES = { N: 'NLRej', S: 'AaJS', V: 'VE', F: 'F', Q: '/fQ' } as const;
/** Share of the ectopic beats that the largest families are asked to hold. */
const HELD = 0.95;

interface Beats {
  readonly timeS: Float64Array;
  readonly beatClass: Uint8Array;
  readonly shapes: BeatShapes;
}

/** Families of the annotated beats of published half hours, so that no network has a part in the figures. */
export async function benchFamilies(): Promise<string> {
  const lines: string[] = [];
  for (const name of RECORDS) {
    const start = performance.now();
    const beats = await annotatedBeats(name);
    if (typeof beats === 'string') {
      lines.push(`${name}: ${beats}`);
      continue;
    }
    lines.push(`${name}: read in ${since(start)}, ${figures(beats)}`);
    if (name === OF_DAY) lines.push(`${DAY_BEATS} beats of it: ${figures(overAndOver(beats))}`);
  }
  return `families of beats, two leads\n    ${lines.join('\n    ')}`;
}

async function annotatedBeats(name: string): Promise<Beats | string> {
  const opened = await openRecording(path.join(DATA, 'mitdb', `${name}.hea`));
  if (!opened.ok) return opened.error.message;
  const recording = opened.value;
  try {
    const read = await recording.annotations('atr');
    if (!read.ok) return read.error.message;
    const { timeS: at, symbol } = read.value;
    const codeOf = (i: number): number =>
      BEAT_CLASSES.findIndex((letter) => CODES[letter].includes(symbol[i]!));
    const rows = [...at.keys()].filter((i) => codeOf(i) >= 0);
    const leads = [0, 1].flatMap((index) => {
      const lead = leadSignal(recording, index);
      return lead.ok ? [lead.value] : [];
    });
    const timeS = Float64Array.from(rows, (i) => at[i]!);
    const shapes = await readShapes(leads, timeS, DISPLAY_BANDS.model.band, () => false);
    if (!shapes.ok) return shapes.error.message;
    return { timeS, beatClass: Uint8Array.from(rows, codeOf), shapes: shapes.value };
  } finally {
    await recording.close();
  }
}

/** A day of beats out of those of half an hour. */
export function overAndOver({ timeS, beatClass, shapes }: Beats): Beats {
  const { leads, samples, steps, stepMv } = shapes;
  const size = leads * samples;
  const day = {
    timeS: Float64Array.from({ length: DAY_BEATS }, (_, i) => 0.8 * i),
    beatClass: new Uint8Array(DAY_BEATS),
    shapes: emptyShapes(DAY_BEATS, leads),
  };
  for (let i = 0; i < DAY_BEATS; i++) {
    const beat = i % timeS.length;
    day.beatClass[i] = beatClass[beat]!;
    day.shapes.stepMv.set(stepMv.subarray(beat * leads, (beat + 1) * leads), i * leads);
    day.shapes.steps.set(steps.subarray(beat * size, (beat + 1) * size), i * size);
  }
  return day;
}

function figures({ timeS, beatClass, shapes }: Beats): string {
  const comparing = performance.now();
  const forms = findForms(shapes, beatClass)!;
  const compared = since(comparing);
  const listing = performance.now();
  const follows = new Uint8Array(timeS.length).fill(1, 1);
  const { families } = familiesOf({
    program: { timeS, forms },
    beats: { timeS, beatClass, follows },
    acts: [],
  });
  const listed = since(listing);
  const ectopic = families.filter(({ beatClass: letter }) => 'SVF'.includes(letter));
  const all = ectopic.reduce((sum, { beats }) => sum + beats, 0);
  let [held, count] = [0, 0];
  for (const { beats } of ectopic.filter(({ alone }) => !alone)) {
    if (held >= HELD * all) break;
    held += beats;
    count++;
  }
  const share = ((100 * held) / Math.max(1, all)).toFixed(1);
  return `compared in ${compared}, listed in ${listed}; ${families.length} families; of ${all} ectopic beats ${count} hold ${share} %`;
}

function since(startMs: number): string {
  return `${(performance.now() - startMs).toFixed(0)} ms`;
}
