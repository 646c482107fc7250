import type PDFKit from 'pdfkit';

/** The PDF that a report is written into. */
export type Doc = InstanceType<typeof PDFKit>;
