import type { RecordedAnnotations } from '../../formats/open-recording';

/** A wave as a reader marked it, seconds; NaN for an edge that was not marked. */
export interface MarkedWave {
  readonly wave: 'P' | 'QRS' | 'T';
  readonly onsetS: number;
  readonly peakS: number;
  readonly endS: number;
}

/** Symbols of beats: a QRS complex, whatever its class (annot(5) of the WFDB Applications Guide). */
const BEATS = new Set([...'NLRBAaJSVrFejnE/fQ?']);

/**
 * Waves among the annotations of LUDB and the QT database: `p`, `t` or a beat's symbol at the peak, `(` just before it at
 * the onset and `)` just after it at the end, either of which may be missing.
 */
export function markedWaves({ timeS, symbol }: RecordedAnnotations): MarkedWave[] {
  const waves: MarkedWave[] = [];
  symbol.forEach((own, i) => {
    const wave = own === 'p' ? 'P' : own === 't' ? 'T' : BEATS.has(own) ? 'QRS' : null;
    if (!wave) return;
    waves.push({
      wave,
      onsetS: symbol[i - 1] === '(' ? timeS[i - 1]! : NaN,
      peakS: timeS[i]!,
      endS: symbol[i + 1] === ')' ? timeS[i + 1]! : NaN,
    });
  });
  return waves;
}
