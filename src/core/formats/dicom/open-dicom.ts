import path from 'node:path';
import type { DataSet } from 'dicom-parser';
import { ok, type Err, type Result, type Warning } from '../../../shared/domain';
import { errSaid, toldBy, withDetails } from '../../../shared/domain/said';
import type { FilePool } from '../wfdb/file-pool';
import type { OpenOptions } from '../format';
import type { OpenRecording, StoredBeat } from '../open-recording';
import { clockWarnings } from '../shared/clock';
import { annotationColumns } from '../shared/annotation-columns';
import { createRecording } from '../shared/create-recording';
import type { ByteSource } from '../shared/framed-file';
import { beatLeftOut, storedBeat } from '../shared/stored-beat';
import { withFilePool } from '../shared/with-file-pool';
import { DICOM_ANNOTATOR, dicomAnnotations } from './annotations';
import { charsetOf, itemsOf, parseDataSet, textOf } from './data-set';
import { channelStores, groupWarnings, leadOf, missingCodeOf, stripLeads } from './leads';
import { parseGroup, type MultiplexGroup } from './multiplex-groups';
import { dicomPatient, dicomStartClock, dicomStatedStart } from './subject';
import { thinCopy, type WaveformBytes } from './thin-copy';
import { findDataSet } from './transfer-syntax';

/** Waveform storage classes (PS3.6, annex A), in words. */
const CLASSES: Readonly<Record<string, string>> = {
  '1.2.840.10008.5.1.4.1.1.9.1.1': '12-lead ECG',
  '1.2.840.10008.5.1.4.1.1.9.1.2': 'General ECG',
  '1.2.840.10008.5.1.4.1.1.9.1.3': 'Ambulatory ECG',
  '1.2.840.10008.5.1.4.1.1.9.1.4': 'General 32-bit ECG',
  '1.2.840.10008.5.1.4.1.1.9.2.1': 'Hemodynamic',
  '1.2.840.10008.5.1.4.1.1.9.3.1': 'Cardiac Electrophysiology',
};

/** Seconds between the beginnings of groups: a recorder wears out no later than after two weeks. */
const MAX_OFFSET_S = 14 * 86_400;

/** A derived group that is longer is a strip of its own, not an average beat. */
const LONGEST_BEAT_S = 5;

/** Opens the waveforms of a DICOM file for windowed reading. */
export const openDicom = withFilePool(openWith);

async function openWith(
  pool: FilePool,
  file: string,
  options: OpenOptions,
): Promise<Result<OpenRecording>> {
  const fileName = path.basename(file);
  const size = await pool.size(file);
  if (!size.ok) return size;
  const onDisk = { read: (at: number, length: number) => pool.read(file, at, length) };
  const data = await findDataSet(onDisk, size.value, fileName);
  if (!data.ok) return data;
  const thin = await thinCopy(data.value, fileName);
  if (!thin.ok) return thin;
  const dataSet = parseDataSet(thin.value.bytes);
  if (!dataSet) return errSaid('bad-header', 'files.dicomContradicts', { file: fileName });

  const charset = charsetOf(dataSet);
  const { bigEndian } = data.value.encoding;
  const context = { fileName, charset, bigEndian, statedRateHz: options.samplingRateHz };
  const parsed = groupsOf(dataSet, thin.value.waveforms, context);
  if (!parsed.ok) return parsed;
  const { groups, leftOut } = parsed.value;
  const { source } = data.value;
  const { strips, beats } = sortGroups(groups);
  const { leads, durationS, firstS } = stripLeads(source, strips, options);
  const far = strips.find((group) => Math.abs(group.offsetS - firstS) > MAX_OFFSET_S);
  if (far) return farAway(fileName, far);
  const storedBeats: StoredBeat[] = [];
  for (const group of beats) {
    const beat = await beatOf(source, group, options);
    if (!beat.ok) return beat;
    storedBeats.push(beat.value);
  }
  const startClock = dicomStartClock(dataSet, firstS);
  const { rows, measurements } = dicomAnnotations(dataSet, charset, groups, (group) =>
    strips.includes(group) ? group.offsetS - firstS : null,
  );
  const annotations = annotationColumns(DICOM_ANNOTATOR, rows);
  return ok(
    createRecording(
      {
        format: 'dicom',
        formatTitle: titleOf(dataSet),
        name: path.parse(file).name,
        path: file,
        files: [file],
        durationS,
        startClock,
        comments: commentsOf(dataSet, charset),
        patient: dicomPatient(dataSet, charset, startClock),
        warnings: [
          ...clockWarnings(fileName, startClock, dicomStatedStart(dataSet)),
          ...groupWarnings(groups, fileName),
          ...leftOut,
        ],
        gaps: [],
        measurements,
        storedBeats,
        annotationSources: new Map(
          rows.length > 0 ? [[DICOM_ANNOTATOR, async () => ok(annotations)]] : [],
        ),
        close: () => pool.close(),
      },
      leads,
    ),
  );
}

