import { METHODS, type Handlers } from '../../shared/contract';
import { lowerBound } from '../../shared/domain';
import { measureTask, wholeOrFirstMinute } from '../beats/averaging';
import type { ReviewedAnalysis, Readings } from '../review/readings';
import type { Analyses } from './handlers';
import type { Pool } from '../workers/types';

export interface MeasurementsDependencies {
  readonly withFiles: Analyses['withFiles'];
  readonly readings: Readings;
  /** Null when there is no such analysis. */
  analysis(analysisId: string): ReviewedAnalysis | null;
  readonly pool: Pool;
}

/** Measures a stretch of an analysed recording, with the beats and the marks as the reader left them. */
export function measurementsHandler({
  withFiles,
  readings,
  analysis,
  pool,
}: MeasurementsDependencies): Pick<Handlers, 'analysis.measurements'> {
  return {
    async 'analysis.measurements'({ analysisId, startS, endS, ...asked }, { signal }) {
      const reading = await readings.of(analysisId, readings.whose(analysisId, asked));
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
      const isPaced = findings.findings.some(
        ({ kind, state, startS: from, endS: to }) =>
          kind === 'paced' && state !== 'rejected' && from < stretch.endS && to > stretch.startS,
      );
      return withFiles(analysisId, signal, (_opened, { path }) =>
        pool.run(
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
          { lane: METHODS['analysis.measurements'].lane, signal },
        ),
      );
    },
  };
}
