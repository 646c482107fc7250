import type {
  Decision,
  ReviewEdit,
  ReviewEvent,
  ReviewState,
  Segment,
  SegmentDecision,
} from '../../shared/domain';

/** An edit with who made it and when: what undo takes back and redo brings again. */
export interface MadeEdit {
  readonly edit: ReviewEdit;
  readonly reader: string;
  readonly atMs: number;
}

/** The trail folded: edits in force, and those undone that redo can still bring back (last undone last). */
export interface Replay {
  readonly active: readonly MadeEdit[];
  readonly undone: readonly MadeEdit[];
}

export const EMPTY_REPLAY: Replay = { active: [], undone: [] };

/** Adds one event of the trail. A new edit forgets what was undone, as in every editor. */
export function replayEvent(
  replay: Replay,
  event: Pick<ReviewEvent, 'action' | 'edit' | 'reader' | 'atMs'>,
): Replay {
  const { active, undone } = replay;
  switch (event.action) {
    case 'edit':
      return {
        active: [...active, { edit: event.edit, reader: event.reader, atMs: event.atMs }],
        undone: [],
      };
    case 'undo': {
      const last = active.at(-1);
      return last ? { active: active.slice(0, -1), undone: [...undone, last] } : replay;
    }
    case 'redo': {
      const last = undone.at(-1);
      return last ? { active: [...active, last], undone: undone.slice(0, -1) } : replay;
    }
  }
}

/** The last decision on each segment that has one other than `none`. */
export function decisionsOf(replay: Replay): Map<number, SegmentDecision> {
  const decisions = new Map<number, SegmentDecision>();
  for (const { edit, reader, atMs } of replay.active) {
    if (edit.kind !== 'decide-segments') continue;
    for (const segment of edit.segments) {
      if (edit.decision === 'none') decisions.delete(segment);
      else
        decisions.set(segment, { segment, decision: edit.decision, note: edit.note, reader, atMs });
    }
  }
  return decisions;
}

export function beatEditsOf(replay: Replay): ReviewEdit[] {
  return replay.active.map((made) => made.edit).filter((edit) => edit.kind !== 'decide-segments');
}

/**
 * What a reader sees of the trail. Counts are over all decided segments, flagged or not; `decided` counts the
 * flagged ones alone, so that `decided` of `flagged` says how much is left.
 */
export function reviewState(
  analysisId: string,
  replay: Replay,
  segments: readonly Segment[],
): ReviewState {
  const decisions = decisionsOf(replay);
  const count = (wanted: Decision): number =>
    [...decisions.values()].filter(({ decision }) => decision === wanted).length;
  const flagged = segments.filter((segment) => segment.verdict === 'Abnormal');
  const agreed = count('agree');
  const overruled = count('overrule');
  return {
    analysisId,
    decisions: [...decisions.values()].sort((a, b) => a.segment - b.segment),
    beatEdits: beatEditsOf(replay),
    canUndo: replay.active.length > 0,
    canRedo: replay.undone.length > 0,
    counts: {
      flagged: flagged.length,
      decided: flagged.filter((segment) => decisions.has(segment.index)).length,
      agreed,
      overruled,
      unsure: count('unsure'),
      agreement: agreed + overruled > 0 ? agreed / (agreed + overruled) : null,
    },
  };
}
