import type { Lane } from '../../shared/contract';
import { lowerBound, type Measurements, type Result } from '../../shared/domain';
import { measureTask, wholeOrFirstMinute } from '../beats/averaging';
import type { RecordingReading } from '../review/readings';
import type { Pool } from '../workers/types';

export interface MeasuredRecording {
  readonly path: string;
  readonly durationS: number;
  readonly reading: Pick<RecordingReading, 'beats' | 'findings' | 'movedFiducials'>;
}

/** Seconds from the start of the recording; without them all of it, or the first minute of a longer one. */
interface Asked {
  readonly startS?: number | undefined;
  readonly endS?: number | undefined;
}

/** Measures a stretch of an analysed recording, with the beats and the marks as the reader left them. */
export function measureReading(
  pool: Pool,
  { path, durationS, reading }: MeasuredRecording,
  { startS, endS }: Asked,
  context: { readonly lane: Lane; readonly signal: AbortSignal },
): Promise<Result<Measurements>> {
  const { beats, findings, movedFiducials } = reading;
  const whole = wholeOrFirstMinute(durationS);
  const stretch = {
    startS: startS ?? whole.startS,
    endS: Math.min(durationS, endS ?? (startS ?? whole.startS) + whole.endS),
  };
  const from = lowerBound(beats.timeS, stretch.startS);
  const to = lowerBound(beats.timeS, stretch.endS);
  const isPaced = findings.findings.some(
    ({ kind, state, startS: from, endS: to }) =>
      kind === 'paced' && state !== 'rejected' && from < stretch.endS && to > stretch.startS,
  );
  return pool.run(
    measureTask,
    {
      path,
      stretch,
      beats: {
        timeS: beats.timeS.slice(from, to),
        beatClass: beats.beatClass.slice(from, to),
      },
      moved: movedFiducials(stretch.startS, stretch.endS),
      isPaced,
    },
    context,
  );
}
