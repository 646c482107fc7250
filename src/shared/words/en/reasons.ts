/** Why a rule flagged a segment or nothing could be said of it, as core, files and the API write it. */
export const reasons = {
  flat: 'flat',
  clipped: 'clipped',
  missing: 'missing samples',
  held: 'held samples',
  noise: 'noise',
  short: 'recording shorter than a segment',
  noAnswer: 'no answer from the model',
  noHeartbeat: 'no heartbeat found',
  noHeartbeatFor: 'no heartbeat for {s} s',
  noHeartbeatFoundFor: 'no heartbeat found for {s} s',
  ventricularFibrillation: 'may be ventricular fibrillation',
  pauseOf: 'pause of {s} s',
  af: 'atrial fibrillation',
  afOrFlutter: 'atrial fibrillation or flutter',
  ventricularBeat: 'ventricular beat',
  bpm: '{n} bpm',
} as const;
