export const open = {
  opening: 'Opening …',
  cannotRead: 'This record cannot be read',
  nothingChanged: 'Nothing was changed on disk.',
  another: 'Open another …',
  errorCode: 'Error {code}',
  title: 'Open a recording',
  formats:
    'Fiducial reads WFDB, EDF, DICOM, SCP-ECG, HL7 aECG, ISHNE, MUSE, Philips, CardioSoft, MATLAB and text, alone or in archives. Nothing leaves this computer.',
  record: 'Open record …',
  folder: 'Open folder …',
  dropNow: 'Let go to open',
  drop: 'or drop the record’s files here',
  whatIsMissing: 'What does the file leave out?',
  open: 'Open',
  askMaker: 'Ask whoever made the recording: rates, intervals and amplitudes follow from it.',
  'advice_not-found': 'Check that every file that the header names lies beside it.',
  'advice_not-readable': 'Check that you may read the file.',
  'advice_unknown-format':
    'Open a recording of one of the formats that Fiducial reads; Help lists them.',
  'advice_not-wfdb':
    'Open the .hea file of a WFDB record, or the record’s name without an extension.',
  'advice_bad-header':
    'The file breaks its format. Correct the named field, or copy the file again.',
  'advice_bad-signal':
    'The samples do not fit what the file says of them. Copy it again from its source.',
  'advice_bad-annotation': 'The annotation file is damaged; the signals may still open without it.',
  advice_unsupported:
    'The record is well formed but uses something that Fiducial does not read yet.',
  'advice_too-large': 'The record is beyond a stated limit.',
  samplingRateHz: 'Sampling rate',
  samplingRateHzHint: 'samples a second, as in 360',
  gainAduPerMv: 'Gain',
  gainAduPerMvHint:
    'how many units of the file are one millivolt; 1 where its numbers are mV, 1000 where they are µV',
} as const;
