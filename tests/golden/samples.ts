import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { openRecording } from '../../src/core/formats/list';
import type { OpenRecording } from '../../src/core/formats/open-recording';
import { sharedData } from './shared-data';

/** Every sample file of every format, as `edf/contec_ecg90a_12lead.edf`; none where the data is absent. */
export function sampleFiles(): string[] {
  if (!sharedData) return [];
  const root = path.join(sharedData, 'formats');
  return readdirSync(root)
    .filter((folder) => statSync(path.join(root, folder)).isDirectory())
    .flatMap((folder) => readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((name) => !/\/(README\.md|expected\.json)$/.test(name));
}

/** A sample with what must be stated about it; null for one that is not to be opened, or that holds several. */
export async function openSample(sample: string): Promise<OpenRecording | null> {
  const file = path.join(sharedData!, 'formats', sample);
  const opened = await openRecording(file, { samplingRateHz: 500, gainAduPerMv: 200 });
  return opened.ok ? opened.value : null;
}
