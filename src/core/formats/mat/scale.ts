import { ok, type Result, type Warning } from '../../../shared/domain';
import type { OpenOptions } from '../format';
import { toldBy, toldList, warningSaid } from '../../../shared/domain/said';
import { needsOption } from '../shared/needs-option';
import type { Description } from './describe';

/** How the numbers of a matrix become values. */
export interface MatScale {
  readonly units: string;
  readonly gainAduPerUnit: number;
  readonly baselineAdu: number;
}

export interface MatScales {
  readonly samplingRateHz: number;
  /** One a lead. */
  readonly scales: readonly MatScale[];
  readonly warnings: readonly Warning[];
}

/**
 * Rate and scales: what the file gives, else what a person states. Numbers with fractions beside a gain have been
 * divided by it already, where no unit says otherwise.
 * @param allWhole whether the numbers are integers, as far as was looked
 * @returns `needs-option`
 */
export function scalesOf(
  described: Description,
  leads: number,
  allWhole: boolean,
  fileName: string,
  options: OpenOptions,
): Result<MatScales> {
  const { units, gains, baselines } = described;
  const samplingRateHz = described.samplingRateHz ?? options.samplingRateHz;
  const isScaled = units.length > 0 || gains.length > 0;
  const missing: (keyof OpenOptions)[] = [];
  if (!samplingRateHz) missing.push('samplingRateHz');
  if (!isScaled && !options.gainAduPerMv) missing.push('gainAduPerMv');
  if (missing.length > 0) return needsOption(fileName, missing);

  const isDivided = units.length === 0 && gains.length > 0 && !allWhole;
  const unscaled: number[] = [];
  const scales = Array.from({ length: leads }, (_, k): MatScale => {
    const unit = units.length === 0 ? 'mV' : (ofLead(units, k) ?? '');
    const gain = ofLead(gains, k);
    const baseline = ofLead(baselines, k);
    const baselineAdu = baseline !== undefined && Number.isFinite(baseline) ? baseline : 0;
    if (gains.length > 0 && !Number.isFinite(gain)) {
      unscaled.push(k);
      return { units: 'ADU', gainAduPerUnit: 1, baselineAdu: 0 };
    }
    const isUnscaled = gain === 1 && baselineAdu === 0 && !allWhole;
    if (isDivided || isUnscaled || (isScaled && gain === undefined)) {
      return { units: unit, gainAduPerUnit: 1, baselineAdu: 0 };
    }
    return {
      units: unit,
      gainAduPerUnit: gain ?? options.gainAduPerMv!,
      baselineAdu,
    };
  });
  const assumed = warningSaid('scale-assumed', 'warnings.matScale', { file: fileName });
  return ok({
    samplingRateHz: samplingRateHz!,
    scales,
    warnings: [
      ...(isDivided ? [assumed] : []),
      ...(unscaled.length > 0 ? [noGain(fileName, described.names, unscaled)] : []),
    ],
  });
}

/** One for all, or that of a lead; none for a lead beyond a list that is too short. */
function ofLead<T>(list: readonly T[], lead: number): T | undefined {
  return list.length === 1 ? list[0] : list[lead];
}

function noGain(file: string, names: readonly string[], leads: readonly number[]): Warning {
  const list = toldList(
    leads.map((lead) => names[lead] ?? toldBy('files.signalNumber', { n: lead })),
  );
  return warningSaid('uncalibrated', 'warnings.noGain', { file, leads: list });
}
