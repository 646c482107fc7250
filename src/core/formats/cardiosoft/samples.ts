import { ok, type Result } from '../../../shared/domain';
import type { OpenOptions } from '../format';
import type { AppliedFilters } from '../open-recording';
import { leadCodeOf } from '../shared/lead-codes';
import type { HeldLead } from '../shared/limb-leads';
import { needsOption } from '../shared/needs-option';
import { heldNumbers, textNumbers } from '../shared/text-numbers';
import { findAll, numberAt, textAt } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';

/**
 * Leads of `StripData` or `MedianSamples`: comma-separated integers, Resolution microvolts each.
 * @returns `needs-option` where the element gives no rate or no resolution
 */
export function samplesOf(
  element: XmlElement,
  fileName: string,
  options: OpenOptions,
  filters?: AppliedFilters,
): Result<readonly HeldLead[]> {
  const samplingRateHz = numberAt(element, 'SampleRate') || options.samplingRateHz;
  const microvolts = numberAt(element, 'Resolution') || null;
  const missing: (keyof OpenOptions)[] = [];
  if (!samplingRateHz) missing.push('samplingRateHz');
  if (microvolts === null && !options.gainAduPerMv) missing.push('gainAduPerMv');
  if (missing.length > 0) return needsOption(fileName, missing);

  const scale =
    microvolts === null
      ? { units: 'mV', gainAduPerUnit: options.gainAduPerMv! }
      : { units: 'uV', gainAduPerUnit: 1 / microvolts };
  return ok(
    findAll(element, 'WaveformData').map((data): HeldLead => {
      const name = data.attributes['lead'] ?? '';
      const leadCode = leadCodeOf(name);
      const stored = heldNumbers(textNumbers(data.text), { ...scale, baselineAdu: 0 });
      return {
        lead: {
          name,
          ...(leadCode === null ? {} : { leadCode }),
          isEcgByCode: true as const,
          ...scale,
          samplingRateHz: samplingRateHz!,
          samples: stored.samples.length,
          gainAssumed: false,
          baselineAdu: 0,
          adcResolutionBits: 16,
          ...(filters ? { filters } : {}),
        },
        ...stored,
      };
    }),
  );
}

/** Filters of the whole document; 0 is no filter. */
export function cardiosoftFilters(root: XmlElement): AppliedFilters {
  const isOn = (name: string) => textAt(root, 'FilterSetting', name).toLowerCase() === 'yes';
  return {
    highPassHz: numberAt(root, 'FilterSetting', 'HighPass') || null,
    lowPassHz: numberAt(root, 'FilterSetting', 'LowPass') || null,
    notchHz: isOn('Filter50Hz') ? 50 : isOn('Filter60Hz') ? 60 : null,
  };
}
