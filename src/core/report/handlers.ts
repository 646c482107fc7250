import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { METHODS, type DocumentRef, type Handlers, type MethodInput } from '../../shared/contract';
import {
  ok,
  type Err,
  type RecordingInfo,
  type ReportDraft,
  type ReportFigure,
  type Result,
} from '../../shared/domain';
import { english, languageOf, wordsIn, type Language, type Words } from '../../shared/words';
import { withMains } from '../../shared/domain/display-filters';
import { errSaid } from '../../shared/domain/said';
import type { Analyses, AnalysisSource } from '../analysis/analyses';
import { measureReading } from '../analysis/measure-reading';
import type { Models } from '../analysis/models';
import type { Documents } from '../base/documents';
import { writeWhole } from '../base/write-whole';
import { recordingInfo } from '../recordings/recording-info';
import { compareReads, lastFinished } from '../review/compare-reads';
import { analysedSignal, NOBODY, type Readings, type RecordingReading } from '../review/readings';
import type { Standing } from '../review/standing';
import type { Store, StoredAnalysis } from '../review/store/types';
import type { Trail } from '../review/trail';
import { readSettings } from '../settings/handlers';
import type { Pool } from '../workers/types';
import { reportContent, type ReportBasis, type ReportContent } from './content';
import { figureHistory } from './figure-history';
import { planReport } from './plan-report';
import { putPdfInto } from './report-forms';
import type { ReportJob } from './report-job';
import { prepareReportTask, reportTask } from './report-task';
import { reportTimes } from './report-times';
import { figuresOf, summaryOf } from './summary';

export interface ReportDependencies {
  readonly store: Store;
  readonly trail: Trail;
  readonly readings: Readings;
  readonly models: Models;
  readonly documents: Documents;
  readonly pool: Pool;
  readonly version: string;
  readonly attention: Analyses['attention'];
  readonly withFiles: Analyses['withFiles'];
  readonly finished: Analyses['finished'];
  /** Counts an analysis for the worklist anew. */
  count(analysisId: string): Promise<void>;
}

const { lane: LANE } = METHODS['report.create'];

type Names = 'report.create' | 'report.draft' | 'report.audit' | 'report.sign';

export interface Reports {
  readonly handlers: Pick<Handlers, Names>;
  /** What a report would say, and how far it is; for other files that say so too. */
  content(analysisId: string, signal: AbortSignal): Promise<Result<ReportContent>>;
  /** For whoever is about to ask for a report: what writes one is loaded meanwhile. */
  prepare(): Promise<void>;
}

/** What a report is of, all of it from one moment. */
interface Opened {
  readonly analysis: StoredAnalysis;
  readonly path: string;
  readonly name: string;
  readonly basis: ReportBasis;
  readonly reading: RecordingReading;
  readonly content: ReportContent;
  /** Place in the trail that this is as of. */
  readonly sequence: number;
}

/** A PDF that is whole, before it is handed out. */
interface WrittenPdf {
  readonly documentId: string;
  readonly path: string;
  readonly suggestedName: string;
  readonly job: ReportJob;
}

type Wish = Pick<
  MethodInput<'report.create'>,
  'analysisId' | 'paper' | 'identity' | 'reader' | 'measureAttention' | 'layout'
> & { readonly language: Language };

