import { ok, type Result, type Warning } from '../../../shared/domain';
import { invalidCode } from './formats';
import type { RecordSource, StoredPiece } from './record-source';
import type { SignalFile } from './signal-file';
import type { SignalSpec } from './types';
import { verifyFile } from './verify';

/** Signals that share a file, with their place in it. */
export interface SignalGroup {
  readonly file: SignalFile;
  readonly signals: readonly SignalSpec[];
}

/** Samples per piece: what is decoded in two steps stays in the processor's cache between them. */
const PIECE_SAMPLES = 131_072;

/** A record of one segment: its signals lie in one or several files. */
export function singleSource(
  signals: readonly SignalSpec[],
  groups: readonly SignalGroup[],
  frames: number,
): RecordSource {
  const home = new Map<number, { file: SignalFile; place: number }>();
  for (const group of groups) {
    group.signals.forEach((spec, place) => home.set(spec.index, { file: group.file, place }));
  }

  return {
    frames,
    signals,
    files: groups.map((group) => group.file.path),

    *pieces(signal, startFrame, endFrame) {
      const spec = signals[signal]!;
      const at = home.get(signal);
      if (!at) {
        // Its file is not there.
        if (endFrame > startFrame) yield { startFrame, endFrame, stored: null };
        return;
      }
      const { file, place } = at;
      const pieceFrames = Math.ceil(PIECE_SAMPLES / spec.samplesPerFrame);
      for (let start = startFrame; start < endFrame;) {
        // A signal with a skew of n is stored n frames late (header(5)).
        const fileStart = start + spec.skewFrames;
        const chunkEnd = (Math.floor(fileStart / file.chunkFrames) + 1) * file.chunkFrames;
        const end = Math.min(endFrame, chunkEnd - spec.skewFrames, start + pieceFrames);
        const stored = filePiece(spec, file, place, start, end);
        yield { startFrame: start, endFrame: end, stored };
        start = end;
      }
    },

    async verify(signal) {
      const warnings: Warning[] = [];
      for (const group of groups) {
        const found = await verifyFile(group.file, group.signals, frames, signal);
        if (!found.ok) return found;
        warnings.push(...found.value);
      }
      return ok(warnings);
    },
  };
}

function filePiece(
  spec: SignalSpec,
  file: SignalFile,
  place: number,
  startFrame: number,
  endFrame: number,
): StoredPiece {
  const from = startFrame + spec.skewFrames;
  const end = endFrame + spec.skewFrames;
  // Frames that the file does not have (its end, or the skew's) are missing, never zero.
  const stored = Math.max(from, Math.min(end, file.frames));
  const complete = stored === end;
  return {
    spec,
    async decode(out): Promise<Result<null>> {
      out.fill(invalidCode(spec.format), (stored - from) * spec.samplesPerFrame);
      return stored > from ? file.decode(place, from, stored, out, 0) : ok(null);
    },
    decodeByTable:
      file.decodeByTable && complete
        ? (table, out, at) => file.decodeByTable!(place, from, end, table, out, at)
        : undefined,
  };
}
