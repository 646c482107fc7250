import type { OpenRecording } from '../../open-recording';

/** Some leads of a recording, for formats that write leads of each rate apart. @param wanted their indices */
export function onlyLeads(recording: OpenRecording, wanted: readonly number[]): OpenRecording {
  return {
    ...recording,
    leads: wanted.map((lead, index) => ({ ...recording.leads[lead]!, index })),
    readDigital: (lead, start, end) => recording.readDigital(wanted[lead] ?? -1, start, end),
    readPhysical: (lead, start, end) => recording.readPhysical(wanted[lead] ?? -1, start, end),
  };
}

/** Indices of leads by their rate, in the order of the leads. */
export function leadsByRate({ leads }: OpenRecording): Map<number, number[]> {
  const byRate = new Map<number, number[]>();
  for (const { index, samplingRateHz } of leads) {
    byRate.set(samplingRateHz, [...(byRate.get(samplingRateHz) ?? []), index]);
  }
  return byRate;
}
