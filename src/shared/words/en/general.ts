export const general = {
  close: 'Close',
  writing: 'Writing …',
  reading: 'Reading …',
  noRecording: 'No recording is open',
  openWith: 'Choose one from the worklist, or open one with',
  stop: 'Stop',
  none: 'none',
  tryAgain: 'Try again',
  putMessageAway: 'Put this message away',
  researchOnly: 'Research use only, not a medical device',
  researchOnlySentence: 'Research use only, not a medical device.',
  soFar: ' so far',
} as const;
