import { basename } from 'node:path';
import { err, isFlagged, ok, type Result, type Segment, type TimeSpan } from '../../shared/domain';
import { analyseRecord, type AnalyseRecordOptions } from '../analysis/analyse-record';
import type { ModelFiles } from '../inference/types';
import { openAnnotated, type AnnotatedRecording } from '../recordings/open-annotated';
import { personOf } from './databases';
import { isLabelKnown, judgedBeats } from './decided-windows';
import {
  annotatedBeats,
  compareBeats,
  flutterSpans,
  MATCH_WINDOW_S,
  type BeatMatrix,
  type ClassedBeats,
} from './ec57-beats';
import { labelWindows } from './labels';
import { isPaced } from './paced';
import { fibrillationSpans, knownRhythmSpans, shareIn } from './reference-rhythms';
import { wasTrainedOn } from './trained-on';

/** What one model says of a segment. */
export interface Said {
  readonly flagged: boolean;
  readonly probability: number;
  readonly ectopy: number | null;
  readonly af: number | null;
}

/** A segment that both models could read, with what the reference says; null where it does not. */
export interface ComparedSegment {
  readonly startS: number;
  readonly endS: number;
  readonly review: boolean | null;
  readonly ectopy: boolean | null;
  readonly af: boolean | null;
  readonly said: readonly [Said, Said];
}

/** A record as two models see it. */
export interface ComparedRecord {
  readonly record: string;
  readonly patient: string;
  readonly paced: boolean;
  /** Which of the two learned from this very recording. */
  readonly trainedOn: readonly [boolean, boolean];
  /** Null for a model that names no beats. */
  readonly beats: readonly [BeatMatrix | null, BeatMatrix | null];
  readonly segments: readonly ComparedSegment[];
}

export interface CompareRecordOptions extends Pick<
  AnalyseRecordOptions,
  'recordings' | 'pool' | 'inference' | 'settings' | 'signal'
> {
  readonly models: readonly [ModelFiles, ModelFiles];
  /** Extension of the reference annotations. */
  readonly annotator: string;
}

interface Answer {
  readonly segments: ReadonlyMap<string, Segment>;
  readonly beats: ClassedBeats | null;
}

/**
 * Analyses a record with both models as the viewer would, and sets the reference beside the answers: segments of the
 * plain grid.
 * @returns the first failure of recording, annotations or either analysis
 */
export async function compareRecord(
  path: string,
  options: CompareRecordOptions,
): Promise<Result<ComparedRecord>> {
  const opened = await openAnnotated(path, options.annotator);
  if (!opened.ok) return opened;
  try {
    const [first, second] = options.models;
    const one = await answerOf(path, first, options);
    if (!one.ok) return one;
    const other = await answerOf(path, second, options);
    if (!other.ok) return other;
    const segments = comparedSegments(opened.value, first, [one.value, other.value]);
    if (segments.length === 0)
      return err('bad-signal', `${basename(path)}: no segment can be read by both models.`);
    const { recording, annotations, decided } = opened.value;
    const matrix = ({ beats }: Answer) => beats && matrixOf(opened.value, beats);
    return ok({
      record: recording.name,
      patient: decided?.patient ?? personOf(recording),
      paced: isPaced(annotations),
      trainedOn: [await wasTrainedOn(first, recording), await wasTrainedOn(second, recording)],
      beats: [matrix(one.value), matrix(other.value)],
      segments,
    });
  } finally {
    await opened.value.recording.close();
  }
}

async function answerOf(
  path: string,
  model: ModelFiles,
  { annotator: _, models: __, ...how }: CompareRecordOptions,
): Promise<Result<Answer>> {
  const analysed = await analyseRecord({ ...how, path, model, lead: null });
  if (!analysed.ok) return analysed;
  const { result, findings } = analysed.value;
  return ok({
    segments: new Map(findings.segments.map((segment) => [keyOf(segment.startS), segment])),
    beats: model.card.kind === 'beat-attention' ? result.beats : null,
  });
}

/** Times of two grids are the same but for rounding. */
function keyOf(startS: number): string {
  return startS.toFixed(3);
}

function matrixOf({ annotations, rateHz, decided }: AnnotatedRecording, beats: ClassedBeats) {
  const reference = annotatedBeats(annotations, rateHz);
  const judged = judgedBeats(beats, reference, decided, MATCH_WINDOW_S);
  return compareBeats(reference, judged, { flutter: flutterSpans(annotations, rateHz) });
}

function comparedSegments(
  { recording, annotations, rateHz, decided }: AnnotatedRecording,
  { card }: ModelFiles,
  [one, other]: readonly [Answer, Answer],
): ComparedSegment[] {
  const windowS = card.windowSamples / card.samplingRateHz;
  const hopS = card.hopSamples / card.samplingRateHz;
  const count = Math.max(0, Math.floor((recording.durationS - windowS) / hopS + 1e-6) + 1);
  const starts = Array.from({ length: count }, (_, i) => i * hopS);
  const labels = labelWindows(
    annotations,
    starts.map((startS) => Math.round(startS * rateHz)),
    Math.round(windowS * rateHz),
  );
  const rhythm = knownRhythm(annotations, rateHz);
  return starts.flatMap((startS, i): ComparedSegment[] => {
    const span = { startS, endS: startS + windowS };
    const said = [one, other].map(({ segments }) => saidOf(segments.get(keyOf(startS))));
    if (!said[0] || !said[1]) return [];
    const label = labels[i];
    const of = (scheme: 'review' | 'ectopy'): boolean | null =>
      label && isLabelKnown(label, span, decided, scheme) ? label[scheme] === 'Abnormal' : null;
    const af = rhythm && fibrillates(rhythm, span);
    return [{ ...span, review: of('review'), ectopy: of('ectopy'), af, said: [said[0], said[1]] }];
  });
}

function saidOf(segment: Segment | undefined): Said | null {
  if (!segment || segment.probability === null) return null;
  const { probability, ectopy = null, af = null } = segment;
  return { flagged: isFlagged(segment), probability, ectopy, af };
}

interface KnownRhythm {
  readonly named: readonly TimeSpan[];
  readonly fibrillating: readonly TimeSpan[];
}

/** Null for a record that says nothing of rhythm. */
function knownRhythm(
  annotations: AnnotatedRecording['annotations'],
  rateHz: number,
): KnownRhythm | null {
  const named = knownRhythmSpans(annotations, rateHz);
  return named.length > 0 ? { named, fibrillating: fibrillationSpans(annotations, rateHz) } : null;
}

/** Whether most of a stretch fibrillates; null where its rhythm is not known throughout. */
function fibrillates({ named, fibrillating }: KnownRhythm, span: TimeSpan): boolean | null {
  if (shareIn(fibrillating, span) > 0.5) return true;
  return shareIn(named, span) > 0.5 ? false : null;
}
