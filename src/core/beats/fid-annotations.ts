import {
  BEAT_CLASSES,
  caliperName,
  caliperValues,
  rateSaid,
  type BeatColumns,
  type Finding,
  type KeptCaliper,
  type RhythmEpisode,
  type Segment,
  type SegmentDecision,
} from '../../shared/domain';
import { english } from '../../shared/words';
import { MAX_AUX_BYTES } from '../formats/wfdb';
import type { Annotation } from '../formats/wfdb/types';
import type { AnnotationClock } from '../recordings/annotation-clock';

/** What an annotation file of annotator `fid` says. Everything but the beats may be left out. */
export interface FidContent {
  readonly beats: Pick<BeatColumns, 'timeS' | 'beatClass'>;
  readonly episodes?: readonly RhythmEpisode[];
  /** Segments that are not Normal, and those decided on, get a comment annotation. */
  readonly segments?: readonly Segment[];
  readonly decisions?: readonly SegmentDecision[];
  /** Get a comment each with the reader's decision, but for single beats, which the beats say. */
  readonly findings?: readonly Finding[];
  /** Get a comment each at their first edge. */
  readonly calipers?: readonly KeptCaliper[];
  /** Of the recording, for marks that were set in one of them. */
  readonly leads?: readonly { readonly name: string }[];
}

/**
 * Beats, rhythm changes and verdicts as WFDB annotations, in time order with no two on one sample (WFDB's `sortann`
 * keeps only one of them).
 *
 * Beats carry their AAMI class as symbol: N S V F Q. An episode begins with `+` and its rhythm, and ends with `+` and
 * `(N`. A comment (`"`) at the start of a segment gives verdict, probability, and the reader's decision and note.
 * @param clock how the recording's annotations count; nothing is placed beyond its end
 */
export function fidAnnotations(
  content: FidContent,
  { rateHz, samples }: Pick<AnnotationClock, 'rateHz' | 'samples'>,
): Annotation[] {
  const { beats, episodes = [], segments = [], decisions = [], findings = [] } = content;
  const { calipers = [], leads = [] } = content;
  const last = Math.max(0, samples - 1);
  const toSample = (timeS: number): number =>
    Math.min(last, Math.max(0, Math.round(timeS * rateHz)));
  const placed = new Map<number, Annotation>();
  const put = (sample: number, symbol: string, aux: string): void => {
    // The nearest free sample: later, or earlier at the very end.
    let free = sample;
    while (placed.has(free) && free < last) free++;
    while (placed.has(free) && free > 0) free--;
    if (!placed.has(free)) {
      placed.set(free, { sample: free, symbol, subtype: 0, chan: 0, num: 0, aux });
    }
  };

  beats.timeS.forEach((timeS, i) => {
    const sample = toSample(timeS);
    if (!placed.has(sample)) put(sample, BEAT_CLASSES[beats.beatClass[i]!] ?? 'Q', '');
  });
  for (const { sample, rhythm } of rhythmChanges(episodes, toSample, last))
    put(sample, '+', rhythm);
  const decided = new Map(decisions.map((decision) => [decision.segment, decision]));
  for (const segment of segments) {
    const decision = decided.get(segment.index) ?? null;
    if (segment.verdict === 'Normal' && !isDecided(decision)) continue;
    put(toSample(segment.startS), '"', comment(segment, decision));
  }
  for (const finding of findings) {
    if (finding.beats !== 1) put(toSample(finding.startS), '"', findingComment(finding));
  }
  for (const mark of calipers) put(toSample(mark.startS), '"', markComment(mark, leads));
  return [...placed.values()].sort((a, b) => a.sample - b.sample);
}

/** Beginnings of episodes, and `(N` where one ends that no other follows at once. */
function rhythmChanges(
  episodes: readonly RhythmEpisode[],
  toSample: (timeS: number) => number,
  last: number,
): { sample: number; rhythm: string }[] {
  const spans = episodes
    .map(({ startS, endS, rhythm }) => ({ start: toSample(startS), end: toSample(endS), rhythm }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start);
  if (spans.length === 0) return [];
  const changes: { sample: number; rhythm: string }[] = [];
  if (spans[0]!.start > 0) changes.push({ sample: 0, rhythm: '(N' });
  spans.forEach(({ start, end, rhythm }, i) => {
    changes.push({ sample: start, rhythm: rhythm.startsWith('(') ? rhythm : `(${rhythm}` });
    const next = spans[i + 1]?.start ?? Infinity;
    if (next > end && end < last) changes.push({ sample: end, rhythm: '(N' });
  });
  return changes;
}

function isDecided(decision: SegmentDecision | null): decision is SegmentDecision {
  return decision !== null && decision.decision !== 'none';
}

/** `Abnormal 0.93; overrule by reader: baseline wander`, `Unreadable: flat`. */
function comment(segment: Segment, decision: SegmentDecision | null): string {
  const parts: string[] = [segment.verdict];
  if (segment.probability !== null) parts.push(` ${segment.probability.toFixed(2)}`);
  if (segment.reason !== null) parts.push(`: ${segment.reason}`);
  if (isDecided(decision)) {
    parts.push(`; ${decision.decision} by ${decision.reader}`);
    if (decision.note !== '') parts.push(`: ${decision.note}`);
  }
  return printable(parts.join(''));
}

/** `ventricular-tachycardia, 4 beats, 159 bpm; confirmed by reader: note`, `pause, 2.4 s; open`. */
function findingComment({ kind, beats, rateBpm, durationS, state, reader, note }: Finding): string {
  const measures = [
    kind,
    ...(beats > 0 ? [`${beats} beats`] : [`${durationS.toFixed(1)} s`]),
    ...(rateBpm === null ? [] : [rateSaid(kind, rateBpm.toFixed(0))]),
  ];
  const by = state === 'open' ? state : `${state} by ${reader ?? ''}`;
  return printable(`${measures.join(', ')}; ${by}${note === '' ? '' : `: ${note}`}`);
}

/** `QT 388 ms, QTcF 422 ms, QTcB 439 ms, RR 770 ms; measured by reader in MLII`. */
function markComment(mark: KeptCaliper, leads: NonNullable<FidContent['leads']>): string {
  const said = `${caliperName(mark, english)} ${caliperValues(mark, english).join(', ')}`;
  const lead = mark.lead === null ? undefined : leads[mark.lead];
  const where = lead ? ` in ${lead.name.trim()}` : '';
  return printable(`${said}; measured by ${mark.reader}${where}`);
}

const CUT = '…';
/** Such texts are written with a byte a character where they need it. */
const LATIN_1 = /^[\u0020-\u00ff]*$/;

/**
 * A comment as WFDB can hold it. A control character would end the text for some of its tools, and what is longer than its
 * length byte can tell is cut, with `…` at its end: the whole note is in the review that `fiducial review` exports.
 */
function printable(text: string): string {
  const plain = text.replaceAll(/\p{Cc}+/gu, ' ');
  const encoder = new TextEncoder();
  const fits = encoder.encode(plain).length <= MAX_AUX_BYTES;
  if (fits || (plain.length <= MAX_AUX_BYTES && LATIN_1.test(plain))) return plain;
  const room = MAX_AUX_BYTES - encoder.encode(CUT).length;
  const { read } = encoder.encodeInto(plain, new Uint8Array(room));
  return plain.slice(0, read) + CUT;
}
