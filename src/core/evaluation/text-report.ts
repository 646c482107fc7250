import type { Evaluation } from './evaluate';
import { METRIC_TITLES, type MetricName } from './metrics';
import type { GroupSummary } from './summarise';

/** Said wherever a figure of the leaky split is shown. */
export const LEAKY_NOTE =
  'Leaky: a random split of half-overlapping windows has neighbours of nearly every test window, and every patient, in training. It shows the size of the leak, not the worth of the model.';

/** Three decimals, or a dash for a figure that is not defined (a class is absent). */
export function figure(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : '-';
}

/** A share in per cent, two decimals, or a dash where it is not defined. */
export function percent(share: number): string {
  return Number.isFinite(share) ? (100 * share).toFixed(2) : '-';
}

/** `0.912 (0.871-0.945)`; without the interval where there is none (one patient). */
export function interval({
  value,
  low,
  high,
}: {
  value: number;
  low: number;
  high: number;
}): string {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return figure(value);
  return `${figure(value)} (${figure(low)}-${figure(high)})`;
}

/** Columns padded to their widest cell, numbers (every column but the first) to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export const METRIC_NAMES = Object.keys(METRIC_TITLES) as MetricName[];

/** The whole evaluation as text for a terminal. */
export function textReport(evaluation: Evaluation): string {
  const { model, scheme } = evaluation;
  const parts = [
    `Model ${model.id} ${model.version}, scheme ${scheme}, Abnormal from ${figure(model.threshold)} (${model.thresholdChosen})`,
  ];
  if (scheme !== model.scheme) {
    parts.push(`Note: the model was trained under scheme ${model.scheme}, not ${scheme}.`);
  }
  if (evaluation.trainedOn.length > 0) {
    parts.push(
      `Note: ${evaluation.trainedOn.length} of these records were trained on (${evaluation.trainedOn.join(' ')}). Figures that include them say nothing about new patients; the cross-validation figures below do.`,
    );
  }
  if (evaluation.gross)
    parts.push(...groupText('All records without paced beats', evaluation.gross));
  if (evaluation.paced)
    parts.push(...groupText('Records with paced beats, apart', evaluation.paced));
  for (const [split, figures] of Object.entries(evaluation.cardMetrics)) {
    parts.push(
      `From the model card: ${splitTitle(split)}\n${table(
        Object.entries(figures).map(([name, value]) => [
          `  ${name in METRIC_TITLES ? METRIC_TITLES[name as MetricName] : name}`,
          typeof value === 'object'
            ? interval(value)
            : typeof value === 'number'
              ? figure(value)
              : value,
        ]),
      )}${isLeaky(split) ? `\n  ${LEAKY_NOTE}` : ''}`,
    );
  }
  for (const problem of evaluation.problems) parts.push(`Left out: ${problem.message}`);
  return `${parts.join('\n\n')}\n`;
}

export function isLeaky(split: string): boolean {
  return split.toLowerCase().includes('leaky');
}

/** `leakyRandomSplit` to `leaky random split`. */
export function splitTitle(split: string): string {
  return split.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`).trim();
}

function groupText(title: string, group: GroupSummary): string[] {
  const { confusion: c } = group;
  return [
    `${title}: ${group.records} ${group.records === 1 ? 'record' : 'records'}, ${group.segments} segments, ${group.abnormal} Abnormal; left out: ${group.unreadable} Unreadable, ${group.unlabelled} unlabelled`,
    table(METRIC_NAMES.map((name) => [METRIC_TITLES[name], interval(group.metrics[name])])),
    'Intervals: 95 %, bootstrap over patients.',
    table([
      ['reference', 'called Normal', 'called Abnormal'],
      ['Normal', String(c.trueNegatives), String(c.falsePositives)],
      ['Abnormal', String(c.falseNegatives), String(c.truePositives)],
    ]),
    table([
      [
        'record',
        'segments',
        'Abnormal',
        'flagged',
        'Unreadable',
        'accuracy',
        'recall',
        'precision',
        'ROC-AUC',
      ],
      ...group.perRecord.map(({ metrics, ...row }) => [
        row.record,
        String(row.segments),
        String(row.abnormal),
        String(row.flagged),
        String(row.unreadable),
        figure(metrics.accuracy),
        figure(metrics.recall),
        figure(metrics.precision),
        figure(metrics.rocAuc),
      ]),
    ]),
  ];
}
