import type { Handlers } from '../../shared/contract';
import {
  err,
  ok,
  segmentColumns,
  type Result,
  type ReviewEdit,
  type ReviewState,
  type Teaching,
} from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { Findings } from '../findings/findings';
import { worklistFigures } from '../findings/worklist-figures';
import { createChangedAnswers } from '../base/changed-answers';
import { wrongInEdit } from './check-edit';
import { compareReads } from './compare-reads';
import type { Readings, RecordingReading, ReviewedAnalysis } from './readings';
import { toldTo } from './review-state';
import type { ReviewCounts } from './store/types';
import { retryStore } from './store/retry-store';
import { storeResult } from './store/store-failure';
import type { Author, Trail } from './trail';

export interface ReviewDependencies {
  readonly trail: Trail;
  readonly readings: Readings;
  /** Null when there is no such analysis. */
  analysis(analysisId: string): ReviewedAnalysis | null;
  putCounts(analysisId: string, counts: ReviewCounts): void;
  /** What reading the recording would teach a network; null for an analysis that is gone. */
  teaching(analysisId: string, findings: Findings): Promise<Teaching | null>;
  /** Told after a change was stored, so that the worklist's counters and other pages follow. */
  changed(analysisId: string, sequence: number): void;
}

export interface Reviews {
  readonly handlers: Pick<
    Handlers,
    | 'analysis.findings'
    | 'analysis.findingsSince'
    | 'analysis.segments'
    | 'review.decide'
    | 'review.compare'
    | 'review.undo'
    | 'review.history'
    | 'review.summary'
  >;
  /** Counts a finished analysis for the worklist. */
  count(analysisId: string): Promise<void>;
}

type Append = (by: Author) => Promise<Result<void>> | Result<void>;

