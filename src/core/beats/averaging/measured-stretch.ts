import {
  BEAT_CLASSES,
  millivoltsPerUnit,
  ok,
  type BeatColumns,
  type Result,
  type TimeSpan,
} from '../../../shared/domain';
import type { OpenRecording } from '../../formats/open-recording';
import { leadsOf } from '../../recordings/recording-info';
import { qrsLeads } from '../qrs-leads';
import type { MeasuredLead, MeasureInput } from './measure';
import { withoutHum } from './without-hum';

/** A lead that is missing for longer than this share of the stretch is not measured. */
const MOST_MISSING = 0.1;
/** A beat fits into missing signal that is as long. */
const HIDES_A_BEAT_S = 0.1;
const NORMAL = BEAT_CLASSES.indexOf('N');

/**
 * The samples of a stretch in every ECG lead of one rate, without hum of the mains, with its beats.
 * @returns `unsupported` without an ECG lead
 */
export async function measuredStretch(
  recording: OpenRecording,
  beats: Pick<BeatColumns, 'timeS' | 'beatClass'>,
  { startS, endS }: TimeSpan,
): Promise<Result<Omit<MeasureInput, 'isPaced'>>> {
  const usable = qrsLeads(recording);
  if (!usable.ok) return usable;
  const { rateHz, signals } = usable.value;
  const first = Math.round(startS * rateHz);
  const names = leadsOf(recording);
  const leads: MeasuredLead[] = [];
  const fromS = first / rateHz;
  const own = Array.from(beats.timeS.keys()).filter(
    (beat) => beats.timeS[beat]! >= fromS && beats.timeS[beat]! < endS,
  );
  const timeS = Float64Array.from(own, (beat) => beats.timeS[beat]! - fromS);
  const follows = new Uint8Array(timeS.length);
  for (const index of signals) {
    const read = await recording.readPhysical(index, first, Math.round(endS * rateHz));
    if (!read.ok) return read;
    const { name, units } = names[index]!;
    const scale = millivoltsPerUnit(units) ?? 1;
    markRead(follows, timeS, read.value, rateHz);
    const missing = read.value.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
    if (missing > MOST_MISSING * read.value.length) continue;
    const mv = read.value.map((value) => value * scale);
    leads.push({ index, name, samples: withoutHum(mv, rateHz) });
  }
  return ok({
    startS,
    endS,
    leads,
    rateHz,
    timeS,
    follows,
    isNormal: Uint8Array.from(own, (beat) => (beats.beatClass[beat] === NORMAL ? 1 : 0)),
  });
}

/** Marks beats that follow on the one before without missing signal into which another would fit, in this lead. */
function markRead(
  follows: Uint8Array,
  timeS: Float64Array,
  samples: Float64Array,
  rateHz: number,
): void {
  const most = HIDES_A_BEAT_S * rateHz;
  for (let beat = 1; beat < timeS.length; beat++) {
    const [from, to] = [timeS[beat - 1]!, timeS[beat]!].map((time) => Math.round(time * rateHz));
    let run = 0;
    let longest = 0;
    for (let k = from!; k < to!; k++) {
      run = Number.isNaN(samples[k]) ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    if (longest < most) follows[beat] = 1;
  }
}
