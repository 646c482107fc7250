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
import { acquisitionClock, musePatient, statedAcquisition } from './demographics';
import { measurementsOf, qrsAnnotations } from './measurements';
import { waveformOf } from './waveform';

/** GE MUSE's XML export of resting electrocardiograms (restecg.dtd; the document type is never fetched). */
export const museFormat: Format = {
  id: 'muse',
  title: 'GE MUSE XML',
  extensions: ['xml'],
  recognises: (head) => xmlRoot(head) === 'RestingECG',
  open,
};

async function open(file: string, options: OpenOptions = {}): Promise<Result<OpenRecording>> {
  const document = await readXml(file);
  if (!document.ok) return document;
  const root = document.value;
  const fileName = path.basename(file);
  const waveforms = findAll(root, 'Waveform');
  const ofType = (type: string) =>
    waveforms.filter((waveform) => textAt(waveform, 'WaveformType').toLowerCase() === type);
  const strips = ofType('rhythm');
  const filled = strips.filter((waveform) => find(waveform, 'LeadData'));
  const strip = filled[0] ?? strips[0];
  if (!strip) return errSaid('bad-header', 'files.museNoRhythm', { file: fileName });
  const rhythm = waveformOf(strip, fileName, options);
  if (!rhythm.ok) return rhythm;
  if (rhythm.value.leads.length === 0) {
    return errSaid('bad-header', 'files.museNoLead', { file: fileName });
  }
  if (!rhythm.value.leads.some(({ samples }) => samples.length > 0)) {
    return errSaid('bad-signal', 'files.museNoSamples', { file: fileName });
  }
  const storedBeats: StoredBeat[] = [];
  const beatsLeftOut: Warning[] = [];
  for (const waveform of ofType('median')) {
    const median = waveformOf(waveform, fileName, options);
    if (median.ok) storedBeats.push(storedBeat('Median beat', median.value.leads));
    else beatsLeftOut.push(beatLeftOut(fileName, median.error));
  }
  const startClock = acquisitionClock(root);
  const warnings = [
    ...rhythm.value.warnings,
    ...beatsLeftOut,
    ...clockWarnings(fileName, startClock, statedAcquisition(root)),
  ];
  if (filled.length > 1) {
    warnings.push(
      warningSaid('more-series', 'warnings.moreRhythmStrips', { file: fileName, n: filled.length }),
    );
  }
  return ok(
    stripRecording(
      file,
      {
        format: museFormat.id,
        formatTitle: titleOf(root),
        startClock,
        patient: musePatient(root),
        comments: deviceOf(root),
        warnings,
        measurements: measurementsOf(root),
        storedBeats: storedBeats.filter(({ leadNames }) => leadNames.length > 0),
        annotations: qrsAnnotations(root),
      },
      withLimbLeads(rhythm.value.leads),
    ),
  );
}

function titleOf(root: XmlElement): string {
  const version = textAt(root, 'MuseInfo', 'MuseVersion');
  return version === '' ? 'GE MUSE XML' : `GE MUSE XML (${version})`;
}

function deviceOf(root: XmlElement): string[] {
  const device = textAt(find(root, 'TestDemographics'), 'AcquisitionDevice');
  return device === '' ? [] : [`Device: ${device}`];
}
