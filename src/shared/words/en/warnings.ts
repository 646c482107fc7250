/** What a reader should know of a file. What is not here is said in English everywhere. */
export const warnings = {
  gainAssumed: 'No gain is given for {leads}; {gain} ADU/mV was assumed.',
  implausibleGain:
    'The typical deflection is {mv} mV, which no ECG has: the gain of {gain} ADU/{unit} is probably wrong.',
  rateHalved:
    'The heart beats slowly in wide deflections (about {n} a minute, {ms} ms wide at half their height): unless that is so, the sampling rate is twice the {rate} Hz of the header.',
  folderUnreadable: 'Folder {name} may not be read; what lies in it was left out.',
  rateDoubled:
    'The heart beats fast in narrow deflections (about {n} a minute, {ms} ms wide at half their height): unless that is so, the sampling rate is half the {rate} Hz of the header.',
  missingFile: '{file} Its leads are missing throughout.',
  missingSegment: '{header}: segment {name} cannot be read and is shown as missing: {why}',
  shortFile:
    '{file} holds {frames} of the {wanted} frames that {header} calls for; the rest is missing.',
  badClock: '{file}: {text} in the base time and date cannot be understood and was left out.',
  timesGoBack:
    'Times go back at row {row} of the samples (such rows in all: {count}): rows are placed one after the other, as in the file; they may be several recordings put together.',
  timesNotUsed:
    'The times of column {column} are not regular at the rate of an ECG: rows are placed by the stated rate, one after the other, and a gap between them cannot be seen.',
  checksum: "{file}: the samples of {lead} sum to {sum}, the header's checksum says {said}.",
  otherLeads: '{model} is meant for {meant}; no lead here is named so, and it reads {names}.',
  otherLeadsMore:
    '{model} is meant for {meant}; no lead here is named so, and it reads {names} and others.',
  earlierReview:
    'Readers have decided on another reading of this recording ({models}). What they decided is kept with that reading and does not count in this one.',
  statedNotUsed: 'Stated but not used: {option} {value}; the file says how it is to be read.',
  statedRate: 'Stated by a reader and not by the file: the sampling rate of {rate} Hz.',
  statedGain: 'Stated by a reader and not by the file: the gain of {gain} ADU/mV.',
  statedBoth:
    'Stated by a reader and not by the file: the sampling rate of {rate} Hz and the gain of {gain} ADU/mV.',
} as const;
