import { execFileSync } from 'node:child_process';

/** Whether `pdftotext` of Poppler, with which tests read a report as another program does, is on this machine. */
export const HAS_PDFTOTEXT = ((): boolean => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** The text of a PDF, laid out as on its pages, each of which ends with a form feed. Needs `HAS_PDFTOTEXT`. */
export const textOf = (path: string): string =>
  execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
