import type { FindingThresholds, LeadQuality, TimeSpan } from '../../shared/domain';
import { agreedVerdicts, SEVERE_BRADYCARDIA_BPM, type AgreedVerdicts } from './agreed-verdicts';
import type { AnalysedSignal } from './analysed-signal';
import { beatRows, type PlacedRows } from './beat-rows';
import type { Found } from './found';
import { foundInBeats, type FoundInBeats } from './found-in-beats';
import { leadQuality, readableTime, type ReadableTime } from './readable-time';
import { saidLeadsOff } from './leads-off-reason';
import { slowStretches } from './slow-and-fast';
import { secondsIn, without } from './time-spans';
import { unreadSignal } from './unread-signal';
import { wideQrs } from './wide-qrs';

/** What is found whatever a reader made of the beats. */
export interface OfProgram {
  /** What could be read of what was analysed so far. */
  readonly time: ReadableTime;
  readonly unreadable: readonly TimeSpan[];
  readonly analysableS: number;
  readonly leads: readonly LeadQuality[];
  readonly agreed: AgreedVerdicts;
  readonly unread: readonly Found[];
  readonly wide: readonly Found[];
}

/** The beats as the program left them, and what was found in them. */
export interface InProgramBeats {
  readonly rows: PlacedRows;
  readonly found: FoundInBeats;
}

/** The part of the findings that no act of a reader changes, and what it is made of. */
export function ofProgram(
  signal: AnalysedSignal,
  thresholds: FindingThresholds,
): OfProgram & { readonly asProgram: InProgramBeats } {
  const { durationS, segments, quality, beats, restless: gaps = [] } = signal;
  const { analysed = [{ startS: 0, endS: durationS }] } = signal;
  const time = timeOf(signal);
  const rows = beatRows(beats, time, { out: new Uint8Array(beats.timeS.length), gaps });
  const found = foundInBeats(rows, signal, time, thresholds);
  const bradycardiaBpm = Math.min(SEVERE_BRADYCARDIA_BPM, thresholds.bradycardiaBpm);
  const severe = slowStretches(rows, { ...thresholds, bradycardiaBpm }, durationS);
  const agreed = agreedVerdicts(segments, rows, Object.values(found).flat(), severe);
  return {
    time,
    unreadable: without(analysed, time.readable),
    analysableS: secondsIn(time.readable),
    leads: leadQuality(signal.leads, quality, durationS),
    agreed: { ...agreed, segments: saidLeadsOff(agreed.segments, time.off) },
    unread: unreadSignal(signal, time),
    wide: wideQrs(durationS, signal.qrsWidths ?? [], thresholds),
    asProgram: { rows, found },
  };
}

function timeOf({ durationS, quality, segments, analysed }: AnalysedSignal): ReadableTime {
  const time = readableTime(durationS, quality, segments);
  if (!analysed) return time;
  const rest = without([{ startS: 0, endS: durationS }], analysed);
  return { readable: without(time.readable, rest), off: without(time.off, rest) };
}
