import type { PDFDocumentProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

/** Pages of a PDF, to be drawn in the window itself: Electron's own viewer would be a plug-in. */
export interface PdfPages {
  readonly count: number;
  /** Height of the first page over its width; those of a report are all alike. */
  readonly aspect: number;
  /** Draws a page, counted from 1, sharp at `widthPx` CSS px. */
  draw(page: number, canvas: HTMLCanvasElement, widthPx: number): Promise<void>;
  close(): void;
}

/** @throws Error where the file cannot be had or is no PDF */
export async function openPdf(url: string): Promise<PdfPages> {
  // Half a megabyte that only a report is worth.
  const { getDocument, GlobalWorkerOptions } = await import('pdfjs-dist');
  GlobalWorkerOptions.workerSrc = workerUrl;
  const loading = getDocument({ url, useWasm: false, enableXfa: false });
  const pdf: PDFDocumentProxy = await loading.promise;
  const { width, height } = (await pdf.getPage(1)).getViewport({ scale: 1 });
  return {
    count: pdf.numPages,
    aspect: height / width,
    async draw(number, canvas, widthPx) {
      const page = await pdf.getPage(number);
      const scale = (widthPx * window.devicePixelRatio) / page.getViewport({ scale: 1 }).width;
      const viewport = page.getViewport({ scale });
      canvas.width = Math.round(viewport.width);
      canvas.height = Math.round(viewport.height);
      await page.render({ canvas, viewport }).promise;
    },
    close: () => void loading.destroy(),
  };
}
