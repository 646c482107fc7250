import { z } from 'zod';
import { FigureHistories, LEAD_LAYOUTS, ReportDraft } from '../domain';
import { LANGUAGES } from '../words/language';
import { AnalysisRef, DocumentRef, Reader, REPORT_FORMS } from './shapes';

/** What is asked about reports; a part of `METHODS`. */
export const REPORT_METHODS = {
  'report.create': {
    input: AnalysisRef.extend({
      /** The reader's choice in the settings where it is left out. */
      paper: z.enum(['A4', 'Letter']).optional(),
      identity: z.boolean(),
      reader: z.string().max(200),
      /** Draws where the model looked under every strip, and measures how faithful that is, which takes seconds. */
      measureAttention: z.boolean().optional(),
      /** How a page of twelve leads is laid out; the reader's choice in the settings where it is left out. */
      layout: z.enum(LEAD_LAYOUTS).optional(),
      /** What it is written in; the reader's choice in the settings where it is left out. A signed one stays as it is. */
      language: z.enum(LANGUAGES).optional(),
      /** The PDF itself where nothing else is asked for. */
      form: z.enum(REPORT_FORMS).optional(),
      /** A signed version as it was kept, whatever came after it; `not-found` where it is not in this store. */
      version: z.int().min(1).optional(),
    }),
    output: DocumentRef,
    idempotent: false,
    lane: 'bulk',
  },
  /** What the report would say now, and how far it is. Strips, conclusion and identity change by `review.decide`. */
  'report.draft': {
    /** `conflict` while a second read of the asker's goes on. */
    input: AnalysisRef.extend({
      asker: Reader.optional(),
      /** As of `report.create`. */
      language: z.enum(LANGUAGES).optional(),
    }),
    output: ReportDraft,
    idempotent: true,
    lane: 'interactive',
  },
  /** Which act changed which number of page 1, and who made it: found anew from the trail. `conflict` as of `report.draft`. */
  'report.audit': {
    input: AnalysisRef.extend({
      asker: Reader.optional(),
      /** As of `report.create`. */
      language: z.enum(LANGUAGES).optional(),
    }),
    output: FigureHistories,
    idempotent: true,
    lane: 'bulk',
  },
  /**
   * Signs the report as the reader saw it: it is then final, and its PDF is kept. `conflict` while an event is open,
   * where nothing changed since the last signature, and where something changed since the draft was read.
   */
  'report.sign': {
    input: AnalysisRef.extend({
      /** Of the draft that the reader saw. */
      sequence: z.int().min(0),
      reader: Reader,
      paper: z.enum(['A4', 'Letter']),
      identity: z.boolean(),
      /** As of `report.create`: what was signed keeps it. */
      language: z.enum(LANGUAGES).optional(),
    }),
    output: ReportDraft,
    idempotent: false,
    lane: 'bulk',
  },
} as const;
