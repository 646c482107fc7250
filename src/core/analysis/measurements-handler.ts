import { METHODS, type Handlers } from '../../shared/contract';
import type { ReviewedAnalysis, Readings } from '../review/readings';
import type { Pool } from '../workers/types';
import type { Analyses } from './analyses';
import { measureReading } from './measure-reading';

export interface MeasurementsDependencies {
  readonly withFiles: Analyses['withFiles'];
  readonly readings: Readings;
  /** Null when there is no such analysis. */
  analysis(analysisId: string): ReviewedAnalysis | null;
  readonly pool: Pool;
}

/** `analysis.measurements`, in the files that the analysis was of. */
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
      const durationS = analysis(analysisId)?.result.origin?.durationS ?? Infinity;
      const { lane } = METHODS['analysis.measurements'];
      return withFiles(analysisId, signal, (_opened, { path }) =>
        measureReading(
          pool,
          { path, durationS, reading: reading.value },
          { startS, endS },
          { lane, signal },
        ),
      );
    },
  };
}
