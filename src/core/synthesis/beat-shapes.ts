/** One Gaussian of a beat: height in mV, centre in ms from the R peak, width (standard deviation) in ms. */
export type Wave = readonly [heightMv: number, centreMs: number, widthMs: number];

/** A beat in one lead. `repolarisation` (the T wave) moves with the root of the RR interval, the rest does not. */
export interface LeadShape {
  readonly atrial: readonly Wave[];
  readonly ventricular: readonly Wave[];
  readonly repolarisation: readonly Wave[];
}

export const LEAD_NAMES = ['MLII', 'V1', 'V5'] as const;
export type LeadName = (typeof LEAD_NAMES)[number];

/** Forms of ventricular activation: normal, left bundle branch block, and two ectopic foci. */
const BEAT_FORMS = ['normal', 'lbbb', 'pvcRight', 'pvcLeft'] as const;
export type BeatForm = (typeof BEAT_FORMS)[number];

/*
 * The heart beat as a sum of Gaussians, one or two per wave: equation (1) of McSharry, Clifford, Tarassenko and
 * Smith, "A dynamical model for generating synthetic electrocardiogram signals", IEEE Trans Biomed Eng 50(3),
 * 2003, integrated over one beat (its reading in Clifford, Nemati and Sameni, Physiol Meas 31, 2010). That paper's
 * Table I places P Q R S T at -0.2, -0.05, 0, 0.05 and 0.3 s for 60 beats per minute with widths of 0.25, 0.1,
 * 0.1, 0.1 and 0.4 rad (40, 16, 16, 16 and 64 ms); the numbers below keep that order of events and are set per
 * lead and form so that intervals and amplitudes are ordinary ones of an adult (Surawicz & Knilans, Chou's
 * Electrocardiography in Clinical Practice, ch. 1, 4 and 17): PR 150 ms, QRS 90 ms (wide beats 150 ms), QT 380 ms at
 * 60 beats per minute, T against the main deflection in wide beats.
 */
const SINUS_P: Readonly<Record<LeadName, readonly Wave[]>> = {
  MLII: [
    [0.09, -142, 17],
    [0.07, -117, 16],
  ],
  V1: [
    [0.07, -146, 13],
    [-0.05, -112, 16],
  ],
  V5: [
    [0.06, -140, 17],
    [0.04, -116, 16],
  ],
};

export const SHAPES: Readonly<Record<BeatForm, Readonly<Record<LeadName, LeadShape>>>> = {
  normal: {
    MLII: {
      atrial: SINUS_P.MLII,
      ventricular: [
        [-0.1, -26, 7],
        [1.15, 0, 10.5],
        [-0.24, 25, 9],
        [0.03, 95, 45],
      ],
      repolarisation: [
        [0.13, 225, 48],
        [0.2, 272, 33],
      ],
    },
    V1: {
      atrial: SINUS_P.V1,
      ventricular: [
        [0.24, -16, 8.5],
        [-0.92, 9, 11.5],
        [0.05, 95, 50],
      ],
      repolarisation: [
        [-0.03, 220, 45],
        [-0.09, 268, 32],
      ],
    },
    V5: {
      atrial: SINUS_P.V5,
      ventricular: [
        [-0.12, -25, 7],
        [1.45, 0, 10.5],
        [-0.3, 24, 9],
        [0.03, 95, 45],
      ],
      repolarisation: [
        [0.16, 225, 48],
        [0.25, 272, 33],
      ],
    },
  },
  lbbb: {
    MLII: {
      atrial: SINUS_P.MLII,
      ventricular: [
        [0.72, -14, 18],
        [0.82, 34, 23],
        [-0.07, 130, 60],
      ],
      repolarisation: [
        [-0.12, 265, 50],
        [-0.18, 312, 36],
      ],
    },
    V1: {
      atrial: SINUS_P.V1,
      ventricular: [
        [0.1, -36, 9],
        [-0.95, -4, 18],
        [-1.1, 33, 22],
        [0.14, 130, 60],
      ],
      repolarisation: [
        [0.2, 258, 52],
        [0.25, 310, 38],
      ],
    },
    V5: {
      atrial: SINUS_P.V5,
      ventricular: [
        [0.8, -14, 18],
        [0.95, 34, 23],
        [-0.08, 130, 60],
      ],
      repolarisation: [
        [-0.16, 265, 50],
        [-0.22, 312, 36],
      ],
    },
  },
  // Outflow tract of the right ventricle: like a left bundle branch block, axis downwards.
  pvcRight: {
    MLII: {
      atrial: [],
      ventricular: [
        [0.3, -54, 18],
        [1.4, -3, 25],
        [0.72, 47, 18],
        [-0.1, 82, 12],
        [-0.12, 135, 55],
      ],
      repolarisation: [
        [-0.28, 262, 58],
        [-0.32, 318, 42],
      ],
    },
    V1: {
      atrial: [],
      ventricular: [
        [0.14, -56, 12],
        [-1.2, -4, 24],
        [-0.78, 46, 20],
        [0.12, 135, 55],
      ],
      repolarisation: [
        [0.26, 262, 58],
        [0.28, 318, 42],
      ],
    },
    V5: {
      atrial: [],
      ventricular: [
        [0.26, -54, 18],
        [1.15, -3, 25],
        [0.7, 47, 19],
        [-0.12, 135, 55],
      ],
      repolarisation: [
        [-0.25, 262, 58],
        [-0.3, 318, 42],
      ],
    },
  },
  // Free wall of the left ventricle: like a right bundle branch block, axis upwards.
  pvcLeft: {
    MLII: {
      atrial: [],
      ventricular: [
        [0.22, -50, 13],
        [-1.15, 0, 22],
        [-0.55, 48, 20],
        [0.08, 130, 55],
      ],
      repolarisation: [
        [0.24, 258, 56],
        [0.28, 312, 40],
      ],
    },
    V1: {
      atrial: [],
      ventricular: [
        [0.85, -22, 19],
        [0.65, 30, 25],
        [-0.08, 130, 55],
      ],
      repolarisation: [
        [-0.18, 258, 56],
        [-0.22, 312, 40],
      ],
    },
    V5: {
      atrial: [],
      ventricular: [
        [0.3, -40, 15],
        [-0.85, 8, 27],
        [-0.35, 56, 24],
        [0.06, 130, 55],
      ],
      repolarisation: [
        [0.18, 258, 56],
        [0.22, 312, 40],
      ],
    },
  },
};
