import type { Words } from '../../shared/words';
import type { Doc } from './doc';
import { COLOUR, mm, text } from './layout';
import type { StripRow } from './types';

/** Height of the band under the paper, its gap included. */
export const RIBBON_MM = 3.4;
const BAND_MM = 2.6;
const FAITHFUL = '#c2410c';
/** An overlay that failed its test is drawn in grey and fainter, as in the viewer. */
const UNFAITHFUL = { colour: '#6b7280', opacity: 0.45 };

/** Attention under the paper: where the model looked, darker for more. */
export function drawRibbon(
  doc: Doc,
  { attention, startS, endS }: StripRow,
  xMm: number,
  traceX: number,
  yMm: number,
  sweepMmPerS: number,
  { say }: Words,
): void {
  if (!attention) return;
  const y = yMm + RIBBON_MM - BAND_MM;
  const widthMm = (endS - startS) * sweepMmPerS;
  text(doc, say('reportPages.attention'), xMm, y + 0.1, { size: 5.4, colour: COLOUR.muted });
  doc.rect(mm(traceX), mm(y), mm(widthMm), mm(BAND_MM)).lineWidth(mm(0.12));
  doc.strokeColor(COLOUR.rule).stroke();
  // What failed its test, and what points nowhere, must not catch the eye.
  const unfaithful = attention.faithful === false || attention.even;
  const stepMm = attention.stepS * sweepMmPerS;
  const firstMm = (attention.startS - startS) * sweepMmPerS;
  // No finer than 0.5 mm: the eye cannot tell, and the file stays small.
  const group = Math.max(1, Math.round(0.5 / stepMm));
  doc.save().rect(mm(traceX), mm(y), mm(widthMm), mm(BAND_MM)).clip();
  let run = null as { from: number; to: number; level: number } | null;
  const flush = (): void => {
    if (run && run.level > 0) {
      const x = traceX + firstMm + run.from * stepMm;
      doc.fillOpacity((run.level / 10) * (unfaithful ? UNFAITHFUL.opacity : 1));
      doc.rect(mm(x), mm(y), mm((run.to - run.from) * stepMm), mm(BAND_MM));
      doc.fill(unfaithful ? UNFAITHFUL.colour : FAITHFUL);
    }
    run = null;
  };
  for (let from = 0; from < attention.values.length; from += group) {
    const to = Math.min(attention.values.length, from + group);
    const level = Math.round(10 * Math.max(...attention.values.subarray(from, to)));
    if (run?.level === level) run.to = to;
    else {
      flush();
      run = { from, to, level };
    }
  }
  flush();
  doc.fillOpacity(1).restore();
}

/** What was measured of the ribbon: no overlay claims to be the reason. */
export function ribbonLabel({ attention }: StripRow, { say }: Words): string[] {
  if (!attention) return [];
  const even = attention.even ? [say('reportPages.attentionEven')] : [];
  if (attention.faithful === null) return [...even, say('reportPages.attentionNotMeasured')];
  return [
    ...even,
    say(attention.faithful ? 'reportPages.attentionFaithful' : 'reportPages.attentionUnfaithful'),
  ];
}
