import { ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { openRecording } from '../formats/list';
import type { OpenRecording } from '../formats/open-recording';
import { OWN_MNEMONICS } from '../formats/wfdb/annotations/parse';
import { readDecidedOnly, type DecidedOnly } from './decided-only';
import { leadsOf } from './recording-info';

/** One annotation of a reference, placed in samples of the rate that it is given with. */
export interface ReferenceAnnotation {
  readonly sample: number;
  /** Mnemonic, as in `N`, `V`, `+`. */
  readonly symbol: string;
  /** Rhythm of a `+`, as in `(AFIB`; empty where none. */
  readonly aux: string;
}

/** A recording and the annotations that belong to it. */
export interface AnnotatedRecording {
  /** To be closed by the caller. */
  readonly recording: OpenRecording;
  /** In time order. */
  readonly annotations: readonly ReferenceAnnotation[];
  /** Samples per second that the annotations count in. */
  readonly rateHz: number;
  /** Where the annotations are what readers decided and no whole reference, what that covers; else null. */
  readonly decided: DecidedOnly | null;
}

/**
 * Opens a recording that has to be annotated.
 * @param path absolute path of the recording
 * @param annotator source of the annotations, as in `atr`
 * @returns the first failure of recording, annotations or their mask; `bad-annotation` where beats have mnemonics of the
 *   file's own: counted as what the standard calls them they would be other beats, and left out they would be missed
 */
export async function openAnnotated(
  path: string,
  annotator: string,
): Promise<Result<AnnotatedRecording>> {
  const opened = await openRecording(path);
  if (!opened.ok) return opened;
  const recording = opened.value;
  const read = await recording.annotations(annotator);
  if (!read.ok) {
    await recording.close();
    return read;
  }
  const own = read.value.warnings.find(({ code }) => code === OWN_MNEMONICS);
  if (own) {
    await recording.close();
    return errSaid('bad-annotation', 'failures.noReference', { why: own });
  }
  const decided = await readDecidedOnly(recording.path, recording.comments);
  if (!decided.ok) {
    await recording.close();
    return decided;
  }
  const { timeS, symbol, aux } = read.value;
  const rateHz = leadsOf(recording).find((lead) => lead.isEcg)?.samplingRateHz ?? 1000;
  const annotations = symbol
    .map((own, i) => ({ sample: Math.round(timeS[i]! * rateHz), symbol: own, aux: aux[i]! }))
    .sort((a, b) => a.sample - b.sample);
  return ok({ recording, annotations, rateHz, decided: decided.value });
}
