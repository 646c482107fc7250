import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { beatsCsv, segmentsCsv } from '../../core/review/csv';
import { parseReviewFile, type ReviewFile } from '../../core/review/exchange';
import type { Service } from '../../core/service-types';
import { err, ok, type AnalysisStatus, type Result } from '../../shared/domain';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import { admitOne, analyse, withService } from '../lib/with-service';

interface Options {
  json?: boolean;
  model?: string;
  import?: string;
  csv?: string;
}

/** `fiducial review RECORD`: decisions and their trail; export, import, CSV. */
export function reviewCommand(): Command {
  return new Command('review')
    .description('show what was decided on a record, and every step that led there')
    .argument('<record>', 'WFDB record: its .hea file, or its name without the ending')
    .option('--json', 'print decisions and trail as JSON; this is also the export format')
    .option('--import <file>', 'take over a review exported with --json')
    .option('--csv <dir>', 'write segments.csv and beats.csv to a folder')
    .option('--model <id>', 'model whose verdicts were decided on, instead of the default one')
    .action(async (record: string, options: Options) => {
      const review = await interruptible((signal) =>
        withService((service) => reviewOf(service, record, options, signal)),
      );
      if (!review.ok) {
        process.exitCode = fail(review.error);
        return;
      }
      console.log(options.json ? JSON.stringify(review.value, null, 2) : summary(review.value));
    });
}

async function reviewOf(
  service: Service,
  record: string,
  options: Options,
  signal: AbortSignal,
): Promise<Result<ReviewFile>> {
  const entry = await admitOne(service, record);
  if (!entry.ok) return entry;
  const status = await analyse(service, entry.value.recordingId, options.model ?? null, signal);
  if (!status.ok) return status;
  if (options.import !== undefined) {
    const imported = await importReview(service, status.value, options.import);
    if (!imported.ok) return imported;
  }
  const review = await service.exportReview(status.value.analysisId);
  if (!review.ok || options.csv === undefined) return review;
  const written = await writeCsv(service, status.value, review.value, options.csv, signal);
  return written.ok ? review : written;
}

async function importReview(
  service: Service,
  status: AnalysisStatus,
  path: string,
): Promise<Result<void>> {
  const own = await service.exportReview(status.analysisId);
  if (!own.ok) return own;
  let json: string;
  try {
    json = await readFile(path, 'utf8');
  } catch (cause) {
    return err('not-readable', `${path} cannot be read: ${(cause as Error).message}.`);
  }
  const file = parseReviewFile(json, path, own.value);
  return file.ok ? service.adoptReview(status.analysisId, file.value) : file;
}

async function writeCsv(
  service: Service,
  { analysisId }: AnalysisStatus,
  review: ReviewFile,
  dir: string,
  signal: AbortSignal,
): Promise<Result<void>> {
  const segments = await service.handlers['analysis.segments']({ analysisId }, { signal });
  if (!segments.ok) return segments;
  const beats = await service.handlers['analysis.beats']({ analysisId }, { signal });
  if (!beats.ok) return beats;
  try {
    await mkdir(dir, { recursive: true });
    await writeFile(
      join(dir, 'segments.csv'),
      segmentsCsv(segments.value.segments, review.state.decisions),
    );
    await writeFile(join(dir, 'beats.csv'), beatsCsv(beats.value.beats));
    return ok(undefined);
  } catch (cause) {
    return err('not-writable', `${dir} cannot be written: ${(cause as Error).message}.`);
  }
}

function summary({ record, modelId, state, events }: ReviewFile): string {
  const { counts } = state;
  const agreement =
    counts.agreement === null ? '' : `, agreement ${(100 * counts.agreement).toFixed(0)} %`;
  return [
    `${record}, model ${modelId}`,
    `${counts.flagged} segments flagged, ${counts.decided} of them decided`,
    `${counts.agreed} agreed, ${counts.overruled} overruled, ${counts.unsure} unsure${agreement}`,
    ...events.map(
      ({ sequence, atMs, reader, action, edit }) =>
        `${String(sequence).padStart(5)}  ${new Date(atMs).toISOString()}  ${reader || 'no name'}  ${action}  ${describe(edit)}`,
    ),
  ].join('\n');
}

function describe(edit: ReviewFile['events'][number]['edit']): string {
  if (edit.kind !== 'decide-segments') return `${edit.kind} at ${edit.timeS.toFixed(3)} s`;
  const segments = edit.segments.map((segment) => segment + 1).join(', ');
  return `${edit.decision}, segment ${segments}${edit.note ? `, "${edit.note}"` : ''}`;
}
