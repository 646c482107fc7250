import { ecgLeadsAmong } from '../../shared/domain';
import type { OpenRecording } from '../formats/open-recording';

/**
 * The recording with `ECG` before names that alone do not say what their leads are: a format without codes would make
 * no ECG of the `bipolar` lead that ISHNE has beside V1.
 */
export function namedAsLeads(recording: OpenRecording): OpenRecording {
  const byName = ecgLeadsAmong(recording.leads.map(({ name, units }) => ({ name, units })));
  const isTold = (k: number) => byName[k] || !recording.leads[k]!.isEcgByCode;
  if (recording.leads.every((_, k) => isTold(k))) return recording;
  const leads = recording.leads.map((lead, k) =>
    isTold(k) ? lead : { ...lead, name: `ECG ${lead.name.trim()}`.trim() },
  );
  return { ...recording, leads };
}
