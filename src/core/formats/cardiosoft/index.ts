import path from 'node:path';
import { ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid } from '../../../shared/domain/said';
import type { Format, OpenOptions } from '../format';
import type { OpenRecording, StoredBeat } from '../open-recording';
import { clockWarnings } from '../shared/clock';
import { withLimbLeads } from '../shared/limb-leads';
import { beatLeftOut, storedBeat } from '../shared/stored-beat';
import { stripRecording } from '../shared/strip-recording';
import { find, findAll, textAt } from '../shared/xml/query';
import { readXml } from '../shared/xml/read';
import { xmlRoot } from '../shared/xml/root';
import type { XmlElement } from '../shared/xml/tree';
import {
  beatAnnotations,
  cardiosoftPatient,
  measurementsOf,
  observationClock,
  statedObservation,
} from './document';
import { cardiosoftFilters, samplesOf, sampleWarnings } from './samples';

/** GE CardioSoft's XML export of resting electrocardiograms. */
export const cardiosoftFormat: Format = {
  id: 'cardiosoft',
  title: 'GE CardioSoft XML',
  extensions: ['xml'],
  recognises: (head) => xmlRoot(head) === 'CardiologyXML',
  open,
};

async function open(file: string, options: OpenOptions = {}): Promise<Result<OpenRecording>> {
  const document = await readXml(file);
  if (!document.ok) return document;
  const root = document.value;
  const fileName = path.basename(file);
  const strips = findAll(root, 'StripData');
  const strip = strips.find((candidate) => find(candidate, 'WaveformData')) ?? strips[0];
  if (!strip) return errSaid('bad-header', 'files.cardiosoftNoStrip', { file: fileName });
  const leads = samplesOf(strip, fileName, options, cardiosoftFilters(root));
  if (!leads.ok) return leads;
  if (!leads.value.some(({ samples }) => samples.length > 0)) {
    return errSaid('bad-header', 'files.cardiosoftNoSamples', { file: fileName });
  }
  const storedBeats: StoredBeat[] = [];
  const beatsLeftOut: Warning[] = [];
  const medians = find(root, 'RestingECGMeasurements', 'MedianSamples');
  if (medians) {
    const beat = samplesOf(medians, fileName, options);
    if (beat.ok) storedBeats.push(storedBeat('Median beat', beat.value));
    else beatsLeftOut.push(beatLeftOut(fileName, beat.error));
  }
  const startClock = observationClock(root);
  const device = find(root, 'ClinicalInfo', 'DeviceInfo');
  const words = [textAt(device, 'Desc'), textAt(device, 'SoftwareVer')].filter(
    (part) => part !== '',
  );
  return ok(
    stripRecording(
      file,
      {
        format: cardiosoftFormat.id,
        formatTitle: 'GE CardioSoft XML',
        startClock,
        patient: cardiosoftPatient(root),
        comments: words.length > 0 ? [`Device: ${words.join(' ')}`] : [],
        warnings: [
          ...clockWarnings(fileName, startClock, statedObservation(root)),
          ...sampleWarnings(strip, leads.value, fileName),
          ...beatsLeftOut,
          ...warningsOf(root, fileName),
        ],
        measurements: measurementsOf(root),
        storedBeats,
        annotations: beatAnnotations(strip),
      },
      withLimbLeads(leads.value),
    ),
  );
}

function warningsOf(root: XmlElement, fileName: string): Warning[] {
  const strips = findAll(root, 'StripData').filter((strip) => find(strip, 'WaveformData')).length;
  const warnings: Warning[] = [];
  if (strips > 1) {
    warnings.push(warningSaid('more-series', 'warnings.moreStrips', { file: fileName, n: strips }));
  }
  if (find(root, 'FullDisclosure', 'FullDisclosureData')) {
    warnings.push(warningSaid('more-series', 'warnings.fullDisclosure', { file: fileName }));
  }
  return warnings;
}
