import { detectRecord } from '../../beats/detect-record';
import { delineateSamples, type BeatMarks } from '../../beats/delineation';
import { qrsLeads } from '../../beats/qrs-leads';
import type { OpenRecording } from '../../formats/open-recording';
import { err, ok, type Result } from '../../../shared/domain';
import { compareMarks, type ComparedMarks } from './compare-marks';
import { markedWaves, type MarkedWave } from './reference-marks';

/** Annotator of the QT database's first reader, all of its records. */
const FIRST_READER = 'q1c';
/** Signal read before and after what is marked: beats there bear out those at its edge. */
const MARGIN_S = 10;

/** Marks by hand, of one lead (`lead` is its index) or of the whole beat. */
interface MarkedSource {
  readonly annotator: string;
  readonly lead: number | null;
  readonly waves: readonly MarkedWave[];
}

export interface ComparedSource extends ComparedMarks {
  readonly annotator: string;
}

/**
 * Delineates one record where it is marked by hand and compares. Where there is an annotator for each lead, named as the
 * lead is (LUDB), each lead is compared with its own; else marks over all leads with those of one annotator.
 * @param annotator that annotator; null for the leads' own, or `q1c`
 * @returns `not-found` without marks by hand, and the first failure of signal or annotations
 */
export async function compareRecordMarks(
  recording: OpenRecording,
  annotator: string | null,
  signal?: AbortSignal,
): Promise<Result<ComparedSource[]>> {
  const sources = await markedSources(recording, annotator);
  if (!sources.ok) return sources;
  const leads = qrsLeads(recording);
  if (!leads.ok) return leads;
  const beats = await detectRecord(recording, signal ? { signal } : {});
  if (!beats.ok) return beats;
  const { rateHz, signals } = leads.value;
  const marked = sources.value.flatMap(({ waves }) => waves.map(({ peakS }) => peakS));
  const first = Math.max(0, Math.floor((Math.min(...marked) - MARGIN_S) * rateHz));
  const last = Math.ceil((Math.max(...marked) + MARGIN_S) * rateHz);
  const fromS = first / rateHz;
  const samples: Float64Array[] = [];
  for (const index of signals) {
    const read = await recording.readPhysical(index, first, last);
    if (!read.ok) return read;
    samples.push(read.value);
  }
  const untilS = fromS + (samples[0]?.length ?? 0) / rateHz;
  const timeS = Float64Array.from(beats.value, (beat) => beat.timeS - fromS).filter(
    (time) => time >= 0 && time < untilS - fromS,
  );
  const found = delineateSamples(samples, rateHz, timeS);
  return ok(
    sources.value.flatMap(({ annotator: own, lead, waves }) => {
      const marks: BeatMarks | undefined =
        lead === null ? found.all : found.leads[signals.indexOf(lead)];
      if (!marks) return [];
      const shifted = waves.map((wave) => ({
        ...wave,
        onsetS: wave.onsetS - fromS,
        peakS: wave.peakS - fromS,
        endS: wave.endS - fromS,
      }));
      return [{ annotator: own, ...compareMarks(marks, timeS, shifted) }];
    }),
  );
}

/** Annotators of the waves that a recording is compared with. @param annotator as of `compareRecordMarks` */
export async function markedAnnotators(
  recording: OpenRecording,
  annotator: string | null,
): Promise<readonly { readonly annotator: string; readonly lead: number | null }[]> {
  const there = await recording.annotators();
  const ofLeads = recording.leads.flatMap(({ name, index }) => {
    const own = there.find((source) => source.toLowerCase() === name.toLowerCase());
    return own === undefined ? [] : [{ annotator: own, lead: index }];
  });
  return annotator === null && ofLeads.length > 0
    ? ofLeads
    : [{ annotator: annotator ?? FIRST_READER, lead: null }];
}

async function markedSources(
  recording: OpenRecording,
  annotator: string | null,
): Promise<Result<MarkedSource[]>> {
  const sources: MarkedSource[] = [];
  for (const source of await markedAnnotators(recording, annotator)) {
    const read = await recording.annotations(source.annotator);
    if (!read.ok) return read;
    const waves = markedWaves(read.value);
    if (waves.length > 0) sources.push({ ...source, waves });
  }
  return sources.length > 0
    ? ok(sources)
    : err('not-found', `${recording.name} has no waves marked by hand.`);
}
