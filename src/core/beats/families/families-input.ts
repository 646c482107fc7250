import type { ProgramForms } from './find-forms';

/** An act of a reader that makes one form of beats, in the order in which they were made. */
export interface FormAct {
  readonly timesS: readonly number[];
  /** Name of the form that they make, unlike that of any other. */
  readonly form: string;
}

export interface FamiliesInput {
  readonly program: {
    /** R peaks that the program found, in time order. */
    readonly timeS: Float64Array;
    readonly forms: ProgramForms;
    /** Probability of the class that the program gives to each beat, [beats]; absent where it is not known. */
    readonly confidence?: Float32Array | undefined;
  };
  /** The beats that count, as the reader left them; see `BeatRows` of the findings. */
  readonly beats: {
    readonly timeS: Float64Array;
    readonly beatClass: Uint8Array;
    readonly follows: Uint8Array;
    readonly handAt?: Uint32Array | undefined;
  };
  readonly acts: readonly FormAct[];
}
