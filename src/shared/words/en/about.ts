export const about = {
  title: 'About Fiducial',
  version: 'Version {version}{place}. {disclaimer}',
  inBrowser: ', in the browser',
  whereItRuns: 'Where {model} runs',
  inUse: 'in use',
  notUsed: 'not used',
  notAvailable: 'not available here',
  speed: ', {n} segments/s',
  why: 'Why',
  disclaimer:
    'For research and education only. Fiducial is not a medical device and must not be used for diagnosis or treatment.',
} as const;
