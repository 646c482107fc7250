import type { CountedBeats } from './counted-beats';

/** Beats that count, and the rows of those that follow each other with nothing unknown between them. */
export interface BeatRows extends Readonly<CountedBeats> {
  /** First and last beat of each row; a lone beat is a row. */
  readonly rows: readonly (readonly [number, number])[];
}

export function withRows<T extends Readonly<CountedBeats>>(beats: T): T & BeatRows {
  const { follows } = beats;
  const rows: [number, number][] = [];
  for (let first = 0; first < follows.length;) {
    let last = first;
    while (last + 1 < follows.length && follows[last + 1] === 1) last++;
    rows.push([first, last]);
    first = last + 1;
  }
  return { ...beats, rows };
}
