import { isFlagged, type Segment, type Verdict } from '../../shared/domain';

export interface RecordVerdict {
  readonly verdict: Verdict;
  /** Highest probability of Abnormal among the readable segments, null when there is none. */
  readonly probability: number | null;
  readonly abnormalSegments: number;
  readonly readableSegments: number;
}

/**
 * One class for a whole recording, as the predict API and `fiducial predict` answer it: Abnormal as soon as one
 * readable segment is, with the probability of the most abnormal one; Unreadable when no segment can be read. A
 * recording is looked at because of its worst ten seconds, so an average would hide what matters.
 */
export function recordVerdict(segments: readonly Segment[]): RecordVerdict {
  const readable = segments.filter(({ verdict }) => verdict !== 'Unreadable');
  const abnormalSegments = readable.filter(isFlagged).length;
  const probability = readable.reduce<number | null>(
    (highest, segment) => Math.max(highest ?? 0, segment.probability ?? 0),
    null,
  );
  return {
    verdict: readable.length === 0 ? 'Unreadable' : abnormalSegments > 0 ? 'Abnormal' : 'Normal',
    probability,
    abnormalSegments,
    readableSegments: readable.length,
  };
}