/** The report of a finished analysis: as a draft, signed, and as a PDF that the host saves, downloads or shows. */
export function createReports(dependencies: ReportDependencies): Reports {
  const { withFiles, store, trail, readings, models, documents, pool } = dependencies;

  /** Words of the asker's language; of the reader's setting where they name none. */
  const spoken = (asked: Language | undefined): Words =>
    // Rules of plurals are the quickest to be asked for the system's locale: dates take 10 ms to load.
    wordsIn(
      asked ??
        languageOf(readSettings(store).language, new Intl.PluralRules().resolvedOptions().locale),
    );

  /**
   * Has a thread load what writes a report, and the network that is used be read, while what it says is put together.
   * Never fails: the report itself would.
   */
  const prepare = async (): Promise<void> => {
    await Promise.allSettled([
      pool.run(prepareReportTask, null, { lane: LANE }),
      models.find(null),
    ]);
  };

  /** Does work that says or shows what a report would, with the files that its analysis was of. */
  async function opening<T>(
    analysisId: string,
    words: Words,
    signal: AbortSignal,
    work: (opened: Opened) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const analysis = dependencies.finished(analysisId);
    if (!analysis.ok) return analysis;
    return withFiles(analysisId, signal, async (recording, source) => {
      const opened = await open(analysis.value, await recordingInfo(recording), source, words);
      return opened.ok ? work(opened.value) : opened;
    });
  }

  async function open(
    analysis: StoredAnalysis,
    info: RecordingInfo,
    { path, name }: AnalysisSource,
    words: Words,
  ): Promise<Result<Opened>> {
    const { analysisId } = analysis;
    const program = await readings.of(analysisId, NOBODY);
    if (!program.ok) return program;
    const second = lastFinished(trail.standing(analysisId).reads.all());
    const reads = second && (await compareReads(analysisId, second.reader, { trail, readings }));
    if (reads?.ok === false) return reads;
    const reading = await readings.of(analysisId);
    if (!reading.ok) return reading;
    const standing = trail.standing(analysisId);
    const warnings = [...info.warnings, ...(analysis.status.warnings ?? [])];
    const basis: ReportBasis = {
      info: { ...info, warnings },
      reading: reading.value,
      program: program.value.findings,
      standing,
      namesBeats: analysedSignal(analysis.result, true).findsBeats,
      isKept: (version) => store.hasSignedReport(analysisId, version),
      reads: reads?.value ?? null,
    };
    const content = reportContent(basis, words, readSettings(store).clockHours);
    const { sequence } = standing;
    return ok({ analysis, path, name, basis, reading: reading.value, content, sequence });
  }

  /** Writes the PDF into a document of its own, which is then to be published. */
  async function write(
    { analysis, path: source, name, basis, reading, content }: Opened,
    { analysisId, paper, identity, reader, measureAttention = false, layout, language }: Wish,
    createdAtMs: number,
    signal: AbortSignal,
    ready: Promise<void>,
  ): Promise<Result<WrittenPdf>> {
    const card = await models.cardOf(analysis.modelId, analysis.key);
    if (!card.ok) return card;
    const suggestedName = `${identity ? name : 'ecg'}-review.pdf`;
    const reserved = await documents.reserve(suggestedName);
    if (!reserved.ok) return reserved;
    const settings = readSettings(store);
    const job = await planReport(
      {
        language,
        clockHours: settings.clockHours,
        recordingPath: source,
        filter: withMains(settings.filter, settings.mainsHz),
        twelveLeadFilter: withMains(settings.twelveLeadFilter, settings.mainsHz),
        layout: layout ?? settings.leadLayout ?? '3x4',
        info: basis.info,
        recordSha256: analysis.key.contentHash,
        card: card.value,
        modelSha256: analysis.key.modelSha256,
        threshold: analysis.status.threshold,
        reading,
        content,
        namesBeats: basis.namesBeats,
        reader,
        institution: settings.institution,
        logo: logoOf(settings.logo),
        createdAtMs,
        version: dependencies.version,
        measured: () =>
          measureReading(
            pool,
            { path: source, durationS: basis.info.durationS, reading },
            {},
            { lane: LANE, signal },
          ),
        attention: measureAttention
          ? (wanted) => dependencies.attention(analysisId, wanted, true, signal)
          : null,
      },
      { paper: paper ?? settings.paper, identity },
      reserved.value.path,
    );
    if (!job.ok) return job;
    await ready;
    if (signal.aborted) return errSaid('cancelled', 'failures.reportNotWanted');
    const written = await pool.run(reportTask, job.value, {
      lane: LANE,
      signal,
    });
    return written.ok ? ok({ ...reserved.value, suggestedName, job: job.value }) : written;
  }

  /** A version as it was signed, from the store. */
  async function kept(
    analysisId: string,
    version: number,
    identity: boolean,
  ): Promise<Result<DocumentRef>> {
    const pdf = store.signedReport(analysisId, version);
    if (!pdf) return errSaid('not-found', 'failures.reportNotKept', { n: version });
    const analysis = dependencies.finished(analysisId);
    if (!analysis.ok) return analysis;
    const { recordingId } = analysis.value.status;
    // Reports of a day lie in one folder, under the name that the recording has in the worklist.
    const name = (identity && store.recording(recordingId)?.name) || 'ecg';
    const suggestedName = `${name}-report-version-${version}.pdf`;
    const reserved = await documents.reserve(suggestedName);
    if (!reserved.ok) return reserved;
    const { documentId, path } = reserved.value;
    const written = await writeWhole(path, pdf);
    if (!written.ok) return written;
    return documents.publish(documentId, path, { suggestedName, mediaType: 'application/pdf' });
  }

  async function sign(
    wish: MethodInput<'report.sign'>,
    signal: AbortSignal,
  ): Promise<Result<ReportDraft>> {
    const { analysisId } = wish;
    const words = spoken(wish.language);
    const reader = wish.reader.trim();
    if (reader === '') return errSaid('bad-input', 'failures.signatureNeedsName');
    if (readings.isApart(analysisId, reader)) return blind();
    const atMs = Date.now();
    const ready = prepare();
    const made = await opening(analysisId, words, signal, async (opened) => {
      const { content, sequence, analysis } = opened;
      const refused = refusal(content, sequence, wish.sequence);
      if (refused) return refused;
      const version = content.state.signatures.length + 1;
      const final = { ...opened, content: signedContent(content, { version, reader, atMs }) };
      const { language } = words;
      const written = await write(final, { ...wish, reader, language }, atMs, signal, ready);
      return written.ok ? ok({ ...written.value, content, sequence, analysis, version }) : written;
    });
    if (!made.ok) return made;
    const { content, sequence, analysis, version } = made.value;
    const pdf = await readFile(made.value.path);
    const { digest, figures } = content;
    const appended = trail.edit(
      analysisId,
      { kind: 'sign-report', signature: { version, digest, figures: [...figures] } },
      { reader, modelSha256: analysis.key.modelSha256 },
      { after: sequence, atMs, store: () => store.putSignedReport(analysisId, version, pdf) },
    );
    if (!appended.ok) return appended;
    await dependencies.count(analysisId);
    return draft(analysisId, words, signal);
  }

  const draft = (
    analysisId: string,
    words: Words,
    signal: AbortSignal,
  ): Promise<Result<ReportDraft>> =>
    opening(analysisId, words, signal, async ({ content, sequence }) =>
      ok({
        analysisId,
        sequence,
        state: content.state,
        fileIdentity: content.fileIdentity,
        identity: content.identity,
        sentences: [...content.sentences],
        words: content.words,
        strips: [...content.strips],
        ownStrips: content.ownStrips,
        audit: content.audit,
        amended: content.amended,
        reads: content.reads,
      }),
    );

  return {
    prepare,
    content: (analysisId, signal) =>
      opening(analysisId, english, signal, async ({ content }) => ok(content)),
    handlers: {
      'report.draft': async ({ analysisId, asker, language }, { signal }) =>
        asker !== undefined && readings.isApart(analysisId, asker)
          ? blind()
          : draft(analysisId, spoken(language), signal),
      async 'report.audit'({ analysisId, asker, language }, { signal }) {
        if (asker !== undefined && readings.isApart(analysisId, asker)) return blind();
        const analysis = dependencies.finished(analysisId);
        if (!analysis.ok) return analysis;
        const { durationS, findsBeats } = analysedSignal(analysis.value.result, true);
        const words = spoken(language);
        const times = reportTimes(null, durationS, words, 24);
        const figuresAt = async (standing: Standing): Promise<Result<ReportFigure[]>> => {
          const found = await readings.foundAt(analysisId, standing);
          return found.ok ? ok(figuresOf(summaryOf(found.value, times, findsBeats, words))) : found;
        };
        return figureHistory(trail.events(analysisId), figuresAt, signal);
      },
      'report.sign': (wish, { signal }) => sign(wish, signal),
      async 'report.create'(wish, { signal }) {
        if (wish.reader !== '' && readings.isApart(wish.analysisId, wish.reader)) return blind();
        if (wish.version !== undefined) return kept(wish.analysisId, wish.version, wish.identity);
        const words = spoken(wish.language);
        const { language } = words;
        const ready = prepare();
        const written = await opening(wish.analysisId, words, signal, (opened) =>
          write(opened, { ...wish, language }, Date.now(), signal, ready),
        );
        if (!written.ok) return written;
        return handOut(documents, written.value, wish);
      },
    },
  };
}

