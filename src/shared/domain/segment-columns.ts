import { z } from 'zod';
import { VERDICTS, type Segment } from './analysis';

/** As many as their column can tell. */
const MOST_REASONS = 0xffff;

/**
 * Segments by column, one entry per segment in each: a day has 17,280 of them, which as objects take the page a second
 * to receive. What a segment does not have is NaN.
 */
export const SegmentColumns = z.object({
  index: z.instanceof(Uint32Array),
  /** Seconds from the start of the recording. */
  startS: z.instanceof(Float64Array),
  endS: z.instanceof(Float64Array),
  /** Index into VERDICTS. */
  verdict: z.instanceof(Uint8Array),
  /** As in `Segment`, 0 to 1. */
  probability: z.instanceof(Float64Array),
  ectopy: z.instanceof(Float64Array),
  af: z.instanceof(Float64Array),
  /** 1 inside the model's refer band. */
  refer: z.instanceof(Uint8Array),
  /** Index into `reasons`, plus 1; 0 for none. */
  reason: z.instanceof(Uint16Array),
  /** The different reasons: a bad day has hundreds, as each length of a pause is one. */
  reasons: z.array(z.string()).max(MOST_REASONS),
});
export type SegmentColumns = z.infer<typeof SegmentColumns>;

/** @returns what `segmentsOfColumns` makes the same segments of */
export function segmentColumns(segments: readonly Segment[]): SegmentColumns {
  const reasons = [...new Set(segments.flatMap(({ reason }) => reason ?? []))];
  const places = new Map(reasons.map((reason, place) => [reason, place + 1]));
  const numbers = (
    of: (segment: Segment) => number | null | undefined,
  ): Float64Array<ArrayBuffer> => Float64Array.from(segments, (segment) => of(segment) ?? NaN);
  return {
    index: Uint32Array.from(segments, ({ index }) => index),
    startS: numbers(({ startS }) => startS),
    endS: numbers(({ endS }) => endS),
    verdict: Uint8Array.from(segments, ({ verdict }) => VERDICTS.indexOf(verdict)),
    probability: numbers(({ probability }) => probability),
    ectopy: numbers(({ ectopy }) => ectopy),
    af: numbers(({ af }) => af),
    refer: Uint8Array.from(segments, ({ refer }) => Number(refer)),
    reason: Uint16Array.from(segments, ({ reason }) => places.get(reason ?? '') ?? 0),
    reasons,
  };
}

/** Segments in the order of the columns. */
export function segmentsOfColumns(columns: SegmentColumns): Segment[] {
  const { startS, endS, verdict, probability, ectopy, af, refer, reason, reasons } = columns;
  return Array.from(columns.index, (index, i) => ({
    ...{ index, startS: startS[i]!, endS: endS[i]!, verdict: VERDICTS[verdict[i]!]! },
    probability: Number.isNaN(probability[i]) ? null : probability[i]!,
    reason: reasons[reason[i]! - 1] ?? null,
    refer: refer[i] === 1,
    ...(Number.isNaN(ectopy[i]) ? {} : { ectopy: ectopy[i]! }),
    ...(Number.isNaN(af[i]) ? {} : { af: af[i]! }),
  }));
}
