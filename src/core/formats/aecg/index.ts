import path from 'node:path';
import { ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid } from '../../../shared/domain/said';
import type { Format, OpenOptions } from '../format';
import type { OpenRecording } from '../open-recording';
import { clockWarnings } from '../shared/clock';
import { stripRecording } from '../shared/strip-recording';
import { noNumberWarnings } from '../shared/text-numbers';
import { find, findAll, textAt } from '../shared/xml/query';
import { readXml } from '../shared/xml/read';
import { xmlRoot } from '../shared/xml/root';
import type { XmlElement } from '../shared/xml/tree';
import { annotatedBy } from './annotations';
import { aecgFilters } from './filters';
import { hl7Clock, hl7Time } from './hl7-time';
import { leadSources, startOf } from './lead-sources';
import { codedName, sequenceSets, type SequenceSet } from './sequences';
import { storedBeatsOf } from './stored-beats';
import { subjectOf } from './subject';

/** HL7 annotated ECG (HL7 v3 aECG, implementation guide of 2005-03-21): one rhythm series and its annotations. */
export const aecgFormat: Format = {
  id: 'aecg',
  title: 'HL7 annotated ECG (aECG)',
  extensions: ['xml', 'aecg'],
  recognises: (head) => xmlRoot(head) === 'AnnotatedECG',
  open,
};

async function open(file: string, options: OpenOptions = {}): Promise<Result<OpenRecording>> {
  const document = await readXml(file);
  if (!document.ok) return document;
  const root = document.value;
  const fileName = path.basename(file);
  const all = findAll(root, 'component', 'series');
  const rhythms = all.filter((candidate) => codedName(candidate) === 'RHYTHM');
  const series =
    rhythms.find((one) => find(one, 'component', 'sequenceSet')) ?? rhythms[0] ?? all[0];
  if (!series) return errSaid('bad-header', 'files.aecgNoSeries', { file: fileName });

  const sets = sequenceSets(series);
  const sources = leadSources(sets, aecgFilters(series), fileName, options);
  if (!sources.ok) return sources;
  if (!sources.value.some(({ lead }) => lead.samples > 0)) {
    return errSaid('bad-header', 'files.aecgNoLead', { file: fileName });
  }
  const low = find(series, 'effectiveTime', 'low')?.attributes['value'] ?? '';
  const start = startOf(sets) ?? hl7Clock(low);
  const startClock = start ?? hl7Time(low);
  const { annotations, measurements } = annotatedBy(series, start);
  return ok(
    stripRecording(
      file,
      {
        format: aecgFormat.id,
        formatTitle: 'HL7 aECG',
        startClock,
        patient: subjectOf(root),
        comments: commentsOf(series),
        warnings: [
          ...clockWarnings(fileName, startClock, { date: low, time: low }),
          ...sets.flatMap(({ leads }) =>
            leads.flatMap(({ name, digits }) => noNumberWarnings(fileName, name, digits)),
          ),
          ...warningsOf(all.length, fileName),
          ...originWarnings(sets, fileName),
        ],
        measurements,
        storedBeats: storedBeatsOf(series),
        annotations,
      },
      sources.value,
    ),
  );
}

function commentsOf(series: XmlElement): string[] {
  const author = find(series, 'author', 'seriesAuthor');
  const device = find(author, 'manufacturedSeriesDevice');
  const words = [
    textAt(author, 'manufacturerOrganization', 'name'),
    textAt(device, 'manufacturerModelName'),
    textAt(device, 'softwareName'),
  ].filter((part) => part !== '');
  return words.length > 0 ? [`Device: ${words.join(' ')}`] : [];
}

/** Values without their origin lie elsewhere than the file says. */
function originWarnings(sets: readonly SequenceSet[], fileName: string): Warning[] {
  const leads = sets.flatMap((set) => set.leads.filter(({ originLeftOut }) => originLeftOut));
  if (leads.length === 0) return [];
  const names = [...new Set(leads.map(({ name }) => name))].join(', ');
  return [warningSaid('origin', 'warnings.aecgOrigin', { file: fileName, leads: names })];
}

function warningsOf(series: number, fileName: string): Warning[] {
  if (series < 2) return [];
  return [warningSaid('more-series', 'warnings.moreSeries', { file: fileName, n: series })];
}
