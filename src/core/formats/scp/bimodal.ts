import type { Protected } from './beats';

/**
 * Puts back samples that bimodal compression has left out (EN 1064:2005, annex C): within protected zones one value
 * is one sample; outside, each value stands for `ratio` samples, and samples lie on straight lines between the
 * centres of these blocks, level before the first and after the last of a stretch.
 * @param stored values in the order of time
 * @param samples how many there were
 * @param zones in order, sample numbers from 1
 * @returns shorter than `samples` where the values run out
 */
export function expandBimodal(
  stored: Int32Array,
  samples: number,
  zones: readonly Protected[],
  ratio: number,
): Float64Array {
  const out = new Float64Array(samples);
  let written = 0;
  let read = 0;
  const stretch = (end: number) => {
    const blocks = Math.ceil((end - written) / ratio);
    const values = stored.subarray(read, read + blocks);
    read += values.length;
    const covered = Math.min(end, written + values.length * ratio);
    for (let at = written; at < covered; at++)
      out[at] = between(values, (at - written) / ratio - 0.5 + 0.5 / ratio);
    written = covered;
  };
  for (const { start, end } of zones) {
    if (start - 1 < written || end > samples || end < start) continue;
    if (start - 1 > written) stretch(start - 1);
    const values = stored.subarray(read, read + end - start + 1);
    out.set(values, written);
    read += values.length;
    written += values.length;
    if (written < end) return out.subarray(0, written);
  }
  if (written < samples) stretch(samples);
  return out.subarray(0, written);
}

/** Values that `expandBimodal` needs for so many samples. */
export function bimodalValues(samples: number, zones: readonly Protected[], ratio: number): number {
  let values = 0;
  let written = 0;
  for (const { start, end } of zones) {
    if (start - 1 < written || end > samples || end < start) continue;
    values += Math.ceil((start - 1 - written) / ratio) + end - start + 1;
    written = end;
  }
  return values + Math.ceil((samples - written) / ratio);
}

/** On the line through values that lie at 0, 1, 2, ...; level beyond the ends. */
function between(values: Int32Array, position: number): number {
  const last = values.length - 1;
  const within = Math.min(Math.max(position, 0), last);
  const low = Math.min(Math.floor(within), Math.max(0, last - 1));
  const high = Math.min(low + 1, last);
  return values[low]! + (values[high]! - values[low]!) * (within - low);
}
