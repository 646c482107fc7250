import { millivoltsPerUnit } from '../../../shared/domain';
import { finite } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';

/** By unit, in lower case: UCUM's, and the abbreviations that people write for them. */
const SECONDS = new Map<string, number>(
  Object.entries({ s: 1, sec: 1, ms: 1e3, msec: 1e3, us: 1e6, µs: 1e6, ns: 1e9 }),
);

/** A physical quantity (data type PQ): `<scale value="2.5" unit="uV"/>`; null where the value is no number. */
export function quantity(element: XmlElement | undefined): { value: number; unit: string } | null {
  const value = finite(element?.attributes['value']);
  return value === null ? null : { value, unit: element!.attributes['unit']?.trim() ?? '' };
}

/** How many of an increment fit in a second; null for none, or in a unit that is no time. */
export function perSecond(element: XmlElement | undefined): number | null {
  const increment = quantity(element);
  const units = increment && SECONDS.get(increment.unit.toLowerCase());
  return units && increment.value > 0 ? units / increment.value : null;
}

/** A duration in seconds, null where there is none or its unit is no time. */
export function seconds(element: XmlElement | undefined): number | null {
  const duration = quantity(element);
  const units = duration && SECONDS.get(duration.unit.toLowerCase());
  return units ? duration.value / units : null;
}

/** A voltage in another unit of voltage, null where one of the units is none. */
export function inUnit(value: number, unit: string, wanted: string): number | null {
  if (unit === wanted) return value;
  const [from, to] = [unit, wanted].map(millivoltsPerUnit);
  // From microvolts to millivolts by a division, as 1e-3 is not exact in binary.
  return from && to ? value / (to / from) : null;
}
