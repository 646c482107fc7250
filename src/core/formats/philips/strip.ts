import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { OpenOptions } from '../format';
import type { AppliedFilters } from '../open-recording';
import { decodeBase64, int16Of } from '../shared/base64';
import { leadCodeOf } from '../shared/lead-codes';
import type { HeldLead } from '../shared/limb-leads';
import { needsOption } from '../shared/needs-option';
import { find, finite, numberAt, textAt } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';
import { calibrationMarkStart } from './calibration-mark';
import { undoLimbDifferences, unpackXli } from './xli';

const TWELVE = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];

/** The strip of a document, without the calibration mark that some devices append. */
export interface Strip {
  readonly leads: readonly HeldLead[];
  /** Samples of every lead before the mark was taken away. */
  readonly markedSamples: number;
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
    finite(data.attributes['samplespersecond']) ||
    numberAt(signal, 'samplingrate') ||
    options.samplingRateHz;
  const microvolts = resolutionOf(data, signal);
  const missing: (keyof OpenOptions)[] = [];
  if (!samplingRateHz) missing.push('samplingRateHz');
  if (microvolts === null && !options.gainAduPerMv) missing.push('gainAduPerMv');
  if (missing.length > 0) return needsOption(fileName, missing);

  const stored = namedLeads(data, signal, `${fileName}: parsedwaveforms`);
  if (!stored.ok) return stored;
  const { leads, isXli } = stored.value;
  const formulas = isXli ? undoLimbDifferences(leads) : new Map<string, string>();
  const end = calibrationMarkStart([...leads.values()], samplingRateHz!);
  const filters = filtersOf(data, signal);
  return ok({
    markedSamples: Math.max(0, ...[...leads.values()].map(({ length }) => length)),
    leads: [...leads].map(([name, all]): HeldLead => {
      const samples = all.subarray(0, end);
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
          baselineAdu: numberAt(signal, 'signaloffset') ?? 0,
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
    finite(data.attributes['resolution']) ||
    numberAt(signal, 'resolution') ||
    numberAt(signal, 'signalresolution') ||
    null
  );
}

function namedLeads(
  data: XmlElement,
  signal: XmlElement | undefined,
  what: string,
): Result<{ leads: ReadonlyMap<string, Int16Array>; isXli: boolean }> {
  const encoding = data.attributes['dataencoding'] ?? 'Base64';
  if (encoding !== 'Base64')
    return errSaid('unsupported', 'files.philipsEncoding', { what, encoding });
  const bytes = decodeBase64(data.text, what);
  if (!bytes.ok) return bytes;
  const compression = compressionOf(data);
  if (compression !== '' && compression !== 'XLI') {
    return errSaid('unsupported', 'files.philipsCompression', { what, compression });
  }
  const names = leadNames(data, signal);
  const isXli = compression === 'XLI';
  const stored = isXli
    ? unpackXli(bytes.value, what)
    : ok(separate(int16Of(bytes.value), names.length));
  if (!stored.ok) return stored;
  if (stored.value.length < names.length) {
    return errSaid('bad-signal', 'files.philipsLeads', {
      what,
      held: stored.value.length,
      declared: names.length,
    });
  }
  if (
    stored.value.slice(0, names.length).some(({ length }) => length !== stored.value[0]!.length)
  ) {
    return errSaid('bad-signal', 'files.philipsLengths', { what });
  }
  return ok({ leads: new Map(names.map((name, k) => [name, stored.value[k]!])), isXli });
}

/** `compression="XLI"` of version 1.04, `compressflag` and `compressmethod` of 1.03; empty for none. */
function compressionOf({ attributes }: XmlElement): string {
  if (attributes['compressflag']?.toLowerCase() === 'false') return '';
  const method = attributes['compression'] ?? attributes['compressmethod'] ?? '';
  return method === 'Uncompressed' ? '' : method;
}

/** Version 1.03 has no labels: its leads are in the standard order. */
function leadNames(data: XmlElement, signal: XmlElement | undefined): string[] {
  const labels = (data.attributes['leadlabels'] ?? '').split(/\s+/).filter((label) => label !== '');
  if (labels.length > 0) return labels.map((label) => label.replace(/^AV([RLF])$/, 'aV$1'));
  const count = numberAt(signal, 'numberchannelsvalid') ?? TWELVE.length;
  return Array.from(
    { length: Math.max(0, Math.min(count, 64)) },
    (_, k) => TWELVE[k] ?? `lead ${k + 1}`,
  );
}

/** Leads stored one after the other. */
function separate(samples: Int16Array, leads: number): Int16Array[] {
  const length = leads > 0 ? Math.floor(samples.length / leads) : 0;
  return Array.from({ length: leads }, (_, k) => samples.subarray(k * length, (k + 1) * length));
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
