import { BEAT_CLASSES, type Segment } from '../../../shared/domain';
import type { ReviewedAnalysis } from '../readings';

export const LETTERS = 'NNNVNNVVNNNNNSNNVVVVNNNNVNVNVNNNNFNN3NNNNNSSSNNNNNNNNVNNNNNNNNNN'.repeat(2);

/** A beat every half second with the class of each letter, three seconds without one where a 3 stands. */
export function lettersAnalysis(letters = LETTERS): ReviewedAnalysis {
  const timeS: number[] = [];
  const codes: number[] = [];
  let at = 0.4;
  for (const letter of letters) {
    if (letter === '3') at += 3;
    else {
      timeS.push(at);
      codes.push(BEAT_CLASSES.findIndex((own) => own === letter));
      at += 0.5;
    }
  }
  const durationS = Math.ceil(at);
  const segments = Array.from({ length: Math.floor(durationS / 5) - 1 }, (_, index): Segment => ({
    index,
    startS: 5 * index,
    endS: 5 * index + 10,
    verdict: index % 3 === 0 ? 'Abnormal' : 'Normal',
    probability: 0.6,
    reason: null,
    refer: index % 4 === 1,
  }));
  return {
    isDone: true,
    modelSha256: 'm',
    result: {
      segments,
      beats: {
        timeS: Float64Array.from(timeS),
        beatClass: Uint8Array.from(codes),
        confidence: new Float32Array(timeS.length).fill(0.5),
        attention: new Float32Array(timeS.length),
      },
      episodes: [{ startS: 20, endS: 52, rhythm: '(AFIB', probability: 0.9 }],
      origin: { durationS, startClock: 'T09:59:30', findsBeats: true, leads: [] },
    },
  };
}
