import { removeTemporaryFolder, temporaryFolder } from '../../base/temporary-folders';
import { err, ok, type Failure, type Result } from '../../../shared/domain';
import { eachRecord } from '../each-record';
import { table } from '../text-report';
import {
  judgeOverlays,
  JUDGED_OVERLAYS,
  type JudgedSegment,
  type OverlayName,
} from './explain-overlays';
import type { ExplainOptions } from './beat-explain-report';
import { shuffledModel } from './shuffled-model';

/** Figures of one overlay over a group of segments. */
export interface OverlaySummary {
  readonly topDropLogit: number;
  readonly randomDropLogit: number;
  readonly faithfulShare: number;
}

/** The same over mixed segments, with what a reference can say of them. */
export interface MixedSummary extends OverlaySummary {
  readonly pointing: number;
  readonly shuffledPointing: number;
  readonly shuffledRankCorrelation: number;
}

/** Figures of `evaluate --explain` for a segment model. */
export interface OverlayReport {
  readonly model: string;
  readonly mixed: { readonly segments: number; readonly chance: number } & Readonly<
    Record<OverlayName, MixedSummary>
  >;
  readonly flagged: { readonly segments: number } & Readonly<Record<OverlayName, OverlaySummary>>;
  /** The overlay that is faithful in more of the flagged segments; of equals, the one whose drop is larger. */
  readonly better: OverlayName;
  readonly problems: readonly Failure[];
}

/** Measures, over annotated records, how far the overlays of a segment model can be trusted. */
export async function explainSegmentRecords(
  options: ExplainOptions,
): Promise<Result<OverlayReport>> {
  const { paths, model, onRecord, ...rest } = options;
  const signal = options.signal ?? new AbortController().signal;
  const folder = await temporaryFolder('shuffled');
  try {
    const shuffled = await shuffledModel(model, folder);
    const how = { ...rest, model, shuffled, signal };
    const asked = await eachRecord(paths, (path) => judgeOverlays(path, how), {
      ...{ signal, doing: 'evaluate', onRecord },
    });
    if (!asked.ok) return asked;
    const { problems } = asked.value;
    const judged = asked.value.records.flat();
    if (!judged.some(({ mixed }) => mixed)) {
      return problems[0]
        ? { ok: false, error: problems[0] }
        : err('not-found', 'No segment has both normal and abnormal beats.');
    }
    return ok({ ...summarise(judged), model: model.card.id, problems });
  } finally {
    await removeTemporaryFolder(folder);
  }
}

/** Means over the mixed and over the flagged segments, and which overlay is the more faithful. */
export function summarise(
  judged: readonly JudgedSegment[],
): Pick<OverlayReport, 'mixed' | 'flagged' | 'better'> {
  const mixed = judged.filter((segment) => segment.mixed);
  const flagged = judged.filter((segment) => segment.flagged);
  // Where nothing is flagged, the mixed segments have to do.
  const deciding = flagged.length > 0 ? flagged : mixed;
  const [attention, evidence] = JUDGED_OVERLAYS.map((name) => dropsOf(deciding, name)) as [
    OverlaySummary,
    OverlaySummary,
  ];
  const lead =
    evidence.faithfulShare - attention.faithfulShare ||
    evidence.topDropLogit - attention.topDropLogit;
  return {
    mixed: {
      segments: mixed.length,
      chance: mean(mixed, ({ chance }) => chance),
      attention: mixedOf(mixed, 'attention'),
      evidence: mixedOf(mixed, 'evidence'),
    },
    flagged: {
      segments: flagged.length,
      attention: dropsOf(flagged, 'attention'),
      evidence: dropsOf(flagged, 'evidence'),
    },
    better: lead > 0 ? 'evidence' : 'attention',
  };
}

function dropsOf(segments: readonly JudgedSegment[], name: OverlayName): OverlaySummary {
  const of = (figure: (segment: JudgedSegment[OverlayName]) => number): number =>
    mean(segments, (segment) => figure(segment[name]));
  return {
    topDropLogit: of(({ faithfulness }) => faithfulness.topDropLogit),
    randomDropLogit: of(({ faithfulness }) => faithfulness.randomDropLogit),
    faithfulShare: of(({ faithfulness }) => (faithfulness.faithful ? 1 : 0)),
  };
}

function mixedOf(segments: readonly JudgedSegment[], name: OverlayName): MixedSummary {
  return {
    ...dropsOf(segments, name),
    pointing: mean(segments, (segment) => (segment[name].hit ? 1 : 0)),
    shuffledPointing: mean(segments, (segment) => (segment[name].shuffledHit ? 1 : 0)),
    shuffledRankCorrelation: mean(segments, (segment) => segment[name].shuffledRankCorrelation),
  };
}

function mean(
  segments: readonly JudgedSegment[],
  figure: (segment: JudgedSegment) => number,
): number {
  return segments.reduce((sum, segment) => sum + figure(segment), 0) / segments.length;
}

/** The report as lines for a terminal. */
export function overlayText({ model, mixed, flagged, better }: OverlayReport): string {
  const percent = (share: number): string =>
    Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '-';
  const number = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : '-');
  const row = (
    title: string,
    of: { readonly attention: number; readonly evidence: number },
    format: (value: number) => string,
  ): string[] => [title, ...JUDGED_OVERLAYS.map((name) => format(of[name]))];
  const each = <T>(
    of: Readonly<Record<OverlayName, T>>,
    figure: (summary: T) => number,
  ): { attention: number; evidence: number } => ({
    attention: figure(of.attention),
    evidence: figure(of.evidence),
  });
  const drops = (of: Readonly<Record<OverlayName, OverlaySummary>>): string[][] => [
    row(
      'drop of logit(Abnormal), highest tenth masked',
      each(of, (s) => s.topDropLogit),
      number,
    ),
    row(
      'drop, tenths of the same shape at random',
      each(of, (s) => s.randomDropLogit),
      number,
    ),
    row(
      'overlay called faithful',
      each(of, (s) => s.faithfulShare),
      percent,
    ),
  ];
  return [
    `Model ${model}: ${mixed.segments} segments with both normal and abnormal beats, ${flagged.segments} that it flags`,
    table([
      ['mixed segments', ...JUDGED_OVERLAYS],
      row(
        'pointing game: highest token in a beat annotated abnormal',
        each(mixed, (s) => s.pointing),
        percent,
      ),
      ['the same for a random token', percent(mixed.chance), percent(mixed.chance)],
      ...drops(mixed),
      row(
        'weights shuffled: pointing game',
        each(mixed, (s) => s.shuffledPointing),
        percent,
      ),
      row(
        'weights shuffled: rank correlation with the trained overlay',
        each(mixed, (s) => s.shuffledRankCorrelation),
        number,
      ),
      ['flagged segments', '', ''],
      ...drops(flagged),
    ]),
    `The more faithful overlay of this model is its ${better}.`,
  ].join('\n');
}
