import path from 'node:path';
import { ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, toldBy, warningSaid } from '../../../shared/domain/said';
import type { SignalFile } from './signal-file';
import type { SignalSpec } from './types';

/**
 * Compares the checksums of a header with a signal file: 16-bit sums of all samples, missing ones included,
 * in the order of the file, that is, before skew (header(5)).
 * @returns one warning per signal that differs; `cancelled` when the caller asked to stop
 */
export async function verifyFile(
  file: SignalFile,
  signals: readonly SignalSpec[],
  frames: number,
  signal: AbortSignal | undefined,
): Promise<Result<Warning[]>> {
  const end = Math.min(frames, file.frames);
  const sums = signals.map(() => 0);
  for (let start = 0; start < end; start += file.chunkFrames) {
    if (signal?.aborted) return errSaid('cancelled', 'failures.verificationStopped');
    const chunkEnd = Math.min(end, start + file.chunkFrames);
    for (const [place, spec] of signals.entries()) {
      const samples = new Int32Array((chunkEnd - start) * spec.samplesPerFrame);
      const decoded = await file.decode(place, start, chunkEnd, samples, 0);
      if (!decoded.ok) return decoded;
      let sum = sums[place]!;
      for (const value of samples) sum = (sum + value) & 0xffff;
      sums[place] = sum;
    }
  }
  const warnings: Warning[] = [];
  for (const [place, spec] of signals.entries()) {
    if (spec.checksum === null || (spec.checksum & 0xffff) === sums[place]) continue;
    const name = spec.description || toldBy('files.signalNumber', { n: spec.index });
    warnings.push(
      warningSaid('checksum', 'warnings.checksum', {
        file: path.basename(file.path),
        lead: name,
        sum: sums[place]!,
        said: spec.checksum & 0xffff,
      }),
    );
  }
  return ok(warnings);
}
