import type { FileHead, OpenOptions } from '../format';
import { RowCells } from './cells';
import { rowSeconds, secondsFrom } from './clock';
import type { Regular } from './index-rows';
import type { TableLayout } from './layout';
import { eachRow, wholeLines } from './rows';

/**
 * How regular the rows of the beginning are, for telling a gap from a step, and whether their times contradict the rate
 * that the file states.
 */
export function headRegularity(
  head: FileHead,
  layout: TableLayout,
  options: OpenOptions,
): Regular & { readonly contradicts: boolean } {
  const stated = layout.samplingRateHz ?? null;
  const { clock } = layout;
  if (!clock) {
    const rate = stated ?? options.samplingRateHz;
    return { periodS: rate ? 1 / rate : null, resolutionS: 0, contradicts: false };
  }
  const bytes = head.bytes.subarray(layout.firstRowByte);
  const rows = bytes.subarray(
    0,
    bytes.length < head.sizeBytes ? wholeLines(bytes) || bytes.length : bytes.length,
  );
  const cells = new RowCells(clock.column + 1);
  const seconds: number[] = [];
  let decimals = 0;
  eachRow(rows, (start, end) => {
    cells.find(rows, start, end, layout.delimiter);
    seconds.push(rowSeconds(rows, cells, clock, layout.decimal));
    decimals = Math.max(
      decimals,
      /[.,](\d+)\D*$/.exec(cells.text(rows, clock.column))?.[1]?.length ?? 0,
    );
  });
  const steps = seconds.slice(1).map((value, k) => secondsFrom(seconds[k]!, value, clock));
  const resolutionS = 10 ** -decimals / clock.perSecond;
  const usual = usualStep(steps, resolutionS);
  const contradicts =
    stated !== null &&
    usual !== null &&
    isOther(usual * stated, resolutionS / (usual * steps.length));
  const periodS = stated !== null && !contradicts ? 1 / stated : usual;
  return { periodS, resolutionS, contradicts };
}

/** A clock may drift, and one of whole seconds is known to a second; no device is 5 % off. */
function isOther(ratio: number, uncertainty: number): boolean {
  return Math.abs(ratio - 1) > Math.max(0.05, 2 * uncertainty);
}

/** Mean of the steps without those that are gaps. */
function usualStep(steps: readonly number[], resolutionS: number): number | null {
  let kept = steps.filter((step) => step >= 0);
  for (;;) {
    if (kept.length === 0) return null;
    const mean = kept.reduce((sum, step) => sum + step, 0) / kept.length;
    const fewer = kept.filter((step) => step <= 1.5 * mean + resolutionS);
    if (fewer.length === kept.length) return mean > 0 ? mean : null;
    kept = fewer;
  }
}
