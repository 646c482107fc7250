import path from 'node:path';
import { ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid } from '../../../shared/domain/said';
import type { FileHead, OpenOptions } from '../format';
import type { OpenRecording, TimeSpan } from '../open-recording';
import { readFileHead } from '../shared/file-head';
import { numbersGain, spread } from '../shared/decimal-gain';
import { leadCodeOf } from '../shared/lead-codes';
import type { LeadSource, SampleStretch, ValueStore } from '../shared/lead-source';
import { needsOption } from '../shared/needs-option';
import { stripRecording } from '../shared/strip-recording';
import type { FilePool } from '../wfdb/file-pool';
import { withFilePool } from '../shared/with-file-pool';
import { annotationsBeside } from './annotations-beside';
import { layoutOf } from './layouts';
import type { TableLayout, TableLead } from './layout';
import { headRegularity } from './head-regularity';
import { indexRows, type Regular, type RowIndex } from './index-rows';
import { roundRate } from './rate';
import type { OddLine } from './odd-lines';
import { rowStores } from './row-store';

/** Rows that are looked at for their decimals and sizes, and places of the file in which they lie. */
const PROBED_ROWS = 512;
const PROBED_PLACES = 6;

/** Opens a table of samples: read once to count its rows, then in windows. */
export const openText = withFilePool(openWith);

async function openWith(
  pool: FilePool,
  file: string,
  options: OpenOptions,
): Promise<Result<OpenRecording>> {
  const fileName = path.basename(file);
  const read = await readFileHead(file);
  if (!read.ok) return read;
  const found = layoutOf(read.value);
  if (!found) return errSaid('unknown-format', 'files.noTable', { file: fileName });
  const { fault } = found.layout;
  if (fault) return errSaid('bad-signal', 'files.rowsFault', { file: fileName, fault });
  const missing = missingOptions(found.layout, options);
  if (missing.length > 0) return needsOption(fileName, missing);
  const { encoding, head } = found;
  const { layout, regular } = agreeing(withGain(found.layout, options), head, options);
  const index = await indexRows(file, layout, encoding, regular);
  if (!index.ok) return index;
  const rate = rateOf(layout, index.value, regular.resolutionS, options);
  if (rate === null) return needsOption(fileName, ['samplingRateHz']);
  const stores = rowStores(pool, file, layout, encoding, index.value);
  const sources: LeadSource[] = [];
  for (const [k, lead] of layout.leads.entries()) {
    const source = await sourceOf(lead, stores[k]!, index.value, rate);
    if (!source.ok) return source;
    sources.push(source.value);
  }
  const beside = await annotationsBeside(file, rate);
  return ok(
    stripRecording(
      file,
      {
        format: 'text',
        formatTitle: layout.title,
        startClock: layout.startClock,
        gaps: gapsOf(index.value.stretches, rate),
        ...(layout.patient ? { patient: layout.patient } : {}),
        ...(layout.comments ? { comments: layout.comments } : {}),
        warnings: [
          ...(layout.warnings ?? []),
          ...clockWarning(found.layout, layout, rate),
          ...rowWarnings(index.value),
        ],
        ...(layout.measurements ? { measurements: layout.measurements } : {}),
        ...(beside ? { annotations: [beside.annotations], beside: [beside.file] } : {}),
        close: () => pool.close(),
      },
      sources,
    ),
  );
}

/**
 * The layout with the rate that its rows have: where their times contradict the rate that the file states, its times are
 * followed, unless their unit is not known either.
 */
function agreeing(
  layout: TableLayout,
  head: FileHead,
  options: OpenOptions,
): { layout: TableLayout; regular: Regular } {
  const regular = headRegularity(head, layout, options);
  if (!regular.contradicts) return { layout, regular };
  const rest = layout.clock?.isAssumed
    ? { ...layout, clock: null }
    : { ...layout, samplingRateHz: null };
  return { layout: rest, regular: headRegularity(head, rest, options) };
}

/** What was not followed of a file whose times and whose stated rate contradict each other. */
function clockWarning(found: TableLayout, { clock, samplingRateHz }: TableLayout, rateHz: number) {
  if (found.clock !== null && clock === null) {
    const column = found.clock.column + 1;
    return [warningSaid('times-not-used', 'warnings.timesNotUsed', { column })];
  }
  if (found.samplingRateHz === null || samplingRateHz !== null) return [];
  const rates = { stated: found.samplingRateHz, rate: rateHz };
  return [warningSaid('other-rate', 'warnings.timesOtherRate', rates)];
}