/** Publishes a written PDF, or what it was put into. */
async function handOut(
  documents: Documents,
  { documentId, path, suggestedName, job }: WrittenPdf,
  { form = 'pdf', identity }: MethodInput<'report.create'>,
): Promise<Result<DocumentRef>> {
  if (form === 'pdf') {
    return documents.publish(documentId, path, { suggestedName, mediaType: 'application/pdf' });
  }
  const { data } = job;
  const put = await putPdfInto(form, path, { data, thresholds: data.thresholds, identity });
  if (!put.ok) return put;
  const { file, mediaType } = put.value;
  return documents.publish(documentId, file, {
    suggestedName: suggestedName.replace(/\.pdf$/, extname(file)),
    mediaType,
  });
}

/** What a report says, a second reader is not told before the end of their read. */
function blind(): Result<never> {
  return errSaid('conflict', 'failures.reportOfBothReads');
}

/** Why a report cannot be signed, or null. */
function refusal({ state }: ReportContent, sequence: number, seen: number): Err | null {
  if (state.open > 0) return errSaid('conflict', 'failures.signOpen', { n: state.open });
  const { differences = 0 } = state;
  if (differences > 0) return errSaid('conflict', 'failures.signDiffering', { n: differences });
  if (state.signed) return errSaid('conflict', 'failures.signUnchanged');
  return sequence === seen ? null : errSaid('conflict', 'failures.decidedMeanwhile');
}

/** The content with the signature that it is about to get. */
function signedContent(
  content: ReportContent,
  { version, reader, atMs }: { version: number; reader: string; atMs: number },
): ReportContent {
  const signatures = [...content.state.signatures, { version, reader, atMs, kept: true }];
  const amendment = version - 1;
  const kind = amendment === 0 ? ('final' as const) : ('amended' as const);
  return { ...content, state: { ...content.state, kind, signed: true, amendment, signatures } };
}

function logoOf(dataUrl: string | null): Uint8Array | null {
  return dataUrl === null ? null : Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64');
}
