import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import Papa from 'papaparse';
import { ok, type Result } from '../../shared/domain';
import { personOf } from '../evaluation/databases';
import { openRecording } from '../formats/list';
import type { OpenRecording } from '../formats/open-recording';
import type { DecidedOnly } from '../recordings/decided-only';
import { openAnnotated, type ReferenceAnnotation } from '../recordings/open-annotated';

/** An answer that a set does not give. */
export const UNKNOWN = -1;
export type Known = 0 | 1 | typeof UNKNOWN;

/** What is true of a whole recording: a strip's diagnosis, a person's rhythm. */
export interface WholeTruth {
  readonly ectopy: Known;
  readonly review: Known;
  readonly fibrillation: Known;
  /** Every beat that is one is N. */
  readonly isSinus: boolean;
}

/** What the set that a recording is of says about it. */
export interface RecordTruth {
  /** To be closed by the caller. */
  readonly recording: OpenRecording;
  readonly patient: string;
  readonly annotations: readonly ReferenceAnnotation[];
  /** Samples per second that the annotations count in. */
  readonly rateHz: number;
  /** Whether the annotations give classes of beats, and rhythms. */
  readonly knows: { readonly classes: boolean; readonly rhythm: boolean };
  readonly whole: WholeTruth | null;
  /** Where the annotations are a reader's decisions: the rest is not known. */
  readonly decided: DecidedOnly | null;
}

const NOTHING: WholeTruth = {
  ectopy: UNKNOWN,
  review: UNKNOWN,
  fibrillation: UNKNOWN,
  isSinus: false,
};
const FIBRILLATES: WholeTruth = { ...NOTHING, review: 1, fibrillation: 1 };
const SINUS: WholeTruth = { ectopy: 0, review: 0, fibrillation: 0, isSinus: true };

/** Sets whose annotations give rhythms but not what each beat is. */
const RHYTHM_ONLY = new Set(['vfdb', 'cpsc2021']);
/** Records of one person, by the records' names; the sets' own documentation says so. */
const SAME_PERSON: Readonly<Record<string, string>> = {
  '419': '418',
  '422': '421',
  '429': '428',
  '430': '428',
};

/**
 * Opens a record with what its set, told by the name of its folder, says about it. A set that says nothing of rhythm
 * or of single beats says nothing: there is no loss for it there.
 *
 * - `cinc2017`: one answer per strip (REFERENCE-v3.csv). N has sinus beats alone; A fibrillates; O is neither, and
 *   anything else; ~ cannot be told.
 * - `ptbxl`: diagnoses per strip (ptbxl_database.csv): AFIB, AFLT; ectopic beats; sinus rhythm without any of those.
 * - `mimic-perform-af`: the rhythm of a person, in the header.
 * - `vfdb`, `cpsc2021`: rhythms; in ventricular tachycardia, flutter and fibrillation every beat is V.
 * - records with a mask beside them, whatever the set: what readers decided (`decided-only.ts`).
 * - any other: beats, and rhythms where the annotations name some.
 *
 * @returns the first failure of annotations or header
 */
export async function openWithTruth(path: string, annotator: string): Promise<Result<RecordTruth>> {
  const set = basename(dirname(path));
  const name = basename(path, '.hea');
  const stated = WHOLE_TRUTHS[set];
  if (stated) {
    const opened = await openRecording(path);
    if (!opened.ok) return opened;
    const { whole, patient } = await stated(path, opened.value);
    const knows = { classes: false, rhythm: false };
    const nothing = { annotations: [], rateHz: 1, decided: null };
    return ok({ recording: opened.value, patient, ...nothing, knows, whole });
  }
  const opened = await openAnnotated(path, annotator);
  if (!opened.ok) return opened;
  const { annotations, recording, decided } = opened.value;
  const rhythm = annotations.some(({ symbol, aux }) => symbol === '+' && aux.startsWith('('));
  const knows = { classes: !RHYTHM_ONLY.has(set), rhythm: rhythm || set === 'cpsc2021' };
  if (decided) return ok({ ...opened.value, patient: decided.patient, knows, whole: null });
  const patient =
    set === 'vfdb'
      ? (SAME_PERSON[name] ?? name)
      : set === 'cpsc2021'
        ? name.replace(/_\d+$/, '')
        : personOf(recording).replace(/-noisy\d+$/, '');
  return ok({ ...opened.value, patient, knows, whole: null });
}

