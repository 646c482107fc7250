import { ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid } from '../../../shared/domain/said';
import type { OpenRecording } from '../open-recording';
import type { NewElement } from './encode-data-set';
import { codeSequence, decimalString, plain } from './new-file';

/** Places of one kind that an annotation lists: few enough for a value that readers take into memory. */
const PLACES = 10_000;
const MAX_TEXT = 1024;

/**
 * The Waveform Annotation Sequence (PS3.3, C.10.10): what the device measured, then annotations of every source, those
 * of one text together.
 * @param rateHz of the first multiplex group, in whose samples places are counted from 1
 */
export async function newAnnotations(
  recording: OpenRecording,
  rateHz: number,
  samples: number,
): Promise<Result<{ elements: NewElement[]; warnings: Warning[] }>> {
  const items: NewElement[][] = recording.measurements.map(measured);
  const warnings: Warning[] = [];
  for (const annotator of await recording.annotators()) {
    const read = await recording.annotations(annotator);
    if (!read.ok) return read;
    const { timeS, durationS, symbol, aux } = read.value;
    const moments = new Map<string, number[]>();
    let leftOut = 0;
    for (const [k, own] of symbol.entries()) {
      const words = aux[k]!;
      const text =
        own === '"' || (own === '+' && words !== '') ? words : [own, words].join(' ').trim();
      const place = Math.round(timeS[k]! * rateHz) + 1;
      if (place < 1 || place > samples || text === '') {
        leftOut++;
        continue;
      }
      const end = place + Math.round((durationS?.[k] ?? 0) * rateHz);
      if (end > place) items.push(placed(text, 'SEGMENT', [place, Math.min(end, samples)]));
      else {
        const places = moments.get(text);
        if (places) places.push(place);
        else moments.set(text, [place]);
      }
    }
    for (const [text, places] of moments) {
      for (let first = 0; first < places.length; first += PLACES) {
        const some = places.slice(first, first + PLACES);
        items.push(placed(text, some.length === 1 ? 'POINT' : 'MULTIPOINT', some));
      }
    }
    if (leftOut > 0) {
      warnings.push(
        warningSaid('annotations-left-out', 'warnings.annotationsOutside', {
          name: recording.name,
          n: leftOut,
          annotator,
        }),
      );
    }
  }
  if (items.length > 50_000) {
    return errSaid('too-large', 'files.tooManyAnnotations', {
      name: recording.name,
      n: items.length,
    });
  }
  const elements = items.length > 0 ? [{ tag: 0x0040b020, vr: 'SQ', value: items }] : [];
  return ok({ elements, warnings });
}

/** A text at places of the first group. */
function placed(text: string, range: string, places: readonly number[]): NewElement[] {
  return [
    { tag: 0x00700006, vr: 'ST', value: text.replace(/\p{Cc}/gu, ' ').slice(0, MAX_TEXT) },
    { tag: 0x0040a0b0, vr: 'US', value: [1, 0] },
    { tag: 0x0040a130, vr: 'CS', value: range },
    { tag: 0x0040a132, vr: 'UL', value: places },
  ];
}

/** What the device measured or said of the whole. */
function measured({ name, value, units }: OpenRecording['measurements'][number]): NewElement[] {
  const reference: NewElement = { tag: 0x0040a0b0, vr: 'US', value: [1, 0] };
  if (value === '' || !Number.isFinite(Number(value))) {
    return [{ tag: 0x00700006, vr: 'ST', value: plain(`${name}: ${value}`) }, reference];
  }
  return [
    codeSequence(0x0040a043, name, '99FIDUCIAL', name),
    codeSequence(0x004008ea, units || '1', 'UCUM', units || 'no units'),
    { tag: 0x0040a30a, vr: 'DS', value: decimalString(Number(value)) },
    reference,
  ];
}
