import type { PlacedEdit, ReportSignature } from '../../shared/domain';

/** An edit with who made it and when. */
export interface Act extends PlacedEdit {
  readonly reader: string;
  readonly atMs: number;
}

export interface TrackedAct extends Act {
  /** `undone` can come back by a redo; `forgotten` cannot. */
  state: 'in-force' | 'undone' | 'forgotten';
  /** Whether what stands follows it: acts of a read of its own can be taken back and do not count here. */
  readonly counts: boolean;
}

/** A reader's acts in force and those that they undid, the last at the end. */
export interface Stack {
  readonly done: TrackedAct[];
  undone: TrackedAct[];
  /** Acts in force before those, which a checkpoint has left out. */
  hidden: number;
}

/** An act and which of its things is meant: the index in its list. */
export interface Entry {
  readonly act: TrackedAct;
  readonly at: number;
}

/** A signature with who, when and where in the trail. */
export type PlacedSignature = ReportSignature &
  Pick<Act, 'reader' | 'atMs'> & { readonly sequence: number };
