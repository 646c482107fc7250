import { DISPLAY_BANDS, ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { leadSignal, type LeadSignal } from '../../recordings/lead-signal';
import { workerRecordings } from '../../recordings/worker-recordings';
import { defineTask } from '../../workers/task';
import type { BeatShapes } from './beat-shapes';
import { findForms, type ProgramForms } from './find-forms';
import { readShapes } from './read-shapes';

/** Share of the work that reading the signal is; the rest is comparing beats. */
const READING = 0.8;
/** What shapes are compared and drawn in: the band that the networks read, free of drift. */
const BAND = DISPLAY_BANDS.model.band;

export interface ShapesTaskInput {
  readonly path: string;
  /** Signal indices of the leads, 8 at most. */
  readonly leads: readonly number[];
  /** R peaks in time order. */
  readonly timeS: Float64Array;
}

export interface FormsTaskInput extends ShapesTaskInput {
  /** Index into BEAT_CLASSES, [beats]. */
  readonly beatClass: Uint8Array;
}

/** Worker task: the beats of a whole recording by form. */
export const formsTask = defineTask(
  'beat-forms',
  async (input: FormsTaskInput, context): Promise<Result<ProgramForms>> => {
    const shapes = await shapesOf(input, (done) => {
      context.progress(READING * done);
      return context.cancelled();
    });
    if (!shapes.ok) return shapes;
    const forms = findForms(shapes.value, input.beatClass, () => context.cancelled());
    return forms ? ok(forms) : errSaid('cancelled', 'failures.cancelled');
  },
);

/** Worker task: the shapes of a few beats, such as those that a reader added. */
export const shapesTask = defineTask(
  'beat-shapes',
  (input: ShapesTaskInput, context): Promise<Result<BeatShapes>> =>
    shapesOf(input, () => context.cancelled()),
);

function shapesOf(
  { path, leads, timeS }: ShapesTaskInput,
  step: (done: number) => boolean,
): Promise<Result<BeatShapes>> {
  return workerRecordings().use(path, async (recording) => {
    const signals: LeadSignal[] = [];
    for (const index of leads) {
      const signal = leadSignal(recording, index);
      if (!signal.ok) return signal;
      signals.push(signal.value);
    }
    return readShapes(signals, timeS, BAND, step);
  });
}
