import type { Patient, Warning } from '../../../shared/domain';
import type { Told } from '../../../shared/domain/failure';
import type { DeviceMeasurement } from '../open-recording';
import type { Notation } from './cells';

/** A column that tells when a row was measured. */
export interface ClockColumn {
  readonly column: number;
  /** Numbers of a unit, `hh:mm:ss.sss` or shorter, or date and time. */
  readonly kind: 'number' | 'time' | 'date';
  /** How many of its units are a second; 1 for times and dates. */
  readonly perSecond: number;
  /** Where the file names no unit and seconds were taken. */
  readonly isAssumed?: boolean;
}

/** A column that counts rows, so that a number left out is a lost row. */
export interface CounterColumn {
  readonly column: number;
  readonly step: number;
  /** One past the highest count, after which it begins again; null where it goes on. */
  readonly modulus: number | null;
}

export interface TableLead {
  readonly column: number;
  readonly name: string;
  /** Empty where the file gives none. */
  readonly units: string;
  /** ADU per unit of numbers that are no values yet; null where they are values. */
  readonly gainAduPerUnit: number | null;
  readonly baselineAdu: number;
  /** Of the converter, where the file tells. */
  readonly adcResolutionBits?: number;
}

/** What the beginning of a table says of all of it. */
export interface TableLayout extends Notation {
  readonly title: string;
  /** Cells of every row, where the kind of table does not know of more. */
  readonly columns?: number;
  /** Where the first row of numbers begins in the file. */
  readonly firstRowByte: number;
  readonly leads: readonly TableLead[];
  readonly clock: ClockColumn | null;
  readonly counter: CounterColumn | null;
  /** As the file or the layout's kind states it, null where only the clock column could tell. */
  readonly samplingRateHz: number | null;
  readonly startClock: string | null;
  readonly patient?: Partial<Patient>;
  readonly comments?: readonly string[];
  readonly measurements?: readonly DeviceMeasurement[];
  readonly warnings?: readonly Warning[];
  /** Why its rows cannot be read as samples, as the end of a sentence. */
  readonly fault?: Told;
}
