export const paper = {
  notRead: 'This stretch could not be read.',
  noSamples: 'This file holds annotations and no samples.',
  reading: 'Reading the signal …',
  next: 'next: ',
  before: 'before: ',
  fitted: '{unit}, fitted',
  shifted: 'shifted {mv} mV',
  gainAssumed: 'gain assumed',
  annotations: 'annotations ({annotator})',
  label: 'ECG paper, leads {leads}, from {from} to {to}',
} as const;
