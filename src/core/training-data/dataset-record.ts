import { createHash } from 'node:crypto';
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../shared/domain';
import { anonymised } from '../convert/anonymise';
import { writeFailure } from '../base/file-failure';
import { makeFolder } from '../base/make-folder';
import { writeThrough } from '../base/write-through';
import { personOf } from '../evaluation/databases';
import type { OpenRecording } from '../formats/open-recording';
import { writeWfdb } from '../formats/wfdb/write-recording';
import { leadsOf } from '../recordings/recording-info';
import { DecidedOnly, MASKED_COMMENT, maskPath, readDecidedOnly } from '../recordings/decided-only';
import type { DecidedTruth } from '../review/decided-truth';
import { decidedAnnotations } from './decided-annotations';

export interface DatasetRecord {
  readonly folder: string;
  readonly contentHash: string;
  readonly truth: DecidedTruth;
  /** Turns what names somebody into what does not; null keeps who was recorded and who read. */
  readonly pseudonym: ((text: string) => string) | null;
  readonly signal: AbortSignal;
}

/** Name of the files, without their endings, and whether they were there, just so, before. */
export interface WrittenRecord {
  readonly name: string;
  readonly unchanged: boolean;
}

/**
 * Writes one reviewed recording as a WFDB record with what readers decided as `.atr` and its mask. The mask comes first
 * and the header last: what a kill leaves behind is no record.
 * @param name of the recording as its reader knows it
 * @returns `conflict` where files of that name are not of an earlier run
 */
export async function writeDatasetRecord(
  opened: OpenRecording,
  name: string,
  options: DatasetRecord,
): Promise<Result<WrittenRecord>> {
  const { folder, signal } = options;
  const mask = maskOf(opened, options);
  const place = await placeFor(opened, name, mask, options);
  if (!place.ok || place.value.unchanged) return place;
  const header = join(folder, `${place.value.name}.hea`);
  try {
    await rm(header, { force: true });
    await writeThrough(maskPath(header), (part) => writeFile(part, `${JSON.stringify(mask)}\n`));
  } catch (cause) {
    return writeFailure(maskPath(header), cause);
  }
  const target = { folder, name: place.value.name, overwrite: true, signal };
  const written = await writeWfdb(asDecided(opened, options), target);
  if (written.ok) return place;
  await rm(maskPath(header), { force: true });
  return written;
}

function maskOf(
  opened: OpenRecording,
  { contentHash, truth, pseudonym }: DatasetRecord,
): DecidedOnly {
  const { id, name } = opened.patient;
  const person = id ?? name ?? personOf(opened);
  const readers = truth.readers.map((reader, i) => (pseudonym ? `reader ${i + 1}` : reader));
  const content = pseudonym ? pseudonym(contentHash) : contentHash;
  const decisions = createHash('sha256')
    .update(JSON.stringify([truth, readers]))
    .digest('hex');
  return {
    format: 'fiducial-mask',
    formatVersion: 1,
    patient: pseudonym ? pseudonym(`patient ${person}`) : person,
    readers,
    whole: [...truth.wholeS],
    segments: truth.segments.map(({ startS, endS, abnormal, reader }) => {
      return { startS, endS, abnormal, reader: truth.readers.indexOf(reader) + 1 };
    }),
    from: { content, decisions: decisions.slice(0, 32) },
  };
}

/** A name that nothing else has: that of the recording, with a part of its content's hash where another one has it. */
async function placeFor(
  opened: OpenRecording,
  name: string,
  mask: DecidedOnly,
  { folder, pseudonym }: DatasetRecord,
): Promise<Result<WrittenRecord>> {
  try {
    await makeFolder(folder);
  } catch (cause) {
    return writeFailure(folder, cause);
  }
  const { content, decisions } = mask.from;
  const own = pseudonym ? `ecg-${content}` : name.replace(/[^A-Za-z0-9_-]/g, '_');
  for (const candidate of [own, `${own}_${content.slice(0, 8)}`]) {
    const header = join(folder, `${candidate}.hea`);
    const known = await readDecidedOnly(header, []);
    if (!known.ok) return known;
    if (!known.value) {
      if (!(await anyThere(folder, candidate))) return ok({ name: candidate, unchanged: false });
      return err('conflict', `${header} is not of a dataset of reviews; nothing was written.`);
    }
    if (known.value.from.content !== content) continue;
    const isWhole = await isThere(header);
    const unchanged = isWhole && known.value.from.decisions === decisions;
    return ok({ name: candidate, unchanged });
  }
  return err('conflict', `${folder} holds other recordings named ${opened.name}.`);
}

async function anyThere(folder: string, name: string): Promise<boolean> {
  const found = ['hea', 'dat', 'atr'].map((ending) => isThere(join(folder, `${name}.${ending}`)));
  return (await Promise.all(found)).includes(true);
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The recording with the decisions as its only annotations, without who and when where that is wished. */
function asDecided(opened: OpenRecording, { truth, pseudonym }: DatasetRecord): OpenRecording {
  const shown = pseudonym ? anonymised(opened, 0) : opened;
  const rates = leadsOf(opened).map(({ samplingRateHz }) => samplingRateHz);
  const annotations = decidedAnnotations(truth, Math.max(1, ...rates));
  return {
    ...shown,
    // No shift of weeks is the same in a later run that goes on: the date is left out, the time of day stays.
    startClock: pseudonym ? (shown.startClock?.replace(/^[^T]*/, '') ?? null) : shown.startClock,
    comments: [...shown.comments, MASKED_COMMENT],
    annotators: () => Promise.resolve(['atr']),
    annotations: () => Promise.resolve(ok(annotations)),
  };
}
