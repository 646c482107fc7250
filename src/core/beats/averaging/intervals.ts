import {
  canonicalLeadName,
  qtcBazettMs,
  qtcFridericiaMs,
  type AveragedBeat,
  type Fiducials,
  type Intervals,
} from '../../../shared/domain';

/** Where the level that ST and areas are measured against ends: so long before the onset of QRS it is taken. */
const LEVEL_MS = 16;

/** Intervals of an averaged beat by its marks. What a mark that is not there would give is null. */
export function intervalsOf(
  beat: AveragedBeat,
  fiducials: Fiducials,
  rrMs: number | null,
): Intervals {
  const between = (from: number | null, to: number | null): number | null =>
    from === null || to === null ? null : to - from;
  const qtMs = between(fiducials.qrsOnset, fiducials.tEnd);
  const isCorrected = qtMs !== null && rrMs !== null;
  return {
    rateBpm: rrMs === null ? null : 60_000 / rrMs,
    rrMs,
    pMs: between(fiducials.pOnset, fiducials.pEnd),
    prMs: between(fiducials.pOnset, fiducials.qrsOnset),
    qrsMs: between(fiducials.qrsOnset, fiducials.qrsEnd),
    qtMs,
    qtcBazettMs: isCorrected ? qtcBazettMs(qtMs, rrMs) : null,
    qtcFridericiaMs: isCorrected ? qtcFridericiaMs(qtMs, rrMs) : null,
    qrsAxisDeg: qrsAxisDeg(beat, fiducials),
  };
}

/**
 * Frontal axis of QRS from its net areas in I and aVF, degrees: 0 to the left, 90 down. aVF counts 2 / sqrt(3): an
 * augmented lead shows sqrt(3) / 2 of what a bipolar one does (Novosel D, Noll G, Luscher TF, "Corrected formula for the
 * calculation of the electrical heart axis", Croat Med J 1999; 40:77-79).
 */
function qrsAxisDeg(beat: AveragedBeat, fiducials: Fiducials): number | null {
  const i = qrsArea(beat, fiducials, 'I');
  const avf = qrsArea(beat, fiducials, 'aVF');
  if (i === null || avf === null || (i === 0 && avf === 0)) return null;
  return (Math.atan2((2 / Math.sqrt(3)) * avf, i) * 180) / Math.PI;
}

function qrsArea(beat: AveragedBeat, { qrsOnset, qrsEnd }: Fiducials, name: string): number | null {
  const lead = beat.leads.find((own) => canonicalLeadName(own.name) === name);
  if (!lead || qrsOnset === null || qrsEnd === null) return null;
  const level = levelMv(lead.valuesMv, beat, qrsOnset);
  const [from, to] = [sampleOf(beat, qrsOnset), sampleOf(beat, qrsEnd)];
  let area = 0;
  for (let i = from; i <= to; i++) area += (lead.valuesMv[i] ?? level) - level;
  return area;
}

/** Level just before the onset of QRS, to which ST is measured. */
export function levelMv(
  values: Float32Array | Float64Array,
  beat: Pick<AveragedBeat, 'rateHz' | 'peakAt'>,
  qrsOnset: number,
): number {
  const to = sampleOf(beat, qrsOnset);
  const from = Math.max(0, sampleOf(beat, qrsOnset - LEVEL_MS));
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  return to > from ? sum / (to - from) : (values[from] ?? 0);
}

/** The signal so long after the end of QRS, against the level before QRS; null past the end of the beat. */
export function stMv(
  values: Float32Array,
  beat: Pick<AveragedBeat, 'rateHz' | 'peakAt'>,
  { qrsOnset, qrsEnd }: Fiducials,
  afterMs: number,
): number | null {
  if (qrsOnset === null || qrsEnd === null) return null;
  const value = values[sampleOf(beat, qrsEnd + afterMs)];
  return value === undefined ? null : value - levelMv(values, beat, qrsOnset);
}

function sampleOf({ rateHz, peakAt }: Pick<AveragedBeat, 'rateHz' | 'peakAt'>, ms: number): number {
  return Math.round(peakAt + (ms * rateHz) / 1000);
}