type StatedTruth = (
  path: string,
  recording: OpenRecording,
) => Promise<{ whole: WholeTruth; patient: string }>;

const WHOLE_TRUTHS: Readonly<Record<string, StatedTruth>> = {
  async cinc2017(path, { name }) {
    const rows = await table(join(dirname(path), 'REFERENCE-v3.csv'), false);
    const answer = rows.find(([record]) => record === name)?.[1];
    const whole =
      answer === 'N'
        ? SINUS
        : answer === 'A'
          ? FIBRILLATES
          : answer === 'O' || answer === '~'
            ? { ...NOTHING, fibrillation: 0 as const }
            : NOTHING;
    return { whole, patient: name };
  },
  async ptbxl(path, { name }) {
    const rows = await table(join(dirname(path), 'ptbxl_database.csv'), true);
    const row = rows.find((own) => basename(own['filename_hr'] ?? '') === name);
    if (!row) return { whole: NOTHING, patient: name };
    const codes = new Set([...(row['scp_codes'] ?? '').matchAll(/'([^']+)'/g)].map((m) => m[1]!));
    const has = (...names: string[]): boolean => names.some((code) => codes.has(code));
    const patient = `ptbxl-${row['patient_id']}`;
    if (has('PACE') || row['pacemaker']) return { whole: NOTHING, patient };
    if (has('AFIB', 'AFLT')) return { whole: FIBRILLATES, patient };
    if (has('PVC', 'PAC', 'BIGU', 'TRIGU') || row['extra_beats'])
      return { whole: { ...NOTHING, ectopy: 1, review: 1, fibrillation: 0 }, patient };
    const isPlain = has('SR', 'STACH', 'SBRAD', 'SARRH') && !has('SVTAC', 'PSVT', 'SVARR', 'WPW');
    return { whole: isPlain ? SINUS : NOTHING, patient };
  },
  async 'mimic-perform-af'(_path, { name, comments }) {
    const rhythm = comments
      .find((line) => line.includes('rhythm:'))
      ?.split('rhythm:')[1]
      ?.trim();
    const whole =
      rhythm === 'AF'
        ? FIBRILLATES
        : rhythm === undefined
          ? NOTHING
          : { ...NOTHING, fibrillation: 0 as const };
    return { whole, patient: name };
  },
};

type Row<Named> = Named extends true ? Record<string, string> : string[];
const tables = new Map<string, unknown[]>();

/** Rows of a CSV file; kept, since every record of a set asks for the same one. Empty where there is none. */
async function table<Named extends boolean>(file: string, header: Named): Promise<Row<Named>[]> {
  const known = tables.get(file);
  if (known) return known as Row<Named>[];
  const text = await readFile(file, 'utf8').catch(() => '');
  const rows = Papa.parse(text, { header, skipEmptyLines: true }).data;
  tables.set(file, rows);
  return rows as Row<Named>[];
}

export type SegmentRow = readonly [
  startS: number,
  ectopy: Known,
  review: Known,
  fibrillation: Known,
];

/** What a recording has to learn from; -1 for what its set does not say. */
export interface BeatTruth {
  /** Index into BEAT_CLASSES or FLUTTER_LABEL, [beats]. */
  readonly labels: Int8Array;
  /** [beats]. */
  readonly fibrillation: Int8Array;
  readonly segments: readonly SegmentRow[];
}
