import type { DeviceMeasurement, RecordedAnnotations } from '../open-recording';
import { annotationColumns, type AnnotationRow } from '../shared/annotation-columns';
import { find, findAll } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';
import { beatSymbol, codeInWords } from './codes';
import { hl7Clock, secondsBetween } from './hl7-time';
import { leadOfCode } from './lead-code';
import { quantity, seconds } from './quantity';
import { codedName } from './sequences';

/** What annotation sets hold: marks in time by who set them, and values without a place. */
export interface Annotated {
  readonly annotations: readonly RecordedAnnotations[];
  readonly measurements: readonly DeviceMeasurement[];
}

/** What an annotation inherits from those that it lies in. */
interface Context {
  readonly lead: string | null;
  readonly words: string;
  /** Mnemonic of the beat around, for its QRS. */
  readonly beat: string | null;
  /** Within one of many beats, whose own measurements are too many to show. */
  readonly single: boolean;
}

interface Found {
  readonly rows: AnnotationRow[];
  readonly measurements: DeviceMeasurement[];
}

/**
 * Annotation sets of a series (HL7 aECG implementation guide 2005-03-21, annotationSet): sets by a person are the
 * annotator `reader`, all others `device`. Those of derived series count in the time of the representative beat:
 * of them only the measurements are kept.
 * @param start wall clock of the first sample, null where the series has relative time only
 */
export function annotatedBy(series: XmlElement, start: string | null): Annotated {
  const sources = new Map<string, Found>();
  for (const set of findAll(series, 'subjectOf', 'annotationSet')) {
    const person = find(set, 'author', 'assignedEntity', 'assignedAuthorType', 'assignedPerson');
    const name = person ? 'reader' : 'device';
    const found = sources.get(name) ?? { rows: [], measurements: [] };
    sources.set(name, found);
    walkSet(set, start, found);
  }
  const derived: Found = { rows: [], measurements: [] };
  for (const set of findAll(series, 'derivation', 'derivedSeries', 'subjectOf', 'annotationSet')) {
    walkSet(set, null, derived);
  }
  const marked = [...sources].filter(([, { rows }]) => rows.length > 0);
  return {
    annotations: marked.map(([name, { rows }]) => annotationColumns(name, rows)),
    measurements: [...sources.values(), derived].flatMap(({ measurements }) => measurements),
  };
}

function walkSet(set: XmlElement, start: string | null, found: Found): void {
  const outside: Context = { lead: null, words: '', beat: null, single: false };
  for (const annotation of findAll(set, 'component', 'annotation')) {
    walk(annotation, outside, start, found);
  }
}

function walk(annotation: XmlElement, around: Context, start: string | null, found: Found): void {
  const code = codedName(annotation);
  const value = find(annotation, 'value');
  const valueCode = value?.attributes['code'] ?? '';
  const boundaries = findAll(annotation, 'support', 'supportingROI', 'component', 'boundary');
  const lead =
    boundaries.map((boundary) => leadOfCode(codedName(boundary))).find(Boolean) ?? around.lead;
  const span = boundaries.map((boundary) => spanOf(boundary, start)).find(Boolean) ?? null;
  const own = value?.attributes['displayName'] ?? codeInWords(valueCode);
  const words = [around.words, own].filter((part) => part !== '').join(' ');
  const isBeat = code === 'MDC_ECG_BEAT';
  const beat = isBeat ? beatSymbol(valueCode) : around.beat;

  if (span) found.rows.push(...rowsOf(code, valueCode, span, beat, lead, words));
  else if (value && !around.single) found.measurements.push(...measured(code, value, lead));
  for (const part of findAll(annotation, 'component', 'annotation')) {
    // A kind of rhythm or beat is no part of what its waves are called.
    const inherited = code.startsWith('MDC_ECG_WAVC') ? words : '';
    const single = around.single || (isBeat && start !== null);
    walk(part, { lead, words: inherited, beat: span ? null : beat, single }, start, found);
  }
}

interface Span {
  readonly startS: number;
  readonly endS: number;
}

/** Waves are marked at both ends as WFDB does, a beat whose annotation has no place of its own at its QRS. */
function rowsOf(
  code: string,
  valueCode: string,
  { startS, endS }: Span,
  beat: string | null,
  lead: string | null,
  words: string,
): AnnotationRow[] {
  const aux = lead === null ? words : `${lead}: ${words}`;
  const durationS = endS - startS;
  if (code === 'MDC_ECG_BEAT') return [{ timeS: startS, durationS, symbol: beat!, aux: '' }];
  if (code === 'MDC_ECG_RHY') return [{ timeS: startS, durationS, symbol: '+', aux }];
  if (!code.startsWith('MDC_ECG_WAVC') || durationS === 0) {
    return [{ timeS: startS, durationS, symbol: '"', aux }];
  }
  const ends = [
    { timeS: startS, symbol: '(', aux },
    { timeS: endS, symbol: ')', aux: '' },
  ];
  const holdsBeat = valueCode === 'MDC_ECG_WAVC_QRSWAVE' && beat !== null;
  return holdsBeat ? [...ends, { timeS: startS, symbol: beat, aux: '' }] : ends;
}

function spanOf(boundary: XmlElement, start: string | null): Span | null {
  const value = find(boundary, 'value');
  const low = find(value, 'low') ?? value;
  const high = find(value, 'high') ?? low;
  const secondsOf = (point: XmlElement | undefined): number | null => {
    if (codedName(boundary) === 'TIME_RELATIVE') return start === null ? null : seconds(point);
    if (codedName(boundary) !== 'TIME_ABSOLUTE' || start === null) return null;
    const clock = hl7Clock(point?.attributes['value'] ?? '');
    return clock === null ? null : secondsBetween(start, clock);
  };
  const startS = secondsOf(low);
  const endS = secondsOf(high);
  return startS === null || endS === null ? null : { startS, endS: Math.max(startS, endS) };
}

function measured(code: string, value: XmlElement, lead: string | null): DeviceMeasurement[] {
  const amount = quantity(value);
  const text = amount
    ? String(amount.value)
    : value.text.trim() ||
      value.attributes['displayName'] ||
      codeInWords(value.attributes['code'] ?? '');
  if (text === '' || code.startsWith('MDC_ECG_WAVC') || code === 'MDC_ECG_BEAT') return [];
  const name = codeInWords(code);
  return [
    { name: lead === null ? name : `${lead}: ${name}`, value: text, units: amount?.unit ?? '' },
  ];
}
