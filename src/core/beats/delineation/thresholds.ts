/**
 * Constants of the delineator.
 *
 * SOURCE: Martinez JP, Almeida R, Olmos S, Rocha AP, Laguna P, "A wavelet-based ECG delineator: evaluation on standard
 * databases", IEEE Trans Biomed Eng 2004; 51(4):570-581: the steps in section III, the thresholds in its appendix. Names
 * in brackets are those of the paper. Values marked 'own' are not the paper's: they were chosen on the records of LUDB
 * and the QT database that docs/measurements.md names, so that the figures there are not of new patients.
 */
export const QRS = {
  /** Slopes of the complex before and after the main one, against the largest (gamma_QRSpre, gamma_QRSpost). */
  before: 0.06,
  after: 0.09,
  /** Onset: the transform falls below this part of the first slope, by its sign (xi_QRSon+, xi_QRSon-). */
  onset: { rising: 0.05, falling: 0.07 },
  /** End: likewise of the last slope. Own; the paper's xi_QRSend+ = 0.125 and xi_QRSend- = 0.71 end 4 ms early. */
  end: { rising: 0.2, falling: 0.25 },
  /** Own: reach of the main slope from the R peak, and of the whole complex. */
  mainMs: 90,
  beforeMs: 140,
  afterMs: 180,
  /** Own: below this part of the main slope for so long, one wave has ended, unless what follows is surely QRS. */
  quiet: 0.05,
  quietMs: 20,
  surely: 0.2,
} as const;

export const T = {
  /** A wave is there if two slopes exceed this part of the beat's RMS. Own; epsilon_T = 0.25 misses one T in six. */
  present: 0.06,
  /** Slopes that belong to it, against the largest (gamma_T). */
  slope: 0.125,
  /** Onset and end: the transform falls below this part of the first and the last slope (xi_Ton, xi_Tend). */
  onset: 0.25,
  end: 0.4,
  /** Own: the peak lies after the steepest slope if the slope there is at least this part of the one before. */
  after: 0.8,
  /** Own: share of the beats and leads that must have it in one place. */
  steady: 0,
  /** Own: where it is looked for, from the end of QRS up to the next R peak. */
  afterQrsMs: 60,
  latestMs: 620,
  beforeNextMs: 240,
  beforeNextShare: 0.3,
} as const;

export const P = {
  /** As of T (epsilon_P, gamma_P, xi_Pon). */
  present: 0.02,
  slope: 0.125,
  onset: 0.5,
  /** Own; the paper's xi_Pend = 0.9 ends 7 ms early. */
  end: 0.75,
  after: 1,
  /** Own: fibrillating atria have a wave in another place before every beat. */
  steady: 0.5,
  /** Own: where it is looked for, before the onset of QRS. */
  earliestMs: 320,
  afterPreviousMs: 120,
} as const;

/**
 * Own: how far a lead may lie from what the leads together say, and a beat from the beats like it beside it. The paper
 * delineates every beat of every lead by itself.
 */
export const AGREEMENT = {
  qrsMs: 24,
  waveMs: 52,
  /** Beats on either side that are asked, and how much the beat's own word counts against each of theirs. */
  beats: 12,
  own: 2,
  /** Two beats are alike when their steepest slopes differ by at most this part of their sum. */
  alike: 0.3,
  /** One place, for `steady`. */
  steadyMs: 24,
} as const;

/** Of the rule over leads: how many others bear out an outermost mark (3 in the papers), and how near (own). */
export const MULTILEAD = { others: 3, withinMs: 12 } as const;
