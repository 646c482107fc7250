import { BEAT_CLASSES } from '../../../shared/domain';
import { emptyShapes, type BeatShapes } from './beat-shapes';
import { formVectors } from './form-vectors';
import { groupByForm, ONE_FORM } from './group-by-form';

/** Changes whenever the forms below would change: what was kept of an earlier version is found anew. */
export const FORMS_VERSION = 1;

/** The beats of an analysis by class and form, as the program finds them. */
export interface ProgramForms {
  readonly shapes: BeatShapes;
  /** Form of each beat, an index into the two below, [beats]. */
  readonly form: Uint16Array;
  /** Correlation of each beat with the mean of its form; 0 for one that is unlike any other, [beats]. */
  readonly likeness: Float32Array;
  /** Class of each form, an index into BEAT_CLASSES, [forms]; class by class, the largest form of a class first. */
  readonly formClass: Uint8Array;
  /** 1 where a form is none, but holds the beats of its class that are unlike any other, [forms]. */
  readonly alone: Uint8Array;
}

/**
 * Groups beats by class and form: see `groupByForm`.
 * @param beatClass index into BEAT_CLASSES, [beats]
 * @param stopped asked now and then; the answer is null once it says true
 */
export function findForms(
  shapes: BeatShapes,
  beatClass: Uint8Array,
  stopped: () => boolean = () => false,
  oneForm = ONE_FORM,
): ProgramForms | null {
  const beats = beatClass.length;
  const vectors = formVectors(shapes);
  const form = new Uint16Array(beats);
  const likeness = new Float32Array(beats);
  const formClass: number[] = [];
  const alone: number[] = [];
  for (let code = 0; code < BEAT_CLASSES.length; code++) {
    const members = membersOf(beatClass, code);
    const grouped = groupByForm(vectors, members, oneForm, stopped);
    if (!grouped) return null;
    const first = formClass.length;
    for (let k = 0; k < grouped.count; k++) {
      formClass.push(code);
      alone.push(0);
    }
    formClass.push(code);
    alone.push(1);
    members.forEach((beat, i) => {
      const own = grouped.form[i]!;
      form[beat] = first + (own < 0 ? grouped.count : own);
      likeness[beat] = grouped.likeness[i]!;
    });
  }
  return {
    shapes,
    form,
    likeness,
    formClass: Uint8Array.from(formClass),
    alone: Uint8Array.from(alone),
  };
}

/** The forms of no beats. */
export function noForms(leads: number): ProgramForms {
  return findForms(emptyShapes(0, leads), new Uint8Array(0))!;
}

function membersOf(beatClass: Uint8Array, code: number): Int32Array {
  const members = new Int32Array(beatClass.length);
  let count = 0;
  beatClass.forEach((own, beat) => {
    if (own === code) members[count++] = beat;
  });
  return members.subarray(0, count);
}
