/** What a reader should know of a file. */
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
  timesOtherRate:
    'A sampling rate of {stated} Hz is stated, but the times of the rows tell {rate} Hz; the times are followed.',
  rowsWithoutTime:
    'Rows without a time: {n}, the first is row {row} of the samples; each stands after the one above, as in the file.',
  commentLines:
    'Comment lines among the samples: {n}, the first before row {row} of the samples ("{text}"); they were left out.',
  longRows:
    'Rows with more cells than the others: {n}, the first is row {row} of the samples ("{text}"); the samples of each are shown as missing.',
  linesOfWords:
    'Lines among the samples that hold words and no number: {n}, the first is row {row} of the samples ("{text}"); each is shown as a missing sample.',
  unsureDay:
    'Column {column}: of {date} it is not known which is the day and which the month; the date was left out.',
  columnsLeftOut: 'Columns without a voltage were left out: {list}.',
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
  moreSeries: '{file} holds {n} series; the first of rhythm is shown.',
  moreStrips: '{file} holds {n} strips; the first is shown.',
  fullDisclosure: '{file} also holds a full disclosure (FullDisclosure), which is not shown.',
  annotationsOutside:
    '{name}: {n, plural, one {{n} annotation of {annotator} lies outside the samples, where DICOM has no place for it} other {{n} annotations of {annotator} lie outside the samples, where DICOM has no place for them}}.',
  edfAnnotations:
    '{file}: {n, plural, one {{n} annotation breaks the form of EDF+ and was left out} other {{n} annotations break the form of EDF+ and were left out}}.',
  edfHeaderBytes:
    '{file}: the header says that it has "{said}" bytes; {read} were read, which is what its number of signals takes.',
  noGain: '{file} gives no usable gain for {leads}; these numbers are shown as they are stored.',
  aecgOrigin:
    '{file}: the field "origin" of {leads} cannot be understood; the values are without it.',
  noOnsets:
    '{file} calls itself {variant}, but has no annotations that say when its data records began: gaps between them cannot be seen.',
  recordGaps:
    '{file} calls itself {variant}, but its data records leave {n, plural, one {{n} gap in time, which is shown as missing} other {{n} gaps in time, which are shown as missing}}.',
  recordOrder:
    '{file}: {n, plural, one {# data record starts before the one before it ends; it is} other {# data records start before the one before them ends; they are}} shown after it.',
  recordOnset:
    '{file}: {n, plural, one {# data record states no onset that makes sense; it is} other {# data records state no onset that makes sense; they are}} taken to follow on.',
  manyRecords: 'More than {most} recordings: the rest was left out.',
  tooDeep: '{folder} has folders below it that are too deep to be searched.',
  ishneSampleCount:
    '{file}: the field "size of ECG" is {said}, but the file holds {samples} samples of each lead; these are read.',
  headerChecksum:
    "{file}: the header's checksum is {said}, its bytes make {made}; the header may be damaged.",
  noResolution: '{file}: the field "resolution" gives no scale for {leads}.',
  moreRhythmStrips: '{file} holds {n} rhythm strips; the first is shown.',
  sectionChecksum: '{file}: section {id} differs from its checksum.',
  ownMnemonics: '{file} has mnemonics of its own ({list}); they are shown as the file has them.',
  longSegment:
    '{segment} holds {frames} frames, and {header} calls for {wanted}; the rest is left out.',
  segmentsSignals:
    '{header}: signals declared {declared}, in its segments {has}; the latter are read.',
  segmentOrder:
    'Segment {segment} has the signals in another order; they are placed by their names.',
  segmentName:
    'Segment {segment} has a signal {own} where the record has {signal}; it is placed by its number.',
  segmentUnit:
    'Segment {segment} has {signal} in {own}, the record in {unit}; it is shown as missing there.',
  segmentExtra: 'Segment {segment} also holds {names}, not listed for the record; it is left out.',
  segmentsLength: '{header} declares {declared} frames, its segments have {has}.',
  byteOffsets:
    '{header}: the signals in {file} have different byte offsets; the first one, {offset}, was used.',
  byteOffsetMatlab:
    '{header}: the samples of {file} begin at byte {at} of it and not at byte {said}, as it is a MATLAB file; they are read from there.',
  longFile:
    '{file} holds {frames} frames, and {header} declares {wanted}; the last {extra} are left out.',
  annotationsBefore:
    '{name}: {n, plural, one {{n} annotation of {annotator} lies before the first sample, where WFDB has no place for it} other {{n} annotations of {annotator} lie before the first sample, where WFDB has no place for them}}.',
  recordFolder:
    '{file}: its record line names a folder ({folder}), which was left out: the signal files are looked for beside the header.',
  edfEmptySignal:
    '{file}: {names}: the field "samples in a data record" is 0, so that there is nothing to show.',
  edfNoScale:
    '{file}: {names}: the physical and digital minima and maxima give no scale; the numbers are shown as they are stored.',
  edfUnknownUnit:
    '{file}: {names}: the field "physical dimension" is damaged, so that the unit is not known.',
  noLabel: 'a signal without a label',
  edfSpareBytes:
    '{file}: {spare} bytes follow the {declared} data records that the header declares; they are left out.',
  edfFewRecords:
    '{file}: the header declares {declared} data records, {complete} are complete; these are read.',
  edfStartsLater:
    '{name}: of its beginning {seconds} s are missing in every lead and left out; the start in the header is later by them.',
  edfHeld:
    '{name}: EDF has no missing samples within a data record; in {n, plural, one {{n} place the last value is held, marked by an annotation} other {{n} places the last value is held, each marked by an annotation}}.',
  edfHeldFirst:
    '{name}: EDF has no missing samples within a data record; in {n} places the last value is held, the first {most} of them marked by an annotation.',
  edfLetters:
    '{name}: EDF has 80 plain letters for who was recorded; what does not fit of name and number is left out.',
  edfScaled:
    '{name}: {n, plural, one {# lead has more than the 16 bits of EDF; its values were rounded to its} other {# leads have more than the 16 bits of EDF; their values were rounded to their}} steps.',
  dicomScaled:
    '{name}: {n, plural, one {# lead has more than 16 bits; its} other {# leads have more than 16 bits; their}} values were rounded to 16.',
  ishneTimeout:
    '{file}: beats after {lastS} s are left out, as a pause that is longer than the format can say makes their times unknown.',
  museChecksum: '{what} differs from its checksum (LeadDataCRC32).',
  zipRepeated: '{file} holds several files called {names}; the first is shown.',
  declaredSamples: '{what} declares {declared} samples ({field}) and holds {held}.',
  emptyLeads: '{file}: {names}: the file names the lead and has no samples of it.',
  noNumbers: '{file}: lead {lead}: values that are no numbers are missing ({n} of {count}).',
  beatLeftOut:
    '{file}: the average beat that it holds beside the strip is left out, as it cannot be read. {why}',
  sectionLeftOut:
    '{file}: section {id} is not at byte {at}, where section 0 has it; it is left out.',
  philipsUnnamed:
    '{what} declares more leads (numberofleads: {leads}) than it names (leadlabels: {named}); the others are left out.',
  deviceQuality: '{what}: the device reports {faults}.',
  scpChecksum: '{file} differs from the checksum of its record header.',
  scpLength:
    '{file}: of {names} {declared} samples are declared (section 3) and {stored} stored (section 6).',
  scpLonger:
    '{file}: section 6 holds more of {names} than section 3 declares ({declared}); the last {spare} bytes are left out.',
  scpSpareBytes: '{file}: section 6 has {spare} bytes behind its last lead; they are left out.',
  valuesLimited:
    '{name}: lead {lead} has values beyond {most} {units}, which were written as that.',
  annotationsInInterval: '{file}: it ends within an interval.',
  annotationsModifier:
    '{file}: byte {at} holds a modifier without an annotation; the rest was left out.',
  annotationsInText: '{file}: it ends within the text of an annotation.',
  annotationsNoEnd: '{file}: its end mark is missing.',
  annotationsGoOn:
    '{file}: its end mark is at byte {at} and {more} bytes follow; what they hold was left out.',
  standsFor: '{own} for {other}',
  outsideRecording:
    '{name}: {outside} of {count, plural, one {{count} annotation} other {{count} annotations}} {outside, plural, one {lies outside} other {lie outside}} the recording.',
  extraSignalLines: '{file} has {lines} signal lines but declares {wanted}; the rest was left out.',
  extraSegmentLines:
    '{file} has {lines} segment lines but declares {wanted}; the rest was left out.',
  baselineRounded:
    '{name}: WFDB has whole baselines; that of {lead} was rounded, which moves the values by half a step at most.',
  baselinesRounded:
    '{name}: WFDB has whole baselines; those of {n, plural, one {# lead} other {# leads}} were rounded, which moves the values by half a step at most.',
  calibrationMark:
    '{file} ends with a calibration mark of {markS} s in every lead, which is no ECG and is left out.',
  dicomSampleCount:
    '{file}: multiplex group {number} declares {declared} samples and holds {held}.',
  dicomPaddingZero:
    '{file}: multiplex group {number} calls 0 a missing sample, which is an ordinary value; zeros are kept.',
  dicomNoScale:
    '{file}: multiplex group {number} gives no Channel Sensitivity (003A,0210), or none with its unit (003A,0211), for {names}.',
  dicomSkew:
    '{file}: multiplex group {number} has a skew of part of a sample in {names}; they lie at the nearest sample.',
  matScale: '{file} gives a gain and numbers with fractions: they are taken as mV.',
  matBeyondEnd:
    '{beyond} of {count, plural, one {{count} annotation} other {{count} annotations}} (ann) {beyond, plural, one {lies after} other {lie after}} the end of the samples.',
  matNotRead: '{file} holds {others} beside {name}, which alone is read.',
  settingsUnread:
    'The settings in the store cannot be read, so that the default thresholds and model count; "fiducial store check" says more.',
} as const;
