export const general = {
  close: 'Close',
  writing: 'Writing …',
  reading: 'Reading …',
  noRecording: 'No recording is open',
  openWith: 'Choose one from the worklist, or open one with',
  stop: 'Stop',
  none: 'none',
} as const;
