import type { ModelCard } from '../../shared/domain';
import { bootstrapIntervals, type Interval } from './bootstrap';
import { rocAuc, youdenThreshold } from './curves';
import { segmentMetrics } from './metrics';
import { operatingPoints, rankByProbability, type Scored } from './ranking';
import type { TrainingResult } from './training-result';

export interface CardFacts {
  readonly version: string;
}

/** The card of a trained `attention-cnn`, without its files: they are hashed after the card is inside them. */
export function trainingCard(result: TrainingResult, facts: CardFacts): Omit<ModelCard, 'files'> {
  const { source, recipe } = result;
  const threshold = youdenThreshold(operatingPoints(scoredOf(result.crossValidation)));
  return {
    id: 'attention-cnn',
    version: facts.version,
    title: 'Reference network: two convolutions and multi-head attention',
    kind: 'segment-attention',
    scheme: recipe.scheme,
    leads: { min: 1, max: 1, preferred: source.leads },
    samplingRateHz: source.samplingRateHz,
    windowSamples: source.windowSamples,
    hopSamples: source.hopSamples,
    filter: source.filter,
    threshold: {
      value: Number(threshold.toFixed(4)),
      chosen:
        'greatest sensitivity + specificity - 1 (Youden 1950) over the out-of-fold predictions of the cross-validation by patient',
    },
    referBand: null,
    training: {
      records: result.records,
      commit: result.commit,
      seed: recipe.seed,
      recipe: `${Object.entries(recipe)
        .map(([key, value]) => `${key} ${String(value)}`)
        .join(', ')}; final model ${result.epochs} epochs`,
      software: result.software,
    },
    metrics: {
      crossValidation: crossValidationFigures(result),
      leakyRandomSplit: leakyFigures(result),
    },
    limits: [
      'Research and education only; not a medical device.',
      'Label majority: Abnormal where most beats of ten seconds are not normal. A strip with four ventricular beats of ten is Normal to it, and so is atrial fibrillation with narrow beats.',
      ...simulationLimit(recipe),
      `Trained on ${result.records.length} half-hour Holter records of the MIT-BIH Arrhythmia Database, one lead (${source.leads.join(' or ')}). Few patients carry the label for most of their record, so figures differ widely from fold to fold; the interval says how widely.`,
      'Not trained on paced rhythm, children, exercise or standard 12-lead electrodes.',
    ],
    parameters: {
      calibration: {
        scale: result.calibration[0],
        offset: result.calibration[1],
        chosen:
          'Platt scaling of the margin, fitted to the out-of-fold predictions and built into the last layer',
      },
      tokens: source.windowSamples / 4,
      heads: 8,
    },
  };
}

/** What the simulated patients of a training mean for its use. */
function simulationLimit({ simulated }: TrainingResult['recipe']): string[] {
  if (!simulated) return [];
  return [
    `Learned from ${simulated} simulated patients first: in effect it measures how wide QRS complexes are. Pre-excitation, and beats that are abnormal but narrow, look Normal to it; bundle branch block whose width this lead does not show may.`,
  ];
}

/**
 * Figures by patient. Every figure that needs a threshold uses, for each fold, the one that the other folds'
 * patients would have chosen, so that no patient has a say in the threshold it is judged by.
 */
function crossValidationFigures(
  result: TrainingResult,
): Record<string, Interval | number | string> {
  const rows = result.crossValidation;
  const flagged = new Float64Array(rows.length);
  result.folds.forEach((_, fold) => {
    const others = rows.filter((row) => row.fold !== fold);
    const threshold = youdenThreshold(operatingPoints(scoredOf(others)));
    rows.forEach((row, i) => {
      if (row.fold === fold) flagged[i] = row.probability >= threshold ? 1 : 0;
    });
  });
  const scored = scoredOf(rows);
  const order = rankByProbability(scored.probability);
  const figures = bootstrapIntervals(
    rows.map(({ patient }) => patient),
    (weight) => {
      const verdicts = segmentMetrics({ ...scored, probability: flagged, weight }, 0.5);
      const ranked = segmentMetrics({ ...scored, weight }, 0.5, order);
      return {
        ...ranked,
        accuracy: verdicts.accuracy,
        precision: verdicts.precision,
        recall: verdicts.recall,
        specificity: verdicts.specificity,
        f1: verdicts.f1,
      };
    },
  );
  const folds = result.folds.map(({ rocAuc: auc }) => auc).filter((auc) => auc !== null);
  return {
    split: `${result.folds.length} folds by patient; length of training chosen inside each fold`,
    ...finite({ meanFoldRocAuc: folds.reduce((sum, auc) => sum + auc, 0) / folds.length }),
    ...finite(figures),
    ...Object.fromEntries(
      result.folds.map(({ patients, epochs, rocAuc: auc }, i) => [
        `fold ${i + 1}`,
        `ROC-AUC ${auc === null ? '-' : auc.toFixed(3)}, ${epochs} epochs, held out ${patients.join(' ')}`,
      ]),
    ),
  };
}

/** Named leaky wherever it is shown; see LEAKY_NOTE. */
function leakyFigures(result: TrainingResult): Record<string, number | string> {
  const scored = scoredOf(result.leakyRandomSplit);
  // At the threshold that flatters it most, as such splits are reported.
  const points = operatingPoints(scored);
  const { accuracy, f1 } = segmentMetrics(scored, youdenThreshold(points));
  return {
    split:
      'LEAKY: a random quarter of half-overlapping windows; patients and neighbours are in training',
    ...finite({ rocAuc: rocAuc(points), accuracy, f1 }),
  };
}

function scoredOf(rows: readonly { abnormal: boolean; probability: number }[]): Scored {
  return {
    abnormal: rows.map(({ abnormal }) => abnormal),
    probability: Float64Array.from(rows, ({ probability }) => probability),
  };
}

/** The figures that are defined: JSON has no NaN. */
function finite<T extends Interval | number>(
  figures: Readonly<Record<string, T>>,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(figures).filter(({ 1: figure }) =>
      typeof figure === 'number'
        ? Number.isFinite(figure)
        : [figure.value, figure.low, figure.high].every(Number.isFinite),
    ),
  );
}
