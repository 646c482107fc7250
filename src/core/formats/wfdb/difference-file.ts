import { ok, type Result } from '../../../shared/domain';
import type { SignalFile } from './signal-file';

/**
 * Format 8 stores each sample as its difference from the one before, so a sample is the sum of everything up to
 * it. The sums at the start of every chunk are kept as they become known: the first jump into a recording adds up
 * what lies before it, later ones cost one chunk.
 * @param differences the file read as plain 8-bit numbers
 * @param initialValues the header's initial value of each signal, in file order
 */
export function openDifferenceFile(
  differences: SignalFile,
  samplesPerFrame: readonly number[],
  initialValues: readonly number[],
): SignalFile {
  const { chunkFrames } = differences;
  // sums[place][chunk]: value before the first sample of the chunk.
  const sums = initialValues.map((value) => [value]);
  let adding: Promise<Result<null>> = Promise.resolve(ok(null));

  function sumsUpTo(place: number, chunk: number): Promise<Result<null>> {
    adding = adding.then(async () => {
      const known = sums[place]!;
      const scratch = new Int32Array(chunkFrames * samplesPerFrame[place]!);
      while (known.length <= chunk) {
        const start = (known.length - 1) * chunkFrames;
        const read = await differences.decode(place, start, start + chunkFrames, scratch, 0);
        if (!read.ok) return read;
        let sum = known.at(-1)!;
        for (const difference of scratch) sum = (sum + difference) | 0;
        known.push(sum);
      }
      return ok(null);
    });
    return adding;
  }

  return {
    ...differences,
    async decode(place, startFrame, endFrame, out, outStart) {
      const chunk = Math.floor(startFrame / chunkFrames);
      const ready = await sumsUpTo(place, chunk);
      if (!ready.ok) return ready;
      const perFrame = samplesPerFrame[place]!;
      const chunkStart = chunk * chunkFrames;
      const scratch = new Int32Array((endFrame - chunkStart) * perFrame);
      const read = await differences.decode(place, chunkStart, endFrame, scratch, 0);
      if (!read.ok) return read;
      const skipped = (startFrame - chunkStart) * perFrame;
      let sum = sums[place]![chunk]!;
      for (let k = 0; k < scratch.length; k++) {
        sum = (sum + scratch[k]!) | 0;
        if (k >= skipped) out[outStart + k - skipped] = sum;
      }
      return ok(null);
    },
  };
}