function missingOptions(layout: TableLayout, options: OpenOptions): (keyof OpenOptions)[] {
  const missing: (keyof OpenOptions)[] = [];
  const hasRate = layout.samplingRateHz !== null || layout.clock !== null;
  if (!hasRate && !options.samplingRateHz) missing.push('samplingRateHz');
  if (!isScaled(layout) && !options.gainAduPerMv) missing.push('gainAduPerMv');
  return missing;
}

/** Where one column has a unit, the others are no voltages. */
function isScaled({ leads }: TableLayout): boolean {
  return leads.some(({ units }) => units !== '');
}

function withGain(layout: TableLayout, { gainAduPerMv }: OpenOptions): TableLayout {
  if (isScaled(layout)) return layout;
  const leads = layout.leads.map((lead) => ({
    ...lead,
    units: 'mV',
    gainAduPerUnit: gainAduPerMv!,
  }));
  return { ...layout, leads };
}

function rateOf(
  { samplingRateHz }: TableLayout,
  { intervals, seconds }: RowIndex,
  resolutionS: number,
  options: OpenOptions,
): number | null {
  if (samplingRateHz !== null) return samplingRateHz;
  // A row at which a coarse clock moves on is known to a row.
  const uncertaintyS = Math.min(resolutionS, seconds / intervals);
  if (intervals > 0 && seconds > 0) return roundRate(intervals, seconds, uncertaintyS);
  return options.samplingRateHz ?? null;
}

async function sourceOf(
  { name, units, gainAduPerUnit, baselineAdu, adcResolutionBits = 0 }: TableLead,
  store: ValueStore,
  { stretches, rows }: RowIndex,
  samplingRateHz: number,
): Promise<Result<LeadSource>> {
  const leadCode = leadCodeOf(name);
  const last = stretches.at(-1);
  const gainOfNumbers = gainAduPerUnit ?? 1;
  const numbers = await someNumbers(store, rows, gainOfNumbers, baselineAdu);
  if (!numbers.ok) return numbers;
  return ok({
    lead: {
      name,
      ...(leadCode === null ? {} : { leadCode }),
      units,
      samplingRateHz,
      samples: last ? last.start + last.samples : 0,
      gainAduPerUnit: numbersGain(numbers.value, gainOfNumbers, units),
      gainAssumed: false,
      baselineAdu,
      adcResolutionBits,
    },
    store,
    stretches,
  });
}

/** Numbers of a column as the file has them, from several places of it. */
async function someNumbers(
  store: ValueStore,
  rows: number,
  gain: number,
  baseline: number,
): Promise<Result<Float64Array>> {
  const starts = spread(Math.ceil(rows / PROBED_ROWS), PROBED_PLACES);
  const values = new Float64Array(starts.length * PROBED_ROWS).fill(NaN);
  for (const [k, start] of starts.entries()) {
    const from = start * PROBED_ROWS;
    const read = await store.read(
      from,
      Math.min(rows, from + PROBED_ROWS),
      values,
      k * PROBED_ROWS,
    );
    if (!read.ok) return read;
  }
  return ok(values.map((value) => value * gain + baseline));
}

const said = ({ count, row, text }: OddLine) => ({ n: count, row, text });

/** Rows are never sorted: what is said once and again, as in files put together, may be two recordings. */
function rowWarnings({
  backSteps,
  timeless,
  oddLines: { comments, words, longer },
}: RowIndex): Warning[] {
  const warnings: Warning[] = [];
  if (comments)
    warnings.push(warningSaid('comment-lines', 'warnings.commentLines', said(comments)));
  if (longer) warnings.push(warningSaid('long-rows', 'warnings.longRows', said(longer)));
  if (words) warnings.push(warningSaid('lines-of-words', 'warnings.linesOfWords', said(words)));
  if (backSteps.count > 0) {
    const said = { count: backSteps.count, row: backSteps.firstRow };
    warnings.push(warningSaid('times-go-back', 'warnings.timesGoBack', said));
  }
  if (timeless.count > 0) {
    const said = { n: timeless.count, row: timeless.firstRow };
    warnings.push(warningSaid('rows-without-time', 'warnings.rowsWithoutTime', said));
  }
  return warnings;
}

function gapsOf(stretches: readonly SampleStretch[], rateHz: number): readonly TimeSpan[] {
  return stretches.slice(1).map((next, k) => {
    const before = stretches[k]!;
    return { startS: (before.start + before.samples) / rateHz, endS: next.start / rateHz };
  });
}