/** Findings, decisions, their undo and their history. A reply with `ok` means that the change is on disk. */
export function createReviews({
  trail,
  readings,
  analysis,
  putCounts,
  teaching: teachingOf,
  changed,
}: ReviewDependencies): Reviews {
  const counted = async (analysisId: string, reading: RecordingReading): Promise<void> => {
    if (reading.soFar) return;
    const { counts: done, secondReads = [] } = reading.state(null);
    const { flagged, decided } = done;
    const { sequence } = trail.standing(analysisId);
    const teaching = await teachingOf(analysisId, reading.findings);
    const { needReader } = reading.findings.counts;
    const figures = {
      ...worklistFigures(reading.findings, reading.durationS),
      ...(teaching && { teaching }),
      ...(secondReads.length === 0 ? {} : { secondReads }),
    };
    const counts = { sequence, flagged, decided, needReader, figures };
    // Counts that could not be kept are counted again: no decision fails for them.
    storeResult(() => ok(putCounts(analysisId, counts)));
  };

  const tell = (analysisId: string): void =>
    changed(analysisId, trail.standing(analysisId).sequence);

  /** The last change of each analysis: one that comes while another is at work waits for it. */
  const last = new Map<string, Promise<unknown>>();

  /** Appends to the trail, and says how it stands then. */
  function change(
    analysisId: string,
    reader: string,
    append: Append,
  ): Promise<Result<ReviewState>> {
    const before = last.get(analysisId) ?? Promise.resolve();
    const mine = before.then(() => changeNow(analysisId, reader, append));
    const settled = mine.catch(() => undefined);
    last.set(analysisId, settled);
    void settled.then(() => last.get(analysisId) === settled && last.delete(analysisId));
    return mine;
  }

  async function changeNow(
    analysisId: string,
    reader: string,
    append: Append,
  ): Promise<Result<ReviewState>> {
    const reviewed = analysis(analysisId);
    if (!reviewed) return noSuchAnalysis(analysisId);
    const { modelSha256 } = reviewed;
    const appended = await retryStore(() => append({ reader, modelSha256 }));
    if (!appended.ok) return appended;
    const reading = await readings.of(analysisId);
    if (!reading.ok) return reading;
    await counted(analysisId, reading.value);
    tell(analysisId);
    const own = apart(analysisId, reader);
    // The reading of all is what it was a moment ago: nobody else changes it before the next change has its turn.
    return own === null ? ok(reading.value.state(reader)) : stateFor(analysisId, reader, own);
  }

  /** A reader whose second read goes on, null for anybody else: they are shown their own alone. */
  const apart = (analysisId: string, reader: string | null): string | null =>
    readings.whose(analysisId, reader === null ? {} : { asker: reader });

  /** The first act of a second reader begins their read. */
  function beginsSecond(analysisId: string, edit: ReviewEdit, reader: string): boolean {
    const isBegun = trail.standing(analysisId).reads.isApart(reader);
    return !isBegun && edit.kind !== 'second-read' && apart(analysisId, reader) !== null;
  }

  async function stateFor(
    analysisId: string,
    reader: string | null,
    of: string | null = apart(analysisId, reader),
  ): Promise<Result<ReviewState>> {
    const reading = await readings.of(analysisId, of);
    return reading.ok ? ok(reading.value.state(reader)) : reading;
  }

  const changedFindings = createChangedAnswers();
  const changedDecisions = createChangedAnswers();
  /** For somebody who has some of it at hand. */
  function told(
    state: ReviewState,
    {
      knowsActs,
      knowsDecided,
    }: { knowsActs?: number | undefined; knowsDecided?: string | undefined },
    own: ReviewEdit | null = null,
  ): Result<ReviewState> {
    const answer = toldTo(state, knowsActs, own);
    if (knowsDecided === undefined) return ok(answer);
    return ok({
      ...answer,
      decisions: [],
      decided: changedDecisions(state.decisions, knowsDecided),
    });
  }
  const findingsFor: Handlers['analysis.findings'] = async ({ analysisId, ...asked }) => {
    const reading = await readings.of(analysisId, readings.whose(analysisId, asked));
    if (!reading.ok) return reading;
    const { findings, soFar } = reading.value;
    return ok({
      findings: [...findings.findings],
      counts: findings.counts,
      beats: {
        timeS: findings.beats.timeS,
        beatClass: findings.beats.beatClass,
        follows: findings.beats.follows,
      },
      heartRate: findings.heartRate,
      trend: findings.trend,
      hrv: findings.hrv,
      hours: [...findings.hours],
      leads: [...findings.leads],
      analysableS: findings.analysableS,
      unreadable: [...findings.unreadable],
      thresholds: findings.thresholds,
      soFar,
    });
  };

  return {
    async count(analysisId) {
      const reading = await readings.of(analysisId);
      if (!reading.ok) return;
      await counted(analysisId, reading.value);
      tell(analysisId);
    },
    handlers: {
      'analysis.findings': findingsFor,
      async 'analysis.findingsSince'({ knows, ...asked }, context) {
        const found = await findingsFor(asked, context);
        return found.ok ? ok(changedFindings(found.value, knows)) : found;
      },
      async 'analysis.segments'({ analysisId }) {
        const reading = await readings.of(analysisId);
        return reading.ok ? ok({ segments: segmentColumns(reading.value.segments) }) : reading;
      },
      async 'review.decide'({ analysisId, edit, reader, ...knows }) {
        const changed = await change(analysisId, reader, async (by) => {
          const known = await knownEdit(analysisId, edit, reader);
          if (!known.ok) return known;
          return beginsSecond(analysisId, edit, reader)
            ? trail.editAsSecond(analysisId, known.value, by)
            : trail.edit(analysisId, known.value, by);
        });
        return changed.ok ? told(changed.value, knows, edit) : changed;
      },
      async 'review.undo'({ analysisId, redo, reader, ...knows }) {
        const changed = await change(analysisId, reader, (by) =>
          redo ? trail.redo(analysisId, by) : trail.undo(analysisId, by),
        );
        return changed.ok ? told(changed.value, knows) : changed;
      },
      'review.compare': async ({ analysisId, second = null, asker }) =>
        asker !== undefined && readings.isApart(analysisId, asker)
          ? errSaid('conflict', 'failures.finishOwnFirst')
          : compareReads(analysisId, second, { trail, readings }),
      async 'review.history'({ analysisId, reader = null }) {
        if (!analysis(analysisId)) return noSuchAnalysis(analysisId);
        const own = apart(analysisId, reader);
        const events = trail.events(analysisId);
        return ok({ events: own === null ? events : events.filter((one) => one.reader === own) });
      },
      async 'review.summary'({ analysisId, reader = null, of, ...knows }) {
        const state = await stateFor(analysisId, reader, of);
        return state.ok ? told(state.value, knows) : state;
      },
    },
  };

  /**
   * The edit, about things that there are: a finding is decided on where it lies now.
   * @returns `bad-input` where it is about a segment, a time or a finding that there is not, or a signature
   */
  async function knownEdit(
    analysisId: string,
    edit: ReviewEdit,
    reader: string,
  ): Promise<Result<ReviewEdit>> {
    if (edit.kind === 'sign-report') {
      return err('bad-input', 'A report is signed by report.sign, as it then says what is signed.');
    }
    const reading = await readings.of(analysisId, apart(analysisId, reader));
    if (!reading.ok) return reading;
    if (edit.kind !== 'decide-findings') {
      const { segments, durationS } = reading.value;
      const wrong = wrongInEdit(edit, { segments: segments.length, durationS });
      return wrong === null ? ok(edit) : errSaid('bad-input', 'files.editRefused', { wrong });
    }
    const asked = new Set(edit.findings.map(({ id }) => id));
    const found = reading.value.findings.findings.filter(({ id }) => asked.delete(id));
    const [unknown] = asked;
    if (unknown !== undefined && edit.adjudicates) {
      // What one read has no more: that it is none can be kept, not that it is one.
      return edit.decision === 'reject'
        ? ok(edit)
        : errSaid('conflict', 'failures.otherBeatsThere');
    }
    return unknown === undefined
      ? ok({
          ...edit,
          findings: found.map(({ id, kind, startS, endS }) => ({ id, kind, startS, endS })),
        })
      : errSaid('bad-input', 'failures.noSuchFinding', { id: unknown });
  }
}

function noSuchAnalysis(analysisId: string): Result<never> {
  return errSaid('not-found', 'failures.noAnalysisNamed', { id: analysisId });
}
