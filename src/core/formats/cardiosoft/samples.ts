import { ok, type Result, type Warning } from '../../../shared/domain';
import { toldBy, warningSaid } from '../../../shared/domain/said';
import type { OpenOptions } from '../format';
import type { AppliedFilters } from '../open-recording';
import { leadCodeOf } from '../shared/lead-codes';
import type { HeldLead } from '../shared/limb-leads';
import { needsOption } from '../shared/needs-option';
import { heldNumbers, noNumberWarnings, textNumbers } from '../shared/text-numbers';
import { find, findAll, numberAt, positiveAt, textAt } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';

/** Units of `SampleRate` and `Resolution` in hertz and in microvolts; those that are left out are the usual ones. */
const RATES = new Map(Object.entries({ '': 1, hz: 1, khz: 1000 }));
const RESOLUTIONS = new Map(
  Object.entries({ '': 1, uvperlsb: 1, µvperlsb: 1, mvperlsb: 1000, nvperlsb: 1e-3 }),
);

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
  const samplingRateHz = inUnit(element, 'SampleRate', RATES) ?? options.samplingRateHz;
  const microvolts = inUnit(element, 'Resolution', RESOLUTIONS);
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
      const { scale: own, ...stored } = heldNumbers(textNumbers(data.text), {
        ...scale,
        baselineAdu: 0,
      });
      return {
        lead: {
          name,
          ...(leadCode === null ? {} : { leadCode }),
          isEcgByCode: true as const,
          units: scale.units,
          ...own,
          samplingRateHz: samplingRateHz!,
          samples: stored.samples.length,
          gainAssumed: false,
          adcResolutionBits: 16,
          ...(filters ? { filters } : {}),
        },
        ...stored,
      };
    }),
  );
}

/** A number above 0 of an element in the unit that its attribute names; null in one that is not known. */
function inUnit(
  element: XmlElement,
  name: string,
  factors: ReadonlyMap<string, number>,
): number | null {
  const value = positiveAt(element, name);
  const units = find(element, name)?.attributes['units']?.trim().toLowerCase() ?? '';
  const factor = factors.get(units);
  return value === null || factor === undefined ? null : value * factor;
}

/** What is odd about the samples of a strip: fewer or more than it declares, and values that are no numbers. */
export function sampleWarnings(
  strip: XmlElement,
  leads: readonly HeldLead[],
  fileName: string,
): Warning[] {
  const field = 'ChannelSampleCountTotal';
  const declared = numberAt(strip, field);
  const texts = findAll(strip, 'WaveformData').map(({ text }) => text);
  return leads.flatMap(({ lead, samples }, k) => {
    const what = toldBy('files.leadOf', { file: fileName, name: lead.name });
    const said = { what, declared: declared ?? 0, field, held: samples.length };
    const differs = declared !== null && samples.length > 0 && samples.length !== declared;
    return [
      ...(differs ? [warningSaid('length', 'warnings.declaredSamples', said)] : []),
      ...noNumberWarnings(fileName, lead.name, textNumbers(texts[k]!)),
    ];
  });
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
