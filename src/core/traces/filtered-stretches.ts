import { ok, type DisplayFilterId, type Result } from '../../shared/domain';
import { filterWindow } from '../dsp/bandpass';
import type { OpenRecording } from '../formats/open-recording';
import { readSamples } from '../recordings/read-samples';
import { filterAt } from './filtered-samples';

/** Samples [start, end) of one signal. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Most samples that are filtered at a time, margins aside: 4 MB, a few times over while the filter runs. */
const LARGEST_SPAN = 2 ** 19;

/**
 * Several stretches of one signal through a display filter, each of which is wanted once: the strips of a report. A page
 * that scrolls reads blocks (`readFiltered`), of which a strip would use a tenth. Stretches that lie nearer to each other
 * than the filter's two margins are filtered together, as the gap costs less than the margins.
 * @param stretches in any order; one may lie in another
 * @returns their samples in the order given, clipped to the recording, in the signal's unit: within 1e-6 mV of those of the
 * whole signal filtered at once, NaN where missing
 */
export async function readFilteredStretches(
  recording: OpenRecording,
  signal: number,
  filter: DisplayFilterId,
  stretches: readonly Stretch[],
): Promise<Result<Float32Array[]>> {
  const { samples: length, samplingRateHz } = recording.leads[signal]!;
  const chain = filterAt(samplingRateHz, filter);
  const read = (from: number, to: number): Promise<Result<Float64Array>> =>
    readSamples(recording, signal, from, to);
  const out: Float32Array[] = [];
  for (const { start, end, members } of spansOf(stretches, length, chain?.marginSamples ?? 0)) {
    const samples = chain
      ? await filterWindow(chain, read, length, start, end)
      : await read(start, end);
    if (!samples.ok) return samples;
    for (const index of members) {
      const own = clipped(stretches[index]!, length);
      out[index] = new Float32Array(samples.value.subarray(own.start - start, own.end - start));
    }
  }
  return ok(out);
}

/** A stretch with whatever is cut out of it, by its place among those asked for. */
interface Span {
  readonly start: number;
  end: number;
  readonly members: number[];
}

function spansOf(stretches: readonly Stretch[], length: number, margin: number): Span[] {
  const inOrder = stretches
    .map((stretch, index) => ({ ...clipped(stretch, length), index }))
    .sort((a, b) => a.start - b.start);
  const spans: Span[] = [];
  for (const { start, end, index } of inOrder) {
    const last = spans.at(-1);
    if (last && start - last.end <= 2 * margin && end - last.start <= LARGEST_SPAN) {
      last.end = Math.max(last.end, end);
      last.members.push(index);
    } else spans.push({ start, end, members: [index] });
  }
  return spans;
}

function clipped({ start, end }: Stretch, length: number): Stretch {
  const from = Math.max(0, Math.min(start, length));
  return { start: from, end: Math.max(from, Math.min(end, length)) };
}
