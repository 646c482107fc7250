import { ok, type Result } from '../../../shared/domain';
import type { StoredBeat } from '../open-recording';
import { decodeBase64, int16Of } from '../shared/base64';
import type { HeldLead } from '../shared/limb-leads';
import { storedBeat } from '../shared/stored-beat';
import { find, findAll, finite, textAt } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';

/** What fills the place of a beat after its end. */
const NOTHING = 32_767;

/** `repbeats`, with a rate and a resolution of their own; none in version 1.03. */
export function representativeBeats(
  root: XmlElement,
  fileName: string,
): Result<readonly StoredBeat[]> {
  const beats = find(root, 'waveforms', 'repbeats');
  const samplingRateHz = finite(beats?.attributes['samplespersec']);
  const microvolts = finite(beats?.attributes['resolution']);
  if (!beats || !samplingRateHz || !microvolts) return ok([]);
  const leads: HeldLead[] = [];
  for (const beat of findAll(beats, 'repbeat')) {
    const name = beat.attributes['leadname'] ?? '';
    const bytes = decodeBase64(textAt(beat, 'waveform'), `${fileName}: repbeat ${name}`);
    if (!bytes.ok) return bytes;
    const filled = int16Of(bytes.value);
    const samples = filled.subarray(0, filled.findLastIndex((sample) => sample !== NOTHING) + 1);
    leads.push({
      lead: {
        name,
        units: 'uV',
        samplingRateHz,
        samples: samples.length,
        gainAduPerUnit: 1 / microvolts,
        gainAssumed: false,
        baselineAdu: 0,
        adcResolutionBits: 16,
      },
      samples,
    });
  }
  return ok(leads.length > 0 ? [storedBeat('Representative beat', leads)] : []);
}
