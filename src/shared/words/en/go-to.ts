export const goTo = {
  badTime: 'Write 754, 12:34 or 1:02:03.',
  beyondEnd: 'The recording ends at {end}.',
  title: 'Go to time',
  field: 'Time from the start of the recording',
  forms: 'Seconds, minutes:seconds, or hours:minutes:seconds.',
  clock: 'Or the time of day with @ before it, as in @14:05.',
  go: 'Go',
} as const;
