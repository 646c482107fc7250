/** What the desktop window says itself, in boxes of the system: before the page is there, and where it is not. */
export const window = {
  openRecord: 'Open a recording',
  openFolder: 'Open a folder of recordings',
  allFiles: 'All files',
  recordings: 'Recordings',
  cannotStart: 'Fiducial cannot start',
  fileMissing: '{path} is missing: install Fiducial again, or run "npm run build".',
  wentWrong: 'Something went wrong in Fiducial.',
  wentWrongDetail:
    '{what}\n\nWhat was shown as saved is saved. If something does not answer any more, close Fiducial and start it again.',
  quitAllTheSame: '{work} Quit all the same?',
  quitDetail: 'What is done is kept; what is under way is broken off.',
  keepWorking: 'Keep working',
  quit: 'Quit',
  loadAgain: 'Load it again',
  savedDetail: 'What was shown as saved is saved.',
  doesNotAnswer: 'The viewer does not answer.',
  loadingLoses: 'Loading it again loses what was typed and not yet saved, and nothing else.',
  wait: 'Wait',
  notLoaded: 'The viewer could not be loaded ({why}: {url}).',
  notJoined: 'The viewer could not be joined to Fiducial ({path}: {why}).',
  endedAgain: 'The viewer ended again ({why}).',
  scanRuns:
    '{total, plural, one {A scan is running: {done} of # recording is done.} other {A scan is running: {done} of # recordings are done.}}',
  analysesRun:
    '{n, plural, one {A recording is being analysed.} other {# recordings are being analysed.}}',
} as const;
