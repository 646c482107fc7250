/** Kinds of findings as a sentence of the report counts them; the number stands before. */
export const reportNouns = {
  asystole:
    '{n, plural, one {asystole of {limit} s or more} other {asystoles of {limit} s or more}}',
  pause: '{n, plural, one {pause over {limit} s} other {pauses over {limit} s}}',
  'ventricular-tachycardia':
    '{n, plural, one {ventricular tachycardia} other {ventricular tachycardias}}',
  'ventricular-run':
    '{n, plural, one {ventricular run at {limit} bpm or slower} other {ventricular runs at {limit} bpm or slower}}',
  af: '{n, plural, one {episode of atrial fibrillation or flutter} other {episodes of atrial fibrillation or flutter}}',
  'irregular-rhythm':
    '{n, plural, one {stretch of irregular rhythm under {limit} s} other {stretches of irregular rhythm under {limit} s}}',
  bradycardia:
    '{n, plural, one {bradycardia below {limit} bpm} other {bradycardias below {limit} bpm}}',
  tachycardia:
    '{n, plural, one {tachycardia over {limit} bpm} other {tachycardias over {limit} bpm}}',
  'ventricular-couplet': '{n, plural, one {ventricular couplet} other {ventricular couplets}}',
  bigeminy: '{n, plural, one {ventricular bigeminy} other {ventricular bigeminies}}',
  trigeminy: '{n, plural, one {ventricular trigeminy} other {ventricular trigeminies}}',
  'ventricular-beat': '{n, plural, one {single ventricular beat} other {single ventricular beats}}',
  'sv-run': '{n, plural, one {supraventricular run} other {supraventricular runs}}',
  'sv-couplet': '{n, plural, one {supraventricular couplet} other {supraventricular couplets}}',
  'sv-beat':
    '{n, plural, one {single supraventricular beat} other {single supraventricular beats}}',
  'fusion-beat': '{n, plural, one {fusion beat} other {fusion beats}}',
  borderline: '{n, plural, one {borderline stretch} other {borderline stretches}}',
  'flagged-unclear':
    '{n, plural, one {stretch flagged without a clear cause} other {stretches flagged without a clear cause}}',
  paced: '{n, plural, one {stretch of paced rhythm} other {stretches of paced rhythm}}',
  'wide-qrs':
    '{n, plural, one {stretch of wide QRS complexes} other {stretches of wide QRS complexes}}',
  noise: '{n, plural, one {stretch of noise} other {stretches of noise}}',
  'lead-off': '{n, plural, one {stretch with a lead off} other {stretches with a lead off}}',
} as const;
