export const exports = {
  saved: '{suggestedName} saved.',
  imported: '{name} imported: {n, plural, one {# decision} other {# decisions}}.',
  title: 'Export and import',
  saveAs: 'Save {what} as {form}',
  importReview: 'Import a review',
  importHint:
    'Of this recording and this model; where something has been decided here, it joins as the read of another reader.',
  choose: 'Choose …',
  anonymous: 'Leave out who was recorded, and move the date (the review keeps its names)',
  neverChanged: 'The recording itself is never changed.',
  afterAnalysis: 'Findings, beats and report can be kept once the analysis is done.',
  recording: 'Recording',
  recordingAbout:
    'The samples as they were recorded, with the annotations of the file where a format has room for them.',
  report: 'Report',
  reportAbout: 'For an archive: the PDF in DICOM, or a FHIR bundle of observations with the PDF.',
  findings: 'Findings',
  findingsAbout: 'Kind, place, measure and your decision, one line each.',
  beats: 'Beats',
  beatsAbout:
    'Time, class and RR as you left them, one line each; for WFDB as annotator “fid” with rhythm and verdicts.',
  marks: 'Marks',
  marksAbout: 'What you measured with the calipers, one line each, with mV at both edges and QTc.',
  segments: 'Segments',
  segmentsAbout: 'Verdict, probability, your decision and note, one line each.',
  review: 'Review',
  reviewAbout:
    'Every decision and the trail that led there, with names. Can be imported below, or on another machine.',
} as const;
