export const rhythm = {
  rrRange: '{from}–{to} ms',
  heartRate: 'heart rate',
  bpm: '{n} bpm',
  rr: 'RR',
  noneFound: 'none found',
  afCue: 'AF cue',
  title: 'Rhythm',
  beats: 'beats',
  signal: 'signal',
  unreadable: 'unreadable',
  readable: 'readable',
} as const;
