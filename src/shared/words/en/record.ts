export const record = {
  aboutFile: 'About this file',
  change: 'Change …',
  more: '{n} more',
  putAway: 'Put these notes away',
  less: 'less',
  filesChanged:
    'The files changed while they were open, and were read anew. What was decided before is kept with the former state and comes back with it.',
} as const;
