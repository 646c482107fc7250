import { ok, type Warning } from '../../../shared/domain';
import { firstWhere } from '../../../shared/domain/lower-bound';
import type { RecordSource } from './record-source';
import type { SignalSpec } from './types';

/** A stretch of a multi-segment record. */
export interface RecordSegment {
  readonly startFrame: number;
  readonly frames: number;
  /** Null where the recording has a gap. */
  readonly source: RecordSource | null;
  /** For each signal of the record where the segment has it, or null where it lacks it. */
  readonly channels: readonly (SegmentChannel | null)[];
}

/** A signal of the record in one of its segments. */
export interface SegmentChannel {
  readonly index: number;
  /** Its scale there, in the unit that the record has the signal in. */
  readonly spec: SignalSpec;
}

/** A record made of segments, one after the other. */
export function multiSource(
  signals: readonly SignalSpec[],
  segments: readonly RecordSegment[],
): RecordSource {
  const last = segments.at(-1);

  return {
    frames: last ? last.startFrame + last.frames : 0,
    signals,
    files: segments.flatMap((segment) => segment.source?.files ?? []),

    *pieces(signal, startFrame, endFrame) {
      for (let k = segmentAt(segments, startFrame); k < segments.length; k++) {
        const segment = segments[k]!;
        if (segment.startFrame >= endFrame) return;
        const from = Math.max(startFrame, segment.startFrame);
        const to = Math.min(endFrame, segment.startFrame + segment.frames);
        const channel = segment.channels[signal] ?? null;
        const source = channel === null ? null : segment.source;
        // A segment may hold less than the record's header says.
        const stored = source
          ? Math.max(from, Math.min(to, segment.startFrame + source.frames))
          : from;
        if (source && channel !== null) {
          for (const piece of source.pieces(
            channel.index,
            from - segment.startFrame,
            stored - segment.startFrame,
          )) {
            yield {
              ...piece,
              startFrame: piece.startFrame + segment.startFrame,
              endFrame: piece.endFrame + segment.startFrame,
              stored: piece.stored && { ...piece.stored, spec: channel.spec },
            };
          }
        }
        if (stored < to) yield { startFrame: stored, endFrame: to, stored: null };
      }
    },

    async verify(signal) {
      const warnings: Warning[] = [];
      for (const source of new Set(segments.map((segment) => segment.source))) {
        if (!source) continue;
        const found = await source.verify(signal);
        if (!found.ok) return found;
        warnings.push(...found.value);
      }
      return ok(warnings);
    },
  };
}

/** Index of the segment that holds a frame. */
function segmentAt(segments: readonly RecordSegment[], frame: number): number {
  return firstWhere(segments, ({ startFrame, frames }) => startFrame + frames > frame);
}
