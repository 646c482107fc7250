import type { StoredBeat } from '../open-recording';
import { valuesOf, type HeldLead } from './limb-leads';

const MILLIVOLTS: Readonly<Record<string, number>> = { V: 1e3, mV: 1, uV: 1e-3, nV: 1e-6 };

/** An averaged beat out of leads of one rate; those that are no voltage are left out. */
export function storedBeat(title: string, leads: readonly HeldLead[]): StoredBeat {
  const voltages = leads.filter(({ lead }) => MILLIVOLTS[lead.units]);
  return {
    title,
    samplingRateHz: leads[0]?.lead.samplingRateHz ?? 0,
    leadNames: voltages.map(({ lead }) => lead.name),
    valuesMv: voltages.map((held) => {
      const scale = MILLIVOLTS[held.lead.units]!;
      return valuesOf(held).map((value) => value * scale);
    }),
  };
}
