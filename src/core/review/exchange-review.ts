import type { Handlers, ReviewForm } from '../../shared/contract';
import { ok, type ImportMark, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { Documents } from '../base/documents';
import { writeWhole } from '../base/write-whole';
import type { StoredAnalysis } from './store/types';
import { findingsJson } from '../findings/findings-json';
import { checkImported } from './check-imported';
import { beatsCsv, findingsCsv, marksCsv, segmentsCsv } from './csv';
import { parseReviewFile, type ImportedReview, type ReviewFile } from './exchange';
import { beatsParquet, segmentsParquet } from './parquet';
import { analysedSignal, type Readings, type RecordingReading } from './readings';
import { retryStore } from './store/retry-store';
import type { Trail } from './trail';

export interface ExchangeDependencies {
  /** A finished analysis: `not-found` where it is none, `not-writable` where the store did not take it. */
  finished(analysisId: string): Result<StoredAnalysis>;
  readonly trail: Trail;
  readonly documents: Documents;
  readonly readings: Readings;
  /** Name of the recording, for people. */
  nameOf(recordingId: string): string;
  /** Counts an analysis for the worklist anew. */
  count(analysisId: string): Promise<void>;
}

type Table = Exclude<ReviewForm, 'review-json'>;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

export interface ReviewExchange {
  readonly service: {
    /** The review of a finished analysis as a file's content: decisions and trail. */
    exportReview(analysisId: string): Promise<Result<ReviewFile>>;
    /**
     * Takes over an exported review, every line of it marked with the file, the reader who did so and the time: as it is
     * where nothing was decided here, else each of its readers as a second one (`joinedSteps`).
     * @returns `bad-input` where it is about what the analysis does not have, `conflict` where it cannot be joined
     */
    adoptReview(
      analysisId: string,
      file: Pick<ImportedReview, 'events'>,
      from: Pick<ImportMark, 'from' | 'by'> & { readonly as?: string | undefined },
    ): Promise<Result<void>>;
  };
  readonly handlers: Pick<Handlers, 'review.export' | 'review.import'>;
}

/** Export and import of whole reviews, and of what they are about as tables. */
export function reviewExchange({
  finished,
  trail,
  documents,
  readings,
  nameOf,
  count,
}: ExchangeDependencies): ReviewExchange {
  const exportReview: ReviewExchange['service']['exportReview'] = async (analysisId) => {
    const found = finished(analysisId);
    if (!found.ok) return found;
    const { status, key, modelId } = found.value;
    const reading = await readings.of(analysisId);
    if (!reading.ok) return reading;
    const { findings } = reading.value;
    const { durationS } = analysedSignal(found.value.result, true);
    return ok({
      format: 'fiducial-review',
      formatVersion: 2,
      record: nameOf(status.recordingId),
      recordSha256: key.contentHash,
      modelId,
      modelSha256: key.modelSha256,
      exportedAtMs: Date.now(),
      ...findingsJson(findings, durationS),
      state: reading.value.state(null),
      events: trail.events(analysisId),
    });
  };

  const adoptReview: ReviewExchange['service']['adoptReview'] = async (
    analysisId,
    { events },
    { from, by, as = null },
  ) => {
    const found = finished(analysisId);
    if (!found.ok) return found;
    const { result } = found.value;
    const { durationS } = analysedSignal(result, true);
    const into = { segments: result.segments.length, durationS, beatsS: result.beats.timeS };
    const checked = checkImported(events, from, into);
    if (!checked.ok) return checked;
    const mark = { from, by, atMs: Date.now() };
    const adopted = await retryStore(() =>
      trail.standing(analysisId).sequence === 0
        ? trail.adopt(analysisId, events, mark)
        : trail.join(analysisId, events, mark, as),
    );
    if (!adopted.ok) return adopted;
    await count(analysisId);
    return ok(undefined);
  };

  /** Segments with their decisions, findings, or beats as the reader left them. */
  async function table(
    analysisId: string,
    form: Table,
    identity: boolean,
  ): Promise<Result<string | Uint8Array>> {
    const reading = await readings.of(analysisId);
    if (!reading.ok) return reading;
    const { segments, beats } = reading.value;
    const { decisions, findings, calipers } = identity
      ? named(reading.value)
      : unnamed(reading.value);
    switch (form) {
      case 'segments-csv':
        return ok(segmentsCsv(segments, decisions));
      case 'findings-csv':
        return ok(findingsCsv(findings));
      case 'beats-csv':
        return ok(beatsCsv(beats));
      case 'marks-csv':
        return ok(marksCsv(calipers));
      case 'segments-parquet':
        return ok(segmentsParquet(segments, decisions));
      case 'beats-parquet':
        return ok(beatsParquet(beats));
    }
  }

  return {
    service: { exportReview, adoptReview },
    handlers: {
      async 'review.export'({ analysisId, form, identity = true, reader }) {
        if (reader !== undefined && readings.isApart(analysisId, reader))
          return errSaid('conflict', 'failures.finishBeforeExport');
        const review = await exportReview(analysisId);
        if (!review.ok) return review;
        const content =
          form === 'review-json'
            ? ok(`${JSON.stringify(review.value, null, 2)}\n`)
            : await table(analysisId, form, identity);
        if (!content.ok) return content;
        const record = identity ? review.value.record : 'ecg';
        const suggestedName = `${record}-${form.replace('-', '.')}`;
        const reserved = await documents.reserve(suggestedName);
        if (!reserved.ok) return reserved;
        const { documentId, path } = reserved.value;
        const written = await writeWhole(path, content.value);
        if (!written.ok) return written;
        return documents.publish(documentId, path, {
          suggestedName,
          mediaType: MEDIA_TYPES[form.slice(form.indexOf('-') + 1)]!,
        });
      },
      async 'review.import'({ analysisId, name, json, reader, as }) {
        if (readings.isApart(analysisId, reader))
          return errSaid('conflict', 'failures.finishBeforeImport');
        const own = await exportReview(analysisId);
        if (!own.ok) return own;
        const file = parseReviewFile(json, name, own.value);
        if (!file.ok) return file;
        const adopted = await adoptReview(analysisId, file.value, { from: name, by: reader, as });
        if (!adopted.ok) return adopted;
        const after = await exportReview(analysisId);
        return after.ok ? ok(after.value.state) : after;
      },
    },
  };
}

function named({ decisions, findings, calipers }: RecordingReading) {
  return { decisions, findings: findings.findings, calipers };
}

/** Without what was written and by whom: words may name people. */
function unnamed({ decisions, findings, calipers }: RecordingReading): ReturnType<typeof named> {
  return {
    decisions: decisions.map((one) => ({ ...one, note: '', reader: '' })),
    findings: findings.findings.map((one) => ({ ...one, note: '', reader: null })),
    calipers: calipers.map((one) => ({ ...one, reader: '' })),
  };
}
