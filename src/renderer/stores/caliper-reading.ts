import { computed } from 'vue';
import type { CaliperMark } from '../../shared/domain';
import { beatNear } from '../analysis/beats';
import { rrAt } from '../analysis/rhythm';
import { createCaliperSignal } from '../traces/caliper-signal';
import { mvPerUnit } from '../traces/lane-scale';
import { useTransport } from '../transport';
import { useFindings } from './findings';
import { useLeadLayout } from './lead-layout';
import { useRecording } from './recording';
import { useReview } from './review';
import { useView } from './view';

/** An edge snaps to an R peak within this distance, CSS px. */
const SNAP_PX = 9;
/** Where ST is read, seconds after J. */
const ST_S = [0.06, 0.08] as const;

/** What marks measure of the open recording: the signal at their edges, RR intervals, R peaks to snap to. */
export function useCaliperReading() {
  const findings = useFindings();
  const recording = useRecording();
  const review = useReview();
  const leadLayout = useLeadLayout();
  const view = useView();

  const signal = computed(() =>
    recording.info
      ? createCaliperSignal(useTransport().call, {
          recordingId: recording.info.recordingId,
          durationS: recording.durationS,
          filter: leadLayout.filter,
        })
      : null,
  );
  const leadOf = ({ lead }: Pick<CaliperMark, 'lead'>) => recording.info?.leads[lead ?? 0];

  /** One sample of the lead of a mark, seconds. */
  function sampleS(mark: Pick<CaliperMark, 'lead'>): number {
    return 1 / (leadOf(mark)?.samplingRateHz ?? 500);
  }

  /** From the beat before to the first beat in a stretch, ms; null where that cannot be measured. */
  function rrBefore(startS: number, endS: number): number | null {
    const { beats } = findings;
    const timeS = beats?.timeS.find((at) => at >= startS && at <= endS);
    return beats && timeS !== undefined ? rrAt(beats, timeS) : null;
  }

  return {
    sampleS,
    /** The signal of a lead around a time, once it has been read. */
    async valuesAround(lead: number, timeS: number): Promise<(timeS: number) => number> {
      await signal.value?.whenRead(lead, [timeS - 0.5, timeS, timeS + 0.5]);
      return (atS) => signal.value?.at(lead, atS) ?? NaN;
    },
    /** Reads the signal that a mark says something of. */
    async whenRead({ kind, lead, startS, endS }: CaliperMark): Promise<void> {
      const after = kind === 'ST' ? ST_S.map((s) => endS + s) : [];
      await signal.value?.whenRead(lead ?? 0, [startS, endS, ...after]);
    },
    /** With the signal at its edges as far as it has been read, and the RR interval before the beat of a QT. */
    measured(mark: CaliperMark): CaliperMark {
      const perUnit = mvPerUnit(leadOf(mark)?.units ?? '');
      const mvAt = (timeS: number): number | null => {
        const value = signal.value?.at(mark.lead ?? 0, timeS) ?? NaN;
        return perUnit === null || Number.isNaN(value) ? null : value * perUnit;
      };
      const { kind, startS, endS } = mark;
      const [j60Mv, j80Mv] = ST_S.map((s) => mvAt(endS + s));
      return {
        ...mark,
        startMv: mvAt(startS),
        endMv: mvAt(endS),
        rrMs: kind === 'QT' ? rrBefore(startS, endS) : null,
        ...(kind === 'ST' ? { j60Mv, j80Mv } : {}),
        filter: leadLayout.filter,
      };
    },
    /** The R peak that is near where `toBeats`, else the nearest sample. */
    snapped(timeS: number, mark: Pick<CaliperMark, 'lead'>, toBeats: boolean): number {
      const { beats } = review;
      const at = toBeats && beats ? beatNear(beats, timeS, SNAP_PX / view.scale.pxPerS) : -1;
      if (at >= 0) return beats!.timeS[at]!;
      const step = sampleS(mark);
      return Math.round(timeS / step) * step;
    },
  };
}
