import path from 'node:path';
import { beatLeads } from '../../src/core/analysis/beat-model/beat-leads';
import { findForms, type ProgramForms } from '../../src/core/beats/families/find-forms';
import { readShapes } from '../../src/core/beats/families/read-shapes';
import { annotatedBeats, flutterSpans, pairBeats } from '../../src/core/evaluation/ec57-beats';
import { openAnnotated } from '../../src/core/recordings/open-annotated';
import { BEAT_CLASSES, DISPLAY_BANDS } from '../../src/shared/domain';
import type { NetworkRun } from './network';

/** Stands for a beat that no reference says anything of: inside ventricular flutter. */
export const UNSAID = 255;
/** Leads that forms are compared in, as in the application. */
const LEADS = 2;

/** A recording as the program read it, with what the reference says of each of its beats. */
export interface ReferenceCase {
  readonly name: string;
  readonly timeS: Float64Array;
  /** By the program, index into BEAT_CLASSES, [beats]. */
  readonly beatClass: Uint8Array;
  /** Probability of that class, [beats]. */
  readonly confidence: Float32Array;
  /** By the reference; Q for a beat that is none, UNSAID where it says nothing, [beats]. */
  readonly reference: Uint8Array;
  readonly forms: ProgramForms;
}

/**
 * Analyses a record as the application does, and pairs its beats with the reference (EC57).
 * @param file path of the header, with `.atr` beside it
 * @throws Error for a record that cannot be read: a bench has no use for it
 */
export async function referenceCase(file: string, network: NetworkRun): Promise<ReferenceCase> {
  const { beats } = await network.run(file);
  const { timeS, beatClass, confidence } = beats;
  const opened = await openAnnotated(file, 'atr');
  if (!opened.ok) throw new Error(opened.error.message);
  const { recording, annotations, rateHz } = opened.value;
  try {
    const truth = annotatedBeats(annotations, rateHz);
    const flutter = flutterSpans(annotations, rateHz);
    const unpaired = BEAT_CLASSES.indexOf('Q');
    const reference = Uint8Array.from(pairBeats(truth.timeS, timeS), (pair, beat) => {
      if (pair >= 0) return truth.beatClass[pair]!;
      const at = timeS[beat]!;
      return flutter.some(({ startS, endS }) => at >= startS && at <= endS) ? UNSAID : unpaired;
    });
    const leads = beatLeads(recording, LEADS, null);
    if (!leads.ok) throw new Error(leads.error.message);
    const shapes = await readShapes(leads.value, timeS, DISPLAY_BANDS.model.band, () => false);
    if (!shapes.ok) throw new Error(shapes.error.message);
    const forms = findForms(shapes.value, beatClass)!;
    return { name: path.basename(file, '.hea'), timeS, beatClass, confidence, reference, forms };
  } finally {
    await recording.close();
  }
}
