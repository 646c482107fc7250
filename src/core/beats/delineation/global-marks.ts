import { medianOfSorted } from '../../../shared/domain/order-statistics';
import { MULTILEAD } from './thresholds';
import { MARK_NAMES, noMarks, type BeatMarks, type MarkName } from './types';

const FIRST: readonly MarkName[] = ['pOnset', 'qrsOnset'];
const LAST: readonly MarkName[] = ['pEnd', 'qrsEnd', 'tEnd'];

/**
 * Marks of the beat over all leads: a wave begins where the first lead shows it and ends where the last one does, as
 * far as other leads bear that out (Laguna, Jane & Caminal, "Automatic detection of wave boundaries in multilead ECG
 * signals", Comput Biomed Res 1994; 27:45-60; Martinez et al. 2004, section IV-B): the outermost mark that has enough
 * others within some milliseconds. A peak is their median.
 */
export function globalMarks(leads: readonly BeatMarks[]): BeatMarks {
  const beats = leads[0]?.qrsOnset.length ?? 0;
  const all = noMarks(beats);
  for (const name of MARK_NAMES) {
    for (let beat = 0; beat < beats; beat++) {
      const found = leads.flatMap((marks) => {
        const at = marks[name][beat]!;
        return Number.isNaN(at) ? [] : [at];
      });
      found.sort((a, b) => a - b);
      if (LAST.includes(name)) found.reverse();
      const outer = FIRST.includes(name) || LAST.includes(name);
      all[name][beat] = outer ? borneOut(found) : medianOfSorted(found);
    }
  }
  return all;
}

/** The first of them, from the outermost in, that has neighbours near it; the median where none has. */
function borneOut(found: readonly number[]): number {
  const within = MULTILEAD.withinMs / 1000;
  const others = Math.min(MULTILEAD.others, Math.ceil((found.length - 1) / 3));
  for (let k = 0; k + others < found.length; k++) {
    if (Math.abs(found[k + others]! - found[k]!) <= within) return found[k]!;
  }
  return medianOfSorted(found);
}
