import { ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { OpenOptions } from '../format';
import type { AppliedFilters } from '../open-recording';
import { leadCodeOf } from '../shared/lead-codes';
import type { HeldLead } from '../shared/limb-leads';
import { needsOption } from '../shared/needs-option';
import { find, finite, numberAt, positive, positiveAt, textAt } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';
import { calibrationMarkStart } from './calibration-mark';
import { storedLeads } from './stored-leads';
import { undoLimbDifferences } from './xli';

/** The strip of a document, without the calibration mark that some devices append. */
export interface Strip {
  readonly leads: readonly HeldLead[];
  /** Samples of every lead before the mark was taken away. */
  readonly markedSamples: number;
  readonly warnings: readonly Warning[];
}

/**
 * `waveforms/parsedwaveforms` of versions 1.03 and 1.04.
 * @returns `bad-header`, `bad-signal`, `unsupported` with file and field, `needs-option`
 */
export function stripOf(root: XmlElement, fileName: string, options: OpenOptions): Result<Strip> {
  const data = find(root, 'waveforms', 'parsedwaveforms');
  if (!data) return errSaid('bad-header', 'files.philipsNoStrip', { file: fileName });
  const signal = find(root, 'dataacquisition', 'signalcharacteristics');
  const samplingRateHz =
    positive(data.attributes['samplespersecond']) ??
    positiveAt(signal, 'samplingrate') ??
    options.samplingRateHz;
  const microvolts = resolutionOf(data, signal);
  const missing: (keyof OpenOptions)[] = [];
  if (!samplingRateHz) missing.push('samplingRateHz');
  if (microvolts === null && !options.gainAduPerMv) missing.push('gainAduPerMv');
  if (missing.length > 0) return needsOption(fileName, missing);

  const stored = storedLeads(data, signal, samplingRateHz!, `${fileName}: parsedwaveforms`);
  if (!stored.ok) return stored;
  const { leads, isXli, warnings } = stored.value;
  const formulas = isXli ? undoLimbDifferences(leads) : new Map<string, string>();
  const all = leads.map(({ samples }) => samples);
  const end = calibrationMarkStart(all, samplingRateHz!);
  const offset = finite(data.attributes['signaloffset']) ?? numberAt(signal, 'signaloffset') ?? 0;
  const filters = filtersOf(data, signal);
  return ok({
    markedSamples: Math.max(0, ...all.map(({ length }) => length)),
    warnings,
    leads: leads.map(({ name, samples: whole }): HeldLead => {
      const samples = whole.subarray(0, end);
      const leadCode = leadCodeOf(name);
      const derivedFrom = formulas.get(name);
      return {
        lead: {
          name,
          ...(leadCode === null ? {} : { leadCode }),
          isEcgByCode: true as const,
          units: microvolts === null ? 'mV' : 'uV',
          samplingRateHz: samplingRateHz!,
          samples: samples.length,
          gainAduPerUnit: microvolts === null ? options.gainAduPerMv! : 1 / microvolts,
          gainAssumed: false,
          baselineAdu: offset,
          adcResolutionBits: 16,
          ...(derivedFrom === undefined ? {} : { derivedFrom }),
          filters,
        },
        samples,
      };
    }),
  });
}

/** Microvolts a bit. */
function resolutionOf(data: XmlElement, signal: XmlElement | undefined): number | null {
  return (
    positive(data.attributes['resolution']) ??
    positiveAt(signal, 'resolution') ??
    positiveAt(signal, 'signalresolution')
  );
}

/** Of the stored samples; the report's own filters (`reportbandwidth`) were not applied to them. */
function filtersOf({ attributes }: XmlElement, signal: XmlElement | undefined): AppliedFilters {
  const band = /^([\d.]+)-([\d.]+)$/.exec(textAt(signal, 'signalbandwidth'));
  const notched =
    (attributes['notchfiltered'] ?? textAt(signal, 'notchfiltered')).toLowerCase() === 'true';
  const notches = attributes['notchfilterfreqs'] ?? textAt(signal, 'notchfilterfreqs');
  return {
    highPassHz:
      finite(attributes['hipass']) || numberAt(signal, 'hipass') || finite(band?.[1]) || null,
    lowPassHz:
      finite(attributes['lowpass']) || numberAt(signal, 'lowpass') || finite(band?.[2]) || null,
    notchHz: notched ? finite(notches.trim().split(/\s+/)[0]) || null : null,
  };
}
