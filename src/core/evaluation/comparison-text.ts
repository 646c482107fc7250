import type { Interval } from './bootstrap';
import type { ModelComparison } from './compare-models';
import { FIGURE_TITLES } from './comparison-figures';
import { table } from './text-report';

/** Changed segments that are listed; `--json` has all. */
const MOST_LISTED = 40;

/** A comparison for a person: figures, records, and the segments that changed. */
export function comparisonText(comparison: ModelComparison): string {
  const { models, patients, figures, records, changed } = comparison;
  const [before, after] = models.map(({ key, version }) => `${key} (${version})`);
  const learned = ([0, 1] as const).map((which) =>
    records.filter(({ trainedOn }) => trainedOn[which]).map(({ record }) => record),
  );
  const notes = learned.flatMap((names, which) =>
    names.length === 0
      ? []
      : [`${[before, after][which]} learned from ${names.length} of these: ${names.join(' ')}`],
  );
  return [
    `From ${before} to ${after}: ${records.length} records of ${patients} patients.`,
    'Paired bootstrap over patients, 95 % intervals; without paced records.',
    ...notes,
    '',
    table([
      ['figure', 'before', 'after', 'difference', ''],
      ...figures.map(({ name, first, second, difference, change }) => [
        FIGURE_TITLES[name],
        first.value.toFixed(3),
        second.value.toFixed(3),
        signed(difference),
        change,
      ]),
    ]),
    '',
    table([
      ['record', 'V F1', 'after', 'S F1', 'after', 'flags', 'after', 'gone', 'new'],
      ...records.map(({ record, vF1, sF1, flags, flagsGone, flagsNew }) => [
        record,
        ...[...vF1, ...sF1].map((value) => (Number.isFinite(value) ? value.toFixed(3) : '-')),
        ...[...flags, flagsGone, flagsNew].map(String),
      ]),
    ]),
    '',
    ...changedLines(changed),
  ].join('\n');
}

function changedLines(changed: ModelComparison['changed']): string[] {
  if (changed.length === 0) return ['No segment changed.'];
  const rows = changed
    .slice(0, MOST_LISTED)
    .map((one) => [
      one.record,
      `${one.startS.toFixed(1)} s`,
      one.flaggedNow ? 'flagged now' : 'flag gone',
      one.probabilities.map((p) => p.toFixed(2)).join(' to '),
      one.reference === null ? 'not known' : one.reference,
    ]);
  const more = changed.length - rows.length;
  return [
    table([['changed segment', 'from', '', 'probability', 'reference'], ...rows]),
    ...(more > 0 ? [`and ${more} more (--json lists all)`] : []),
  ];
}

function signed({ value, low, high }: Interval): string {
  const text = (number: number): string =>
    Number.isFinite(number) ? `${number < 0 ? '' : '+'}${number.toFixed(3)}` : '-';
  return `${text(value)} (${text(low)} to ${text(high)})`;
}
