import type { DataSet } from 'dicom-parser';
import type { DeviceMeasurement } from '../open-recording';
import type { AnnotationRow } from '../shared/annotation-columns';
import { textAnnotation, type TextAnnotation } from '../shared/annotation-text';
import { codedConcept, integersOf, itemsOf, textOf } from './data-set';
import type { MultiplexGroup } from './multiplex-groups';

/** Name under which a file's own annotations are asked for. */
export const DICOM_ANNOTATOR = 'dicom';

/** Name of what a device says in words alone. */
const FREE_TEXT = 'Statement';

export interface DicomAnnotations {
  /** Those that say where in a strip. */
  readonly rows: readonly AnnotationRow[];
  /** Those about the whole recording, and those about an average beat. */
  readonly measurements: readonly DeviceMeasurement[];
}

/**
 * The Waveform Annotation Sequence (PS3.3, C.10.10).
 * @param startOf seconds from the start of the recording to the first sample of a group; null for a group that is no
 *   strip
 */
export function dicomAnnotations(
  dataSet: DataSet,
  charset: string,
  groups: readonly MultiplexGroup[],
  startOf: (group: MultiplexGroup) => number | null,
): DicomAnnotations {
  const rows: AnnotationRow[] = [];
  const measurements: DeviceMeasurement[] = [];
  for (const item of itemsOf(dataSet, 'x0040b020')) {
    const what = describe(item, charset);
    const [groupNumber] = integersOf(item, 'x0040a0b0', 2);
    const group = groups.find(({ number }) => number === (groupNumber || 1));
    const times = group ? timesOf(item, group) : [];
    if (times.length === 0) {
      if (what.value !== '') measurements.push(what);
      continue;
    }
    const startS = startOf(group!);
    if (startS === null) {
      measurements.push(what.value === '' ? timesInBeat(what.name, times, group!) : what);
      continue;
    }
    const range = textOf(item, 'x0040a130', 'latin1');
    const [from, to] = times as [number, number];
    if (range === 'SEGMENT' && times.length === 2) {
      const durationS = Math.max(0, to - from);
      rows.push({ timeS: startS + from, durationS, ...rowText(what, durationS) });
    } else for (const timeS of times) rows.push({ timeS: startS + timeS, ...rowText(what, 0) });
  }
  return { rows, measurements };
}

/** Free text may be a beat or a rhythm; a concept with its value is a note. */
function rowText({ name, value, units }: DeviceMeasurement, durationS: number): TextAnnotation {
  if (name === FREE_TEXT) return textAnnotation(value, durationS);
  return { symbol: '"', aux: [name, value, units].filter((part) => part !== '').join(' ') };
}

/** What an annotation says: a concept with a number, a code or nothing but its name, or free text. */
function describe(item: DataSet, charset: string): DeviceMeasurement {
  const concept = codedConcept(item, 'x0040a043', charset);
  const number = textOf(item, 'x0040a30a', 'latin1');
  const coded = codedConcept(item, 'x0040a168', charset);
  const text = textOf(item, 'x00700006', charset);
  return {
    name: concept?.meaning || concept?.value || (text ? FREE_TEXT : ''),
    value: number ?? coded?.meaning ?? text ?? '',
    units: number === null ? '' : (codedConcept(item, 'x004008ea', 'latin1')?.value ?? ''),
  };
}

/** Where something lies in an average beat, which is no place in the recording. */
function timesInBeat(
  name: string,
  times: readonly number[],
  { label, number }: MultiplexGroup,
): DeviceMeasurement {
  const ms = times.map((timeS) => Math.round(timeS * 1000)).join(', ');
  return { name: `${label ?? `Group ${number}`}: ${name}`, value: ms, units: 'ms' };
}

/** Times in seconds from the first sample of the group: by sample, counted from 1, or by offset. */
function timesOf(item: DataSet, { samplingRateHz }: MultiplexGroup): number[] {
  const samples = integersOf(item, 'x0040a132', 4);
  if (samples.length > 0) return samples.map((sample) => (sample - 1) / samplingRateHz);
  const offsets = (textOf(item, 'x0040a138', 'latin1') ?? '')
    .split('\\')
    .map((part) => part.trim());
  return offsets.filter((part) => /^[-+]?\d+(\.\d*)?$/.test(part)).map(Number);
}
