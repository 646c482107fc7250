import { METHODS } from '../../shared/contract';
import { LRUCache } from 'lru-cache';
import {
  createBeatEdits,
  editBeats,
  editedAgain,
  ok,
  type Consequences,
  type EditedBeats,
  type FindingThresholds,
  type KeptCaliper,
  type MovedFiducial,
  type Result,
  type ReviewEdit,
  type ReviewState,
  type Segment,
  type SegmentDecision,
} from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { AnalysedSignal } from '../findings/analysed-signal';
import type { ActOf } from '../findings/by-hand';
import {
  decidedFrom,
  findingsAfter,
  findingsBasis,
  findingsFrom,
  type Findings,
  type FindingsBasis,
} from '../findings/findings';
import { foundAfter } from '../findings/found-after';
import { joined } from '../findings/time-spans';
import { standingBeats, type StandingBeats } from '../findings/standing-beats';
import { settledSegments } from '../findings/settled';
import type { Pool } from '../workers/types';
import { findingsTask } from './findings-task';
import { decidedState, reviewState, type DecidedState } from './review-state';
import type { PlacedFindingDecision, Standing } from './standing';
import type { AnalysisResult } from './store/types';
import type { Trail } from './trail';

/** What a reading is of: an analysis, finished or still running. */
export interface ReviewedAnalysis {
  readonly result: AnalysisResult;
  readonly isDone: boolean;
  readonly modelSha256: string;
}

/** A recording as the program and a reader left it: what every output says comes from here. */
export interface RecordingReading {
  readonly findings: Findings;
  readonly durationS: number;
  readonly beats: StandingBeats;
  /** What beats were made one form by hand, in order. */
  readonly formActs: readonly Extract<ReviewEdit, { kind: 'form-beats' }>[];
  readonly segments: readonly Segment[];
  /** Made, or following from what was decided on the findings. */
  readonly decisions: readonly SegmentDecision[];
  /** Edits of beats in force. */
  readonly editedBeats: number;
  /** Every beat with the act that last set it by hand, and what rejections made of it, [beats]. */
  readonly byHand: { readonly edited: EditedBeats; readonly left: FindingsBasis['left'] };
  /** Marks of the averaged beat of a stretch that were moved by hand. */
  movedFiducials(startS: number, endS: number): MovedFiducial[];
  /** What was measured with the calipers and kept. */
  readonly calipers: readonly KeptCaliper[];
  /** The analysis still runs. */
  readonly soFar: boolean;
  /** @param reader whose undo and redo are meant; null for anybody's */
  state(reader: string | null): ReviewState;
}

export interface Readings {
  /** As of the trail: before a reading leaves this machine. */
  follow(analysisId: string): void;
  /**
   * @param reader whose decisions and corrections; null for those of all, the last of which wins
   * @returns `not-found` for an unknown analysis
   */
  of(analysisId: string, reader?: string | null): Promise<Result<RecordingReading>>;
  /** What is found where so much of the trail stands; `not-found` for an unknown analysis. */
  foundAt(analysisId: string, standing: Standing): Promise<Result<Findings>>;
  /** Whose reading is meant, for `of`: the one asked for, else the asker's own while their second read goes on. */
  whose(analysisId: string, asked: Asked): string | null;
  /** Whether a reader is in a second read, or about to begin one, as a second reader by the settings is everywhere. */
  isApart(analysisId: string, reader: string): boolean;
  /**
   * What another class of beats would change; nothing is kept.
   * @param reader whose decisions and corrections it comes after, as in `of`
   * @returns `not-found` for an unknown analysis
   */
  preview(
    analysisId: string,
    edit: RelabelBeats,
    reader?: string | null,
  ): Promise<Result<Consequences>>;
}

/** Gives beats another class, as families are relabelled. */
type RelabelBeats = Extract<ReviewEdit, { kind: 'relabel-beats' }>;

/** Whose reading a request is about, and who looks. */
export interface Asked {
  readonly reader?: string | null | undefined;
  readonly asker?: string | undefined;
}

export interface ReadingsDependencies {
  readonly trail: Trail;
  /** Null when there is no such analysis. */
  analysis(analysisId: string): ReviewedAnalysis | null;
  thresholds(): FindingThresholds;
  /** Whether whoever reads here reads second, by the settings. */
  secondReader?(): boolean;
  readonly pool: Pool;
}

/** A reader who never acts: their reading is what the program alone found. */
export const NOBODY = '\u0000';

/** From here on a recording is long enough that finding anew what there is would hold up the engine. */
const LONG_BEATS = 20_000;
/** Recordings that are kept read: the open one, by one or two readers, and its neighbours. */
const KEPT = 6;

