import path from 'node:path';
import { ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid } from '../../../shared/domain/said';
import type { Format, OpenOptions } from '../format';
import type { OpenRecording } from '../open-recording';
import { clockWarnings } from '../shared/clock';
import { withLimbLeads } from '../shared/limb-leads';
import { beatLeftOut } from '../shared/stored-beat';
import { stripRecording } from '../shared/strip-recording';
import { textAt } from '../shared/xml/query';
import { readXml } from '../shared/xml/read';
import { xmlRoot } from '../shared/xml/root';
import {
  acquisitionClock,
  deviceOf,
  measurementsOf,
  philipsPatient,
  statedAcquisition,
} from './document';
import { representativeBeats } from './representative-beats';
import { stripOf, type Strip } from './strip';

/** Philips' XML of resting electrocardiograms ("Sierra"), versions 1.03 and 1.04, plain or packed as XLI. */
export const philipsFormat: Format = {
  id: 'philips',
  title: 'Philips Sierra XML (XLI)',
  extensions: ['xml'],
  recognises: (head) => xmlRoot(head) === 'restingecgdata',
  open,
};

async function open(file: string, options: OpenOptions = {}): Promise<Result<OpenRecording>> {
  const document = await readXml(file);
  if (!document.ok) return document;
  const root = document.value;
  const fileName = path.basename(file);
  const strip = stripOf(root, fileName, options);
  if (!strip.ok) return strip;
  if (!strip.value.leads.some(({ samples }) => samples.length > 0)) {
    return errSaid('bad-signal', 'files.philipsNoSamples', { file: fileName });
  }
  const storedBeats = representativeBeats(root, fileName);
  const startClock = acquisitionClock(root);
  const version = textAt(root, 'documentinfo', 'documentversion');
  return ok(
    stripRecording(
      file,
      {
        format: philipsFormat.id,
        formatTitle: `Philips Sierra XML ${version}`.trim(),
        startClock,
        patient: philipsPatient(root),
        comments: deviceOf(root),
        warnings: [
          ...clockWarnings(fileName, startClock, statedAcquisition(root)),
          ...warningsOf(strip.value, fileName),
          ...(storedBeats.ok ? [] : [beatLeftOut(fileName, storedBeats.error)]),
        ],
        measurements: measurementsOf(root),
        storedBeats: storedBeats.ok ? storedBeats.value : [],
      },
      withLimbLeads(strip.value.leads),
    ),
  );
}

function warningsOf({ leads, markedSamples, warnings }: Strip, fileName: string): Warning[] {
  const lead = leads[0]!.lead;
  const markS = (markedSamples - lead.samples) / lead.samplingRateHz;
  if (markS <= 0) return [...warnings];
  const said = { file: fileName, markS: markS.toFixed(2) };
  return [...warnings, warningSaid('calibration-mark', 'warnings.calibrationMark', said)];
}
