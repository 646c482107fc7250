import { millivoltsPerUnit } from '../../../shared/domain';
import type { StoredBeat } from '../open-recording';
import { valuesOf, type HeldLead } from './limb-leads';

/** An averaged beat out of leads of one rate; those that are no voltage are left out. */
export function storedBeat(title: string, leads: readonly HeldLead[]): StoredBeat {
  const voltages = leads.filter(({ lead }) => millivoltsPerUnit(lead.units) !== null);
  return {
    title,
    samplingRateHz: leads[0]?.lead.samplingRateHz ?? 0,
    leadNames: voltages.map(({ lead }) => lead.name),
    valuesMv: voltages.map((held) => {
      const scale = millivoltsPerUnit(held.lead.units)!;
      return valuesOf(held).map((value) => value * scale);
    }),
  };
}
