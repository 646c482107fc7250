export const analysis = {
  otherModel: 'Another model …',
  none: 'No analysis',
  tracesStand: 'The traces can be read and measured all the same.',
  analysing: 'Analysing',
  analysis: 'Analysis',
  segmentsDone:
    '{total, plural, one {{done} of {total} segment} other {{done} of {total} segments}}',
  left: '{left} left',
  share: '{n} % analysed',
  commaLeft: ', {left} left',
  doneIn: 'analysis done in {s} s',
  stoppedAt: 'analysis stopped at {n} %',
  failed: 'analysis failed',
  goOn: 'Go on',
  analysingDots: 'Analysing …',
} as const;
