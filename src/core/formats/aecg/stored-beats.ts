import type { StoredBeat } from '../open-recording';
import { findAll } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';
import { inUnit } from './quantity';
import { sequenceSets } from './sequences';

/** Representative beats of a series: its derived series, which are never part of the rhythm. */
export function storedBeatsOf(series: XmlElement): readonly StoredBeat[] {
  return findAll(series, 'derivation', 'derivedSeries')
    .flatMap(sequenceSets)
    .flatMap(({ leads }) => {
      const usable = leads.filter(
        ({ samplingRateHz, units }) => samplingRateHz && inUnit(1, units, 'mV'),
      );
      if (usable.length === 0) return [];
      return {
        title: 'Representative beat',
        samplingRateHz: usable[0]!.samplingRateHz!,
        leadNames: usable.map(({ name }) => name),
        valuesMv: usable.map(({ digits, scale, origin, units }) => {
          const toMv = inUnit(1, units, 'mV')!;
          return digits.map((digit) => (origin + (scale ?? NaN) * digit) * toMv);
        }),
      };
    });
}