/** What of a reading is kept as long as its beats and its rejections stay the same. */
interface Kept {
  /** Of what the program found, and by which thresholds: as long as it is the same, findings go on from what they were. */
  readonly material: string;
  readonly foundVersion: number;
  readonly signal: AnalysedSignal;
  readonly editsOf: ReturnType<typeof createBeatEdits>;
  readonly edited: EditedBeats;
  readonly decisions: readonly PlacedFindingDecision[];
  readonly formActs: RecordingReading['formActs'];
  readonly basis: Promise<FindingsBasis>;
  beats?: StandingBeats;
  /** The last that was made of it, which holds as long as no other act comes: one act is followed by a dozen questions. */
  last: {
    readonly standing: Standing;
    readonly sequence: number;
    readonly reading: RecordingReading;
  } | null;
}

export function createReadings({
  trail,
  analysis,
  thresholds,
  secondReader = () => false,
  pool,
}: ReadingsDependencies): Readings {
  const kept = new LRUCache<string, Kept>({ max: KEPT });

  function keptOf(key: string, { result, isDone }: ReviewedAnalysis, standing: Standing): Kept {
    const limits = thresholds();
    const { segments, beats, analysed } = result;
    const material = JSON.stringify([
      segments.length,
      beats.timeS.length,
      isDone,
      analysed,
      limits,
    ]);
    const { foundVersion } = standing;
    const last = kept.get(key);
    const before = last?.material === material ? last : null;
    if (before?.foundVersion === foundVersion) return before;
    const acts = standing.beatActs();
    const editsOf = before?.editsOf ?? createBeatEdits(beats);
    const edited = editsOf(acts);
    const formActs = acts.flatMap(({ edit }) => (edit.kind === 'form-beats' ? [edit] : []));
    const decisions = standing.findingDecisions();
    const signal = before?.signal ?? analysedSignal(result, isDone);
    const basis = basisOf(signal, edited, decisions, before?.basis);
    const made: Kept = {
      ...{ material, foundVersion, signal, editsOf, edited, decisions, formActs, basis },
      last: null,
    };
    kept.set(key, made);
    // What failed is asked for again, not kept.
    basis.catch(() => kept.get(key) === made && kept.delete(key));
    return made;
  }

  /**
   * What is found in beats as they were left. The first time, of a long recording, it is found off the engine's own thread;
   * after an act it goes on from what it was.
   */
  async function basisOf(
    signal: AnalysedSignal,
    { beats, handAt }: EditedBeats,
    decisions: readonly PlacedFindingDecision[],
    last?: Promise<FindingsBasis>,
  ): Promise<FindingsBasis> {
    const reading = { beats: { ...beats, handAt }, decisions };
    const before = await last?.catch(() => null);
    if (before) return findingsAfter(before, signal, reading);
    const input = { signal, thresholds: thresholds(), reading };
    return beats.timeS.length < LONG_BEATS
      ? findingsBasis(signal, input.thresholds, reading)
      : pool.run(findingsTask, input, { lane: METHODS['analysis.findings'].lane });
  }

  const readings: Readings = {
    follow: (analysisId) => trail.follow(analysisId),
    whose(analysisId, { reader, asker }) {
      if (reader !== undefined) return reader;
      return asker !== undefined && readings.isApart(analysisId, asker) ? asker : null;
    },
    isApart(analysisId, reader) {
      const { reads, hasActed } = trail.standing(analysisId);
      return reads.isApart(reader) || (secondReader() && !hasActed(reader));
    },
    async preview(analysisId, edit, reader = null) {
      const reviewed = analysis(analysisId);
      if (!reviewed) return noSuchReading();
      const now = await readings.of(analysisId, reader);
      if (!now.ok) return now;
      const standing = trail.standing(analysisId, reader);
      const placed = { edit, sequence: standing.sequence + 1 };
      const decisions = standing.findingDecisions();
      const known = keptOf(keyOf(analysisId, reader), reviewed, standing);
      const { signal } = known;
      const edited = editedAgain(known.edited, placed);
      const reading = { beats: { ...edited.beats, handAt: edited.handAt }, decisions };
      const basis = foundAfter(await known.basis, signal, reading);
      const by = { reader: '', atMs: 0 };
      // As it is said of what stands: what the edit leaves as it is stays what was made of it.
      const actOf: ActOf = (sequence) => standing.act(sequence) ?? by;
      const { findings, counts } = decidedFrom(basis, decisions, actOf);
      const closed = new Map([...basis.closed.keys()].map((segment) => [segment, by]));
      const settled = settledSegments(basis.segments, findings, closed);
      const made = now.value.decisions.filter((one) => one.settled !== true);
      const flagged = basis.segments.filter(({ verdict }) => verdict === 'Abnormal');
      const before = new Set(now.value.decisions.map(({ segment }) => segment));
      const after = new Set([...made, ...settled].map(({ segment }) => segment));
      return ok({
        before: now.value.findings.counts,
        after: counts,
        segmentsClosed: flagged.filter(({ index }) => !before.has(index) && after.has(index))
          .length,
        segmentsOpened: flagged.filter(({ index }) => before.has(index) && !after.has(index))
          .length,
      });
    },
    async foundAt(analysisId, standing) {
      const reviewed = analysis(analysisId);
      if (!reviewed) return noSuchReading();
      const decisions = standing.findingDecisions();
      const edited = editBeats(reviewed.result.beats, standing.beatActs());
      const signal = analysedSignal(reviewed.result, reviewed.isDone);
      const basis = await basisOf(signal, edited, decisions);
      return ok(findingsFrom(basis, decisions, (sequence) => standing.act(sequence)));
    },
    async of(analysisId, reader = null) {
      const reviewed = analysis(analysisId);
      if (!reviewed) return noSuchReading();
      const standing = trail.standing(analysisId, reader);
      const { foundVersion } = standing;
      const now = keptOf(keyOf(analysisId, reader), reviewed, standing);
      const basis = await now.basis;
      const { sequence } = standing;
      if (now.last?.standing === standing && now.last.sequence === sequence) {
        return ok(now.last.reading);
      }
      // Where another act came meanwhile that changes what is found, this is how it stood before.
      const isCurrent = standing.foundVersion === foundVersion;
      const decisions = isCurrent ? standing.findingDecisions() : now.decisions;
      const actOf = (sequence: number) => standing.act(sequence);
      const findings = findingsFrom(basis, decisions, actOf);
      const closed = new Map(
        [...basis.closed].map(([segment, sequence]) => [
          segment,
          actOf(sequence) ?? standing.beatActs().at(-1) ?? { reader: '', atMs: 0 },
        ]),
      );
      const settled = settledSegments(basis.segments, findings.findings, closed);
      let decided: { readonly asOf: number; readonly state: DecidedState } | null = null;
      /** Asked for by several, and made once as long as no other act comes. */
      const decidedNow = (): DecidedState => {
        const { sequence: asOf } = standing;
        if (decided?.asOf !== asOf) {
          decided = { asOf, state: decidedState(standing, basis.segments, settled) };
        }
        return decided.state;
      };
      const reading: RecordingReading = {
        findings,
        durationS: now.signal.durationS,
        // Asked for by what leaves this machine, and by no act.
        get beats() {
          return (now.beats ??= standingBeats(now.edited.beats, basis.left, basis.beats));
        },
        formActs: now.formActs,
        segments: basis.segments,
        decisions: decidedNow().decisions,
        editedBeats: standing.beatActs().length,
        byHand: { edited: now.edited, left: basis.left },
        movedFiducials: (startS, endS) => standing.movedFiducials(startS, endS),
        calipers: standing.calipers(),
        soFar: !reviewed.isDone,
        state: (by) => ({
          ...reviewState(analysisId, standing, decidedNow(), by),
          apart: by !== null && readings.isApart(analysisId, by),
        }),
      };
      if (isCurrent) now.last = { standing, sequence, reading };
      return ok(reading);
    },
  };
  return readings;
}

const keyOf = (analysisId: string, reader: string | null): string =>
  JSON.stringify([analysisId, reader]);

/** What findings are made of, from a stored or running analysis. */
export function analysedSignal(result: AnalysisResult, isDone: boolean): AnalysedSignal {
  const {
    segments,
    beats,
    episodes,
    quality = null,
    qrsWidths,
    restless,
    origin,
    analysed,
  } = result;
  const lastBeatS = beats.timeS.at(-1) ?? 0;
  return {
    durationS: origin?.durationS ?? segments.at(-1)?.endS ?? 0,
    startClock: origin?.startClock ?? null,
    findsBeats: origin?.findsBeats ?? beats.timeS.length > 0,
    leads: origin?.leads ?? [],
    beats,
    episodes,
    segments,
    quality,
    qrsWidths,
    restless,
    ...(isDone ? {} : { analysed: joined(analysed ?? [{ startS: 0, endS: lastBeatS }]) }),
  };
}

function noSuchReading(): Result<never> {
  return errSaid('not-found', 'failures.noSuchAnalysis');
}
