import { BEAT_CLASSES, type BeatClass } from '../../shared/domain';
import { addMatrices, cell, NO_BEAT, type BeatMatrix } from './ec57-beats';

/** Sensitivity and positive predictivity, 0 to 1, NaN where nothing was there to find or nothing was said. */
export interface Score {
  readonly truePositives: number;
  readonly falseNegatives: number;
  readonly falsePositives: number;
  readonly sensitivity: number;
  readonly positivePredictivity: number;
}

export interface BeatStatistics {
  /** Beats found at all, whatever class they were given. */
  readonly qrs: Score;
  readonly classes: Readonly<Record<BeatClass, Score>>;
}

const [N, S, V, F, Q] = BEAT_CLASSES.map((_, code) => code) as [
  number,
  number,
  number,
  number,
  number,
];

/**
 * Reference classes whose beats are not held against a detector that calls them so: fusion beats are partly
 * ventricular, and of unclassifiable beats nobody knows (ANSI/AAMI EC57:2012, 4.3.3; de Chazal et al., IEEE Trans
 * Biomed Eng 2004; 51:1196, figure 3).
 */
const FORGIVEN: Readonly<Record<BeatClass, readonly number[]>> = {
  N: [Q],
  S: [Q],
  V: [F, Q],
  F: [Q],
  Q: [],
};

export function beatStatistics(matrix: BeatMatrix): BeatStatistics {
  const all = [N, S, V, F, Q];
  let found = 0;
  let missed = 0;
  let extra = 0;
  for (const a of all) {
    for (const b of all) found += cell(matrix, a, b);
    missed += cell(matrix, a, NO_BEAT);
    extra += cell(matrix, NO_BEAT, a);
  }
  const classes = Object.fromEntries(
    BEAT_CLASSES.map((beatClass, code) => {
      let falseNegatives = 0;
      let falsePositives = 0;
      for (const other of [...all, NO_BEAT]) {
        if (other === code) continue;
        falseNegatives += cell(matrix, code, other);
        if (!FORGIVEN[beatClass].includes(other)) falsePositives += cell(matrix, other, code);
      }
      return [beatClass, score(cell(matrix, code, code), falseNegatives, falsePositives)];
    }),
  ) as Record<BeatClass, Score>;
  return { qrs: score(found, missed, extra), classes };
}

function score(truePositives: number, falseNegatives: number, falsePositives: number): Score {
  return {
    truePositives,
    falseNegatives,
    falsePositives,
    sensitivity: truePositives / (truePositives + falseNegatives),
    positivePredictivity: truePositives / (truePositives + falsePositives),
  };
}

/** Means over records, each counting once, of the records where a figure is defined. */
export interface AverageScore {
  readonly sensitivity: number;
  readonly positivePredictivity: number;
  readonly records: number;
}

export interface BeatSummary {
  /** Every beat counts once. */
  readonly gross: BeatStatistics;
  /** Every record counts once. */
  readonly average: {
    readonly qrs: AverageScore;
    readonly classes: Readonly<Record<BeatClass, AverageScore>>;
  };
}

/** Gross and average statistics over records (ANSI/AAMI EC57:2012, 4.3.5). */
export function summariseBeats(matrices: readonly BeatMatrix[]): BeatSummary {
  const each = matrices.map(beatStatistics);
  return {
    gross: beatStatistics(addMatrices(matrices)),
    average: {
      qrs: average(each.map(({ qrs }) => qrs)),
      classes: Object.fromEntries(
        BEAT_CLASSES.map((beatClass) => [
          beatClass,
          average(each.map(({ classes }) => classes[beatClass])),
        ]),
      ) as Record<BeatClass, AverageScore>,
    },
  };
}

function average(scores: readonly Score[]): AverageScore {
  const mean = (values: readonly number[]): number => {
    const known = values.filter(Number.isFinite);
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  return {
    sensitivity: mean(scores.map(({ sensitivity }) => sensitivity)),
    positivePredictivity: mean(scores.map(({ positivePredictivity }) => positivePredictivity)),
    records: scores.filter(({ sensitivity }) => Number.isFinite(sensitivity)).length,
  };
}
