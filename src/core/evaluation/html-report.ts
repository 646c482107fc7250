import type { Warning } from '../../shared/domain';
import type { Evaluation } from './evaluate';
import { METRIC_TITLES, type MetricName } from './metrics';
import type { GroupSummary, RecordSummary } from './summarise';
import { escapeHtml, svgBars, svgPlot, type Plot } from './svg-plot';
import { figure, interval, isLeaky, LEAKY_NOTE, METRIC_NAMES, splitTitle } from './text-report';

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2430; --paper: #fff; --soft: #5b6575; --rule: #d5dae2; --one: #1756a9; --two: #b3400a; --warn: #8a1f11; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --paper: #14181f; --soft: #a4adbb; --rule: #39414e; --one: #7fb4ff; --two: #ff9d66; --warn: #ff9c8f; } }
body { margin: 2rem auto; max-width: 68rem; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; border-bottom: 1px solid var(--rule); }
table { border-collapse: collapse; margin: .8rem 0; } th, td { padding: .18rem .7rem; text-align: right; border-bottom: 1px solid var(--rule); font-variant-numeric: tabular-nums; }
th:first-child, td:first-child { text-align: left; } thead th { color: var(--soft); font-weight: 600; }
.soft, figcaption { color: var(--soft); } .warn { color: var(--warn); } .scroll { overflow-x: auto; }
.plots { display: flex; flex-wrap: wrap; gap: 1rem; } figure { margin: 0; width: 20rem; } svg text { fill: var(--soft); font-size: 11px; }
svg .grid { stroke: var(--rule); fill: none; stroke-width: .5; } svg .axis { stroke: var(--soft); fill: none; }
svg .line { stroke: var(--one); fill: none; stroke-width: 2; } svg .dashed { stroke: var(--soft); fill: none; stroke-dasharray: 4 4; }
svg .dots { fill: var(--two); } svg .reference { fill: var(--one); } svg .flagged { fill: var(--two); }
`;

/**
 * The evaluation as one HTML page that needs nothing else: no script, no fonts, no network.
 * @param warnings what is odd about the reference
 */
export function htmlReport(evaluation: Evaluation, warnings: readonly Warning[] = []): string {
  const { model, scheme, trainedOn } = evaluation;
  const title = `Evaluation of ${model.id} ${model.version}`;
  const notes = [
    scheme === model.scheme
      ? null
      : `The model was trained under scheme ${model.scheme}; the reference labels here are those of ${scheme}.`,
    trainedOn.length === 0
      ? null
      : `${trainedOn.length} of these records were trained on (${trainedOn.join(' ')}). Figures that include them say nothing about new patients; the cross-validation figures below do.`,
    ...warnings.map(({ message }) => message),
    ...evaluation.problems.map(({ message }) => `Left out: ${message}`),
  ].filter((note) => note !== null);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>
<h1>${escapeHtml(title)}</h1>
<p>Label scheme ${scheme}. Abnormal from a probability of ${figure(model.threshold)} on (${escapeHtml(model.thresholdChosen)}). Intervals are 95 %, from a bootstrap over patients. Research and education only; not a medical device.</p>
${notes.map((note) => `<p class="warn">${escapeHtml(note)}</p>`).join('\n')}
${evaluation.gross ? groupHtml('All records without paced beats', evaluation.gross) : ''}
${evaluation.paced ? groupHtml('Records with paced beats, apart', evaluation.paced) : ''}
${cardHtml(evaluation)}
</body></html>
`;
}

function groupHtml(title: string, group: GroupSummary): string {
  const { confusion: c } = group;
  return `<h2>${title}</h2>
<p class="soft">${group.records} ${group.records === 1 ? 'record' : 'records'}, ${group.segments} segments, ${group.abnormal} Abnormal. Left out: ${group.unreadable} Unreadable, ${group.unlabelled} unlabelled.</p>
${tableHtml(
  ['', 'value (95 % interval)'],
  METRIC_NAMES.map((name) => [METRIC_TITLES[name], interval(group.metrics[name])]),
)}
${tableHtml(
  ['reference', 'called Normal', 'called Abnormal'],
  [
    ['Normal', String(c.trueNegatives), String(c.falsePositives)],
    ['Abnormal', String(c.falseNegatives), String(c.truePositives)],
  ],
)}
<div class="plots">${plotsOf(group).map(svgPlot).join('')}</div>
<h3>Per record</h3>
<p class="soft">Upper bar: share of segments Abnormal by the reference. Lower bar: share flagged.</p>
<div class="scroll">${recordsHtml(group.perRecord)}</div>`;
}

function plotsOf(group: GroupSummary): Plot[] {
  const diagonal = {
    label: 'chance',
    style: 'dashed',
    points: [
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ],
  } as const;
  const calibration = group.calibration.map(({ meanProbability, abnormalShare }) => ({
    x: meanProbability,
    y: abnormalShare,
  }));
  return [
    {
      title: `ROC, area ${interval(group.metrics.rocAuc)}`,
      xLabel: 'false positive rate',
      yLabel: 'sensitivity',
      series: [diagonal, { label: 'ROC', style: 'line', points: group.roc }],
    },
    {
      title: `Precision and recall, area ${interval(group.metrics.prAuc)}`,
      xLabel: 'recall',
      yLabel: 'precision',
      series: [{ label: 'precision and recall', style: 'line', points: group.precisionRecall }],
    },
    {
      title: `Calibration, error ${interval(group.metrics.calibrationError)}`,
      xLabel: 'mean probability',
      yLabel: 'share Abnormal',
      series: [
        { ...diagonal, label: 'perfect' },
        {
          label: 'calibration',
          style: 'line',
          points: calibration.filter(({ x }) => Number.isFinite(x)),
        },
        { label: 'calibration', style: 'dots', points: calibration },
      ],
    },
  ];
}

function recordsHtml(records: readonly RecordSummary[]): string {
  const head =
    'record,segments,Abnormal,flagged,Unreadable,accuracy,recall,precision,ROC-AUC,'.split(',');
  const rows = records.map((row) => [
    escapeHtml(row.record),
    ...[row.segments, row.abnormal, row.flagged, row.unreadable].map(String),
    ...(['accuracy', 'recall', 'precision', 'rocAuc'] as const).map((name) =>
      figure(row.metrics[name]),
    ),
    svgBars(row.abnormal / row.segments, row.flagged / row.segments),
  ]);
  return rawTable(head, rows);
}

function cardHtml({ cardMetrics }: Evaluation): string {
  return Object.entries(cardMetrics)
    .map(([split, figures]) => {
      const rows = Object.entries(figures).map(([name, value]) => [
        name in METRIC_TITLES ? METRIC_TITLES[name as MetricName] : name,
        typeof value === 'object'
          ? interval(value)
          : typeof value === 'number'
            ? figure(value)
            : value,
      ]);
      const leaky = isLeaky(split) ? `<p class="warn">${LEAKY_NOTE}</p>` : '';
      return `<h2>From the model card: ${escapeHtml(splitTitle(split))}</h2>${leaky}${tableHtml(['', 'value'], rows)}`;
    })
    .join('\n');
}

function tableHtml(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return rawTable(
    head.map(escapeHtml),
    rows.map((row) => row.map(escapeHtml)),
  );
}

function rawTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${line(head, 'th')}</thead><tbody>${rows.map((row) => line(row, 'td')).join('')}</tbody></table>`;
}
