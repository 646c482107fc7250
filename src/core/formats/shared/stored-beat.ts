import { millivoltsPerUnit, type Failure, type Warning } from '../../../shared/domain';
import { warningSaid } from '../../../shared/domain/said';
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

/** Says that an averaged beat cannot be read: no reason not to show the strip beside it. */
export function beatLeftOut(fileName: string, why: Failure): Warning {
  return warningSaid('beat-left-out', 'warnings.beatLeftOut', { file: fileName, why });
}
