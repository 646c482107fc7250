export const hours = {
  af: 'AF {length}',
  bpmRange: '{from} to {to} bpm',
  noRate: 'no rate',
  unreadable: '{n} min unreadable',
  blind: 'You decide first: the hours show what was found, so they are hidden.',
  none: 'No hour yet.',
  from: 'from',
  bpm: 'bpm',
  range: 'range',
  found: 'runs, AF, pauses',
  showHighest: '{range}: show the highest',
  showFirstV: '{n, plural, one {# ventricular beat} other {# ventricular beats}}: show the first',
  all: 'all',
  notJudged:
    'Beats, rhythm and pauses are not judged: the network does not name them, or nothing could be read.',
  hint: 'The number opens its first event, the bar its highest rate. Couplets, S and unreadable minutes by hour are in the report.',
} as const;
