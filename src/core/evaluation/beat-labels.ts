import { BEAT_CLASSES } from '../../shared/domain';
import { aamiClass } from './aami-classes';
import { MATCH_WINDOW_S } from './ec57-beats';
import type { ReferenceAnnotation } from '../recordings/open-annotated';

/**
 * Label of a flutter wave (`!`), which EC57 has no class for: trained as V, left out of beat-by-beat figures as EC57
 * leaves out flutter. All other symbols have the class of the one AAMI table.
 */
export const FLUTTER_LABEL = BEAT_CLASSES.length;

const Q = BEAT_CLASSES.indexOf('Q');

/**
 * Class of each detected beat from the reference: that of the nearest annotated beat within 150 ms, one detection
 * per annotation; `Q` for a detection that is of no beat.
 * @param timeS detected R peaks in seconds, ascending
 * @param others label of a detection that is of no annotation. Where it is not `Q`, an artefact that looks like a beat
 *   (`|`) is one to be told, and its label is `Q`
 * @returns indices into BEAT_CLASSES, FLUTTER_LABEL, or `others`
 */
export function labelBeats(
  timeS: Float64Array,
  annotations: readonly ReferenceAnnotation[],
  annotationRateHz: number,
  others: number = Q,
): Int8Array {
  const beats = annotations
    .map(({ sample, symbol }) => ({
      at: sample / annotationRateHz,
      label:
        symbol === '!' ? FLUTTER_LABEL : symbol === '|' && others !== Q ? Q : aamiClass(symbol),
    }))
    .filter((beat): beat is { at: number; label: number } => beat.label !== null);
  const labels = new Int8Array(timeS.length).fill(others);
  const distance = new Float64Array(timeS.length).fill(Infinity);
  let first = 0;
  for (const { at, label } of beats) {
    while (first < timeS.length && timeS[first]! < at - MATCH_WINDOW_S) first++;
    let best = -1;
    for (let i = first; i < timeS.length && timeS[i]! <= at + MATCH_WINDOW_S; i++) {
      if (best < 0 || Math.abs(timeS[i]! - at) < Math.abs(timeS[best]! - at)) best = i;
    }
    if (best < 0 || Math.abs(timeS[best]! - at) >= distance[best]!) continue;
    distance[best] = Math.abs(timeS[best]! - at);
    labels[best] = label;
  }
  return labels;
}
