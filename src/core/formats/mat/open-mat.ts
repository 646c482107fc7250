import path from 'node:path';
import { ok, type Result } from '../../../shared/domain';
import { errSaid, toldBy, warningSaid } from '../../../shared/domain/said';
import type { OpenOptions } from '../format';
import type { OpenRecording } from '../open-recording';
import { readFileHead } from '../shared/file-head';
import type { ByteSource } from '../shared/framed-file';
import { stripRecording } from '../shared/strip-recording';
import type { FilePool } from '../wfdb/file-pool';
import { withFilePool } from '../shared/with-file-pool';
import { annotationsOf } from './annotations';
import { describe } from './describe';
import { findSignals, type FoundSignals } from './find-signal';
import { leadSources, type MatLeads } from './lead-sources';
import type { Variables } from './values';
import { version4Variables } from './version4';
import { isVersion73, version5IsBigEndian, version5Variables } from './version5';

/** Opens a matrix of samples for windowed reading; what was compressed is in memory. */
export const openMat = withFilePool(openWith);

async function openWith(
  pool: FilePool,
  file: string,
  options: OpenOptions,
): Promise<Result<OpenRecording>> {
  const fileName = path.basename(file);
  const head = await readFileHead(file);
  if (!head.ok) return head;
  const { bytes, sizeBytes } = head.value;
  if (isVersion73(bytes)) {
    return errSaid('unsupported', 'files.matHdf5', { file: fileName, same: fileName });
  }
  const source = { read: (position: number, length: number) => pool.read(file, position, length) };
  const bigEndian = version5IsBigEndian(bytes);
  const variables = await variablesOf(source, sizeBytes, bigEndian, fileName);
  if (!variables.ok) return variables;
  const found = findSignals(variables.value);
  if (!found) {
    const names = [...variables.value.keys()].slice(0, 10).join(', ') || toldBy('files.matNothing');
    return errSaid('unsupported', 'files.matNoMatrix', { file: fileName, names });
  }
  const leads = await leadsOf(found, fileName, options);
  if (!leads.ok) return leads;
  const { sources, samplingRateHz, warnings } = leads.value;
  const durationS = sources[0]!.lead.samples / samplingRateHz;
  const annotations = await annotationsOf(variables.value, samplingRateHz, durationS);
  return ok(
    stripRecording(
      file,
      {
        format: 'mat',
        formatTitle: bigEndian === null ? 'MATLAB 4' : 'MATLAB 5 to 7',
        startClock: null,
        warnings,
        annotations: annotations ? [annotations] : [],
        close: () => pool.close(),
      },
      sources,
    ),
  );
}

/** Leads of the matrix, or of each vector; with a warning for what is as long and is not read. */
async function leadsOf(
  { signals, calledAfterLeads, others }: FoundSignals,
  fileName: string,
  options: OpenOptions,
): Promise<Result<MatLeads>> {
  const described = await describe(signals[0]);
  const each: MatLeads[] = [];
  for (const signal of signals) {
    const names = calledAfterLeads ? [signal.name] : described.names;
    const leads = await leadSources(signal, { ...described, names }, fileName, options);
    if (!leads.ok) return leads;
    each.push(leads.value);
  }
  const [first] = each;
  const beside = { file: fileName, others: others.join(', '), name: signals[0].name };
  const notRead = warningSaid('not-read', 'warnings.matNotRead', beside);
  return ok({
    samplingRateHz: first!.samplingRateHz,
    sources: each.flatMap(({ sources }) => sources),
    warnings: [...first!.warnings, ...(others.length > 0 ? [notRead] : [])],
  });
}

function variablesOf(
  source: ByteSource,
  sizeBytes: number,
  bigEndian: boolean | null,
  fileName: string,
): Promise<Result<Variables>> {
  if (bigEndian === null) return version4Variables(source, sizeBytes, fileName);
  return version5Variables({ source, bigEndian, fileName }, sizeBytes);
}
