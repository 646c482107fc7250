import { ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid } from '../../../shared/domain/said';
import { decodeBase64, int16Of } from '../shared/base64';
import { finite, numberAt, positive, textAt } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';
import { unpackXli, type StoredLead } from './xli';

const TWELVE = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];

/** What `parsedwaveforms` holds, by lead. */
export interface StoredLeads {
  readonly leads: readonly StoredLead[];
  /** Whether limb leads are still differences (`undoLimbDifferences`). */
  readonly isXli: boolean;
  readonly warnings: readonly Warning[];
}

/**
 * Decodes the samples of a strip. Plain ones lie lead by lead without anything between them: where they are not as many as
 * are declared, every lead but the first would begin in another.
 * @param what names file and element in messages
 * @returns `bad-signal`, `unsupported` with file and field
 */
export function storedLeads(
  data: XmlElement,
  signal: XmlElement | undefined,
  samplingRateHz: number,
  what: string,
): Result<StoredLeads> {
  const encoding = data.attributes['dataencoding'] ?? 'Base64';
  if (encoding.toLowerCase() !== 'base64')
    return errSaid('unsupported', 'files.philipsEncoding', { what, encoding });
  const bits = numberOf(data, signal, 'bitspersample') ?? numberOf(data, signal, 'nbitspersample');
  if (bits !== null && bits !== 16)
    return errSaid('unsupported', 'files.philipsBits', { what, bits });
  const compression = compressionOf(data);
  if (compression !== '' && compression !== 'XLI') {
    return errSaid('unsupported', 'files.philipsCompression', { what, compression });
  }
  const bytes = decodeBase64(data.text, what);
  if (!bytes.ok) return bytes;
  const names = leadNames(data, signal);
  const durationMs = positive(data.attributes['durationperchannel']);
  const declared = durationMs === null ? null : Math.round((durationMs * samplingRateHz) / 1000);
  const isXli = compression === 'XLI';
  const stored = isXli
    ? unpackXli(bytes.value, what)
    : separate(int16Of(bytes.value), names.length, declared, what);
  if (!stored.ok) return stored;
  const arrays = stored.value;
  if (arrays.length < names.length) {
    const counts = { what, held: arrays.length, declared: names.length };
    return errSaid('bad-signal', 'files.philipsLeads', counts);
  }
  if (arrays.slice(0, names.length).some(({ length }) => length !== arrays[0]!.length)) {
    return errSaid('bad-signal', 'files.philipsLengths', { what });
  }
  const isUnsigned = !isXli && textOf(data, signal, 'signalsigned').toLowerCase() === 'false';
  return ok({
    leads: names.map((name, k) => ({
      name,
      samples: isUnsigned ? Int32Array.from(arrays[k]!, (value) => value & 0xffff) : arrays[k]!,
    })),
    isXli,
    warnings: warningsOf(
      names.length,
      numberOf(data, signal, 'numberofleads'),
      declared,
      arrays,
      what,
    ),
  });
}

function warningsOf(
  named: number,
  leads: number | null,
  declared: number | null,
  arrays: readonly Int16Array[],
  what: string,
): Warning[] {
  const warnings: Warning[] = [];
  if (leads !== null && leads > named) {
    warnings.push(warningSaid('more-leads', 'warnings.philipsUnnamed', { what, leads, named }));
  }
  const held = arrays[0]?.length ?? 0;
  if (declared !== null && held !== declared) {
    const said = { what, declared, field: 'durationperchannel', held };
    warnings.push(warningSaid('length', 'warnings.declaredSamples', said));
  }
  return warnings;
}

/** An attribute of version 1.04, or the element that version 1.03 has for it. */
function textOf(data: XmlElement, signal: XmlElement | undefined, name: string): string {
  return data.attributes[name] ?? textAt(signal, name);
}

function numberOf(data: XmlElement, signal: XmlElement | undefined, name: string): number | null {
  return finite(data.attributes[name]) ?? numberAt(signal, name);
}

/** `compression="XLI"` of version 1.04, `compressflag` and `compressmethod` of 1.03; empty for none. */
function compressionOf({ attributes }: XmlElement): string {
  if (attributes['compressflag']?.toLowerCase() === 'false') return '';
  const method = attributes['compression'] ?? attributes['compressmethod'] ?? '';
  if (/^xli$/i.test(method)) return 'XLI';
  return /^(uncompressed|none)$/i.test(method) ? '' : method;
}

/** Version 1.03 has no labels: its leads are in the standard order. */
function leadNames(data: XmlElement, signal: XmlElement | undefined): string[] {
  const labels = (data.attributes['leadlabels'] ?? '').split(/[\s,;]+/).filter(Boolean);
  if (labels.length > 0) return labels.map((label) => label.replace(/^AV([RLF])$/, 'aV$1'));
  const count = numberOf(data, signal, 'numberchannelsvalid') ?? TWELVE.length;
  return Array.from(
    { length: Math.max(0, Math.min(count, 64)) },
    (_, k) => TWELVE[k] ?? `lead ${k + 1}`,
  );
}

/** Leads stored one after the other, all as long as each other. */
function separate(
  samples: Int16Array,
  leads: number,
  declared: number | null,
  what: string,
): Result<Int16Array[]> {
  const length = leads > 0 ? samples.length / leads : 0;
  const held = samples.length;
  if (declared !== null && length !== declared && held > 0) {
    return errSaid('bad-signal', 'files.philipsDuration', { what, held, leads, declared });
  }
  if (!Number.isInteger(length)) {
    return errSaid('bad-signal', 'files.philipsUneven', { what, held, leads });
  }
  return ok(
    Array.from({ length: leads }, (_, k) => samples.subarray(k * length, (k + 1) * length)),
  );
}
