import { METHODS, type Handlers } from '../../shared/contract';
import { lowerBound, type AnalysisStatus, type Result } from '../../shared/domain';
import { measureTask, wholeOrFirstMinute } from '../beats/averaging';
import type { Library } from '../recordings/library';
import type { ReviewedAnalysis, Readings } from '../review/readings';
import type { Pool } from '../workers/types';

export interface MeasurementsDependencies {
  readonly library: Library;
  readonly readings: Readings;
  /** Null when there is no such analysis. */
  analysis(analysisId: string): ReviewedAnalysis | null;
  status(analysisId: string): Promise<Result<AnalysisStatus>>;
  readonly pool: Pool;
}

/** Measures a stretch of an analysed recording, with the beats and the marks as the reader left them. */
export function measurementsHandler({
  library,
  readings,
  analysis,
  status,
  pool,
}: MeasurementsDependencies): Pick<Handlers, 'analysis.measurements'> {
  return {
    async 'analysis.measurements'({ analysisId, startS, endS, reader = null }) {
      const known = await status(analysisId);
      if (!known.ok) return known;
      const recording = library.find(known.value.recordingId);
      if (!recording.ok) return recording;
      const reading = await readings.of(analysisId, reader);
      if (!reading.ok) return reading;
      const { beats, findings, movedFiducials } = reading.value;
      const durationS = analysis(analysisId)?.result.origin?.durationS ?? Infinity;
      const whole = wholeOrFirstMinute(durationS);
      const stretch = {
        startS: startS ?? whole.startS,
        endS: Math.min(durationS, endS ?? (startS ?? whole.startS) + whole.endS),
      };
      const from = lowerBound(beats.timeS, stretch.startS);
      const to = lowerBound(beats.timeS, stretch.endS);
      return pool.run(
        measureTask,
        {
          path: recording.value.path,
          stretch,
          beats: { timeS: beats.timeS.slice(from, to), beatClass: beats.beatClass.slice(from, to) },
          moved: movedFiducials(stretch.startS, stretch.endS),
          isPaced: findings.findings.some(
            ({ kind, state, startS: from, endS: to }) =>
              kind === 'paced' &&
              state !== 'rejected' &&
              from < stretch.endS &&
              to > stretch.startS,
          ),
        },
        { lane: METHODS['analysis.measurements'].lane },
      );
    },
  };
}