/** All groups of the Waveform Sequence, with the data of each; those that the device computed may be left out. */
function groupsOf(
  dataSet: DataSet,
  waveforms: readonly WaveformBytes[],
  context: Parameters<typeof parseGroup>[3],
): Result<{ groups: readonly MultiplexGroup[]; leftOut: readonly Warning[] }> {
  const items = itemsOf(dataSet, 'x54000100');
  if (items.length === 0) {
    return withDetails(
      errSaid('unsupported', 'files.dicomNoWaveform', {
        file: context.fileName,
        title: titleOf(dataSet),
      }),
      { field: 'Waveform Sequence' },
    );
  }
  const groups: MultiplexGroup[] = [];
  const broken: { readonly error: Err; readonly isDerived: boolean }[] = [];
  let next = 0;
  for (const [k, item] of items.entries()) {
    // Waveform data is found in the order of the file; an item without any takes none.
    const waveform = item.elements['x54001010'] ? waveforms[next++] : undefined;
    const group = parseGroup(item, k + 1, waveform, context);
    if (group.ok) groups.push(group.value);
    else
      broken.push({ error: group, isDerived: textOf(item, 'x003a0004', 'latin1') === 'DERIVED' });
  }
  const fatal = broken.find(({ isDerived }) => !isDerived) ?? (groups.length === 0 && broken[0]);
  if (fatal) return fatal.error;
  return ok({
    groups,
    leftOut: broken.map(({ error }) => beatLeftOut(context.fileName, error.error)),
  });
}

function farAway(file: string, { number, offsetS }: MultiplexGroup): Err {
  const field = 'Multiplex Group Time Offset (0018,1068)';
  const what = toldBy('files.isValue', { value: offsetS * 1000 });
  return withDetails(errSaid('bad-header', 'files.dicomField', { file, field, number, what }), {
    field,
  });
}

/** Which groups are strips and which average beats; a file of derived groups alone has them as strips. */
function sortGroups(groups: readonly MultiplexGroup[]) {
  const isBeat = ({ original, samples, samplingRateHz }: MultiplexGroup): boolean =>
    !original && samples / samplingRateHz <= LONGEST_BEAT_S;
  const strips = groups.filter((group) => !isBeat(group));
  return strips.length > 0
    ? { strips, beats: groups.filter(isBeat) }
    : { strips: groups, beats: [] };
}

async function beatOf(
  source: ByteSource,
  group: MultiplexGroup,
  options: OpenOptions,
): Promise<Result<StoredBeat>> {
  const held = [];
  const missingCode = missingCodeOf(group);
  for (const [k, store] of channelStores(source, group).entries()) {
    const samples = new Int32Array(group.samples);
    const read = await store.read(0, group.samples, samples, 0);
    if (!read.ok) return read;
    const lead = leadOf(group, group.channels[k]!, group.samples, options);
    held.push({ lead, samples, ...(missingCode === undefined ? {} : { missingCode }) });
  }
  return ok(storedBeat(group.label ?? `Group ${group.number} (derived)`, held));
}

function titleOf(dataSet: DataSet): string {
  const uid = textOf(dataSet, 'x00080016', 'latin1') ?? '';
  return `DICOM ${CLASSES[uid] ?? (uid ? `SOP class ${uid}` : 'waveform')}`;
}

/** What was recorded and with what; nothing that says who. */
function commentsOf(dataSet: DataSet, charset: string): string[] {
  const lines: readonly (readonly [string, readonly string[]])[] = [
    ['Device', ['x00080070', 'x00081090']],
    ['Software', ['x00181020']],
    ['Study', ['x00081030']],
    ['Series', ['x0008103e']],
  ];
  return lines.flatMap(([title, tags]) => {
    const words = tags.map((tag) => textOf(dataSet, tag, charset)).filter(Boolean);
    return words.length > 0 ? [`${title}: ${words.join(' ')}`] : [];
  });
}
