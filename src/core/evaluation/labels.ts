import { firstWhere, type LabelScheme } from '../../shared/domain';
import type { ReferenceAnnotation } from '../recordings/open-annotated';
import { rhythmChanges } from './reference-rhythms';

export type Label = 'Normal' | 'Abnormal';
export type SegmentLabels = Readonly<Record<LabelScheme, Label>>;

/** Beats by symbol (annotation codes of WFDB, annot(5)), as the label schemes count them. */
const ABNORMAL_BEATS = new Set([...'LRAaJSVrFejnE/fQ?B!']);
const NORMAL_BEATS = new Set([...'N.']);
const ECTOPIC_BEATS = new Set([...'AaJSVEF!']);
const ABNORMAL_RHYTHMS = new Set(
  '(AFIB (AFL (SVTA (VT (VFL (IVR (NOD (BII (PREX (AB (B (T'.split(' '),
);

/**
 * Whether a beat counts as abnormal under scheme `majority`, which also counts bundle branch block, escape and paced
 * beats; null for an annotation that is no beat.
 */
export function isAbnormalBeat(symbol: string): boolean | null {
  if (ABNORMAL_BEATS.has(symbol)) return true;
  return NORMAL_BEATS.has(symbol) ? false : null;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Labels of windows [start, start + windowSamples), one per start, under every scheme;
 * null for a window without any beat annotation, which is left out of training and evaluation.
 *
 * - `majority`: more abnormal beats than normal ones;
 * - `ectopy`: at least one ectopic beat;
 * - `review`: `ectopy`, or more than half of the window in an abnormal rhythm.
 *
 * @param annotations reference annotations in time order
 * @param starts first samples, counted like the annotations
 */
export function labelWindows(
  annotations: readonly ReferenceAnnotation[],
  starts: readonly number[],
  windowSamples: number,
): (SegmentLabels | null)[] {
  const beats = annotations.filter(
    ({ symbol }) => ABNORMAL_BEATS.has(symbol) || NORMAL_BEATS.has(symbol),
  );
  const spans = abnormalRhythms(annotations);
  return starts.map((start) => {
    const end = start + windowSamples;
    let abnormal = 0;
    let normal = 0;
    let ectopic = 0;
    const first = firstWhere(beats, ({ sample }) => sample >= start);
    for (let i = first; i < beats.length && beats[i]!.sample < end; i++) {
      const { symbol } = beats[i]!;
      if (NORMAL_BEATS.has(symbol)) normal++;
      else abnormal++;
      if (ECTOPIC_BEATS.has(symbol)) ectopic++;
    }
    if (abnormal + normal === 0) return null;
    const rhythm = overlap(spans, start, end) > windowSamples / 2;
    return {
      majority: abnormal > normal ? 'Abnormal' : 'Normal',
      ectopy: ectopic > 0 ? 'Abnormal' : 'Normal',
      review: ectopic > 0 || rhythm ? 'Abnormal' : 'Normal',
    };
  });
}

/** Stretches of abnormal rhythm, in samples. */
function abnormalRhythms(annotations: readonly ReferenceAnnotation[]): Span[] {
  const changes = rhythmChanges(annotations);
  return changes.flatMap(({ sample, rhythm }, i) =>
    ABNORMAL_RHYTHMS.has(rhythm)
      ? [{ start: sample, end: changes[i + 1]?.sample ?? Infinity }]
      : [],
  );
}

function overlap(spans: readonly Span[], start: number, end: number): number {
  let total = 0;
  for (const span of spans) {
    total += Math.max(0, Math.min(end, span.end) - Math.max(start, span.start));
  }
  return total;
}
