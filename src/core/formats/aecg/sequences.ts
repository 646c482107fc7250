import { canonicalLeadName } from '../../../shared/domain';
import { textNumbers } from '../shared/text-numbers';
import { find, findAll, textAt } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';
import { hl7Clock } from './hl7-time';
import { leadOfCode } from './lead-code';
import { inUnit, perSecond, quantity, seconds } from './quantity';

/** One lead of one set of sequences: value = origin + scale x digit. */
export interface LeadSequence {
  readonly name: string;
  /** Whether its code is one of the ECG leads'. */
  readonly isEcg: boolean;
  /** Null where the file gives no usable increment. */
  readonly samplingRateHz: number | null;
  /** Unit of the scale; empty where there is none. */
  readonly units: string;
  /** Null where the file gives no scale, or one without its unit. */
  readonly scale: number | null;
  /** In the unit of the scale; 0 where there is none that can be understood. */
  readonly origin: number;
  /** True where the file has an origin, and it cannot be understood. */
  readonly originLeftOut: boolean;
  /** NaN for a digit that is no number; empty for a lead that is named alone. */
  readonly digits: Float64Array;
}

/** Leads that begin together and share their time. */
export interface SequenceSet {
  /** Wall clock of the first sample, null where time is relative. */
  readonly startClock: string | null;
  /** Start of relative time in seconds. */
  readonly startS: number;
  readonly leads: readonly LeadSequence[];
}

/** The sets of a `series` or `derivedSeries` (HL7 aECG implementation guide 2005-03-21, sequenceSet). */
export function sequenceSets(series: XmlElement): readonly SequenceSet[] {
  return findAll(series, 'component', 'sequenceSet').map((set) => {
    const sequences = findAll(set, 'component', 'sequence');
    const time = sequences.find((sequence) => codedName(sequence).startsWith('TIME_'));
    const head = find(time, 'value', 'head');
    return {
      startClock:
        codedName(time) === 'TIME_ABSOLUTE' ? hl7Clock(head?.attributes['value'] ?? '') : null,
      startS: seconds(head) ?? 0,
      leads: sequences
        .map((sequence) => ({ sequence, named: namedBy(sequence) }))
        .filter(
          ({ sequence, named }) =>
            sequence !== time && (named.isEcg || find(sequence, 'value', 'digits')),
        )
        .map(({ sequence, named }) =>
          leadSequence(sequence, named, perSecond(find(time, 'value', 'increment'))),
        ),
    };
  });
}

/** `code` attribute of an element's own `code`, empty where there is none. */
export function codedName(element: XmlElement | undefined): string {
  return find(element, 'code')?.attributes['code'] ?? '';
}

/** What is coded otherwise is called by its words or its code: no samples are left out for it. */
function namedBy(sequence: XmlElement): Pick<LeadSequence, 'name' | 'isEcg'> {
  const code = codedName(sequence);
  const words = find(sequence, 'code')?.attributes['displayName'] ?? '';
  const lead = leadOfCode(code);
  return { name: lead ?? canonicalLeadName(words) ?? code, isEcg: lead !== null };
}

function leadSequence(
  sequence: XmlElement,
  named: Pick<LeadSequence, 'name' | 'isEcg'>,
  samplingRateHz: number | null,
): LeadSequence {
  const scale = quantity(find(sequence, 'value', 'scale'));
  const originElement = find(sequence, 'value', 'origin');
  const stated = quantity(originElement);
  const units = scale?.unit ?? '';
  const origin =
    stated && (stated.value === 0 ? 0 : inUnit(stated.value, stated.unit || units, units));
  const hasOrigin = (originElement?.attributes['value'] ?? '').trim() !== '';
  return {
    ...named,
    samplingRateHz,
    units,
    scale: scale && scale.value !== 0 && units !== '' ? scale.value : null,
    origin: origin ?? 0,
    originLeftOut: origin === null && hasOrigin,
    digits: textNumbers(textAt(sequence, 'value', 'digits')),
  };
}
