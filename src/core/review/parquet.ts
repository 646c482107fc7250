import { BEAT_CLASSES, type Segment, type SegmentDecision } from '../../shared/domain';
import { parquetColumn as column, parquetTable } from '../base/parquet';
import { blindWord } from './blind-answers';
import type { StandingBeats } from '../findings/standing-beats';

/**
 * Segments with the model's verdict and the reader's decision, a row each: the columns of `segmentsCsv` with types.
 * Times in seconds, `decided_at` as a timestamp.
 */
export function segmentsParquet(
  segments: readonly Segment[],
  decisions: readonly SegmentDecision[],
): Uint8Array {
  const bySegment = new Map(decisions.map((decision) => [decision.segment, decision]));
  const made = segments.map(({ index }) => bySegment.get(index));
  return parquetTable([
    column('segment', 'INT32', segments, ({ index }) => index),
    column('start_s', 'DOUBLE', segments, ({ startS }) => startS),
    column('end_s', 'DOUBLE', segments, ({ endS }) => endS),
    column('verdict', 'STRING', segments, ({ verdict }) => verdict),
    column('probability', 'DOUBLE', segments, ({ probability }) => probability),
    column('refer', 'BOOLEAN', segments, ({ refer }) => refer),
    column('reason', 'STRING', segments, ({ reason }) => reason),
    column('decision', 'STRING', made, (decision) => decision?.decision ?? 'none'),
    column('note', 'STRING', made, (decision) => decision?.note ?? ''),
    column('reader', 'STRING', made, (decision) => decision?.reader ?? ''),
    column('decided_at', 'TIMESTAMP', made, (decision) => decision && new Date(decision.atMs)),
    column('blind_answer', 'STRING', made, (decision) => blindWord(decision?.blind)),
    column('blind_reader', 'STRING', made, (decision) => decision?.blind?.reader),
  ]);
}

/** Beats, a row each: the columns of `beatsCsv` with types. */
export function beatsParquet(standing: StandingBeats): Uint8Array {
  const { timeS, beatClass, confidence, attention, counts, rrMs } = standing;
  const beats = Array.from(timeS, (_, i) => i);
  return parquetTable([
    column('beat', 'INT32', beats, (i) => i),
    column('time_s', 'DOUBLE', beats, (i) => timeS[i]!),
    column('class', 'STRING', beats, (i) => BEAT_CLASSES[beatClass[i]!] ?? 'Q'),
    column('confidence', 'FLOAT', beats, (i) => confidence[i]!),
    column('rr_ms', 'DOUBLE', beats, (i) => (Number.isNaN(rrMs[i]) ? null : rrMs[i]!)),
    column('attention', 'FLOAT', beats, (i) => attention[i]!),
    column('counts', 'BOOLEAN', beats, (i) => counts[i] === 1),
  ]);
}
