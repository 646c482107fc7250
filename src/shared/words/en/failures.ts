/** Sentences of what went wrong, for those that a reader meets. The others are said in English everywhere. */
export const failures = {
  earlierReading:
    'This is an earlier reading of the recording, shown as it was left: nothing is decided or signed on it. Go back to the present one first.',
  notOnWorklist: 'This recording is not on the worklist; open its file again.',
  noRecordingIn: 'There is no recording in {paths}.',
  folderForgotten: 'This folder is not known any more; pick it again.',
  changedWhileRead: 'The files of {name} changed while they were read; read them again.',
  otherFiles: 'The files of {name} are not those that this analysis was of; analyse them again.',
  otherModelVersion: 'Another version of {model} gave these verdicts; analyse again.',
  segmentNotYet: 'Segment {n} has not been analysed yet.',
  analysisCancelled: 'The analysis was cancelled.',
  endedFromOutside:
    'The inference process was ended from outside {times} times during one batch ({reason}); try again.',
  noReference: '{why} What they say of a beat is not known, so they are no reference.',
  needsAnalysis: 'This takes a finished analysis; start it and wait for its end.',
  analysisForgotten: 'This analysis is not known any more; start it again.',
  changedSinceAnalysed: '{name} has changed since it was analysed; analyse it again.',
  decidedMeanwhile: 'Something was decided on this recording meanwhile; look again.',
  nothingToUndo: 'There is nothing to take back or bring again.',
  neverMixed: 'This recording has decisions of its own; a trail is never mixed.',
  otherBeatsThere:
    'The first read has other beats or classes there than this event has: set them in Beats, and it is there to confirm.',
  finishOwnFirst: 'Finish your own second read before two are compared.',
  noSuchFinding: 'There is no finding {id} in this recording; look again.',
  noSuchAnalysis: 'There is no such analysis; open the recording and analyse it first.',
  formsChanged: 'These forms of beats are not there any more.',
  formsNotYet: 'The beats have no forms before the analysis has named all of them.',
  noSecondRead: 'There is no second read of this recording.',
  secondReadOpen: '{reader} has not finished the second read.',
  finishBeforeExport: 'Finish your second read before anything of it is exported.',
  finishBeforeImport: 'Finish your second read before another one is taken over.',
  ofOtherRecording: '{name} belongs to another recording ({record}).',
  ofOtherModel: '{name} was decided on verdicts of another model ({model}).',
  nothingNewIn: '{file} holds nothing that is not here already.',
  noSettings: '{file} holds no settings that Fiducial exported.',
  settingsOfLaterVersion:
    '{file} is of a later version of Fiducial; its settings are not taken over.',
  noSuchSetting: '{file}: {field} is no setting of Fiducial; nothing of the file was taken over.',
  settingRefused: '{file}: {field} cannot be {value}; nothing of the file was taken over.',
  severalReadersIn: '{file} holds several readers; they cannot all be {as}.',
  namelessReaderIn: 'The reader of {file} has no name; say under which it is taken over.',
  sameReaderIn:
    '{reader} has decided here too, so that {file} is no other reader’s; say under which name it is taken over.',
  secondReadOpenIn: '{reader} has not finished the second read in {file}.',
  reportNotKept: 'Version {n} of this report is not kept here.',
  signatureNeedsName: 'A report is signed with a name; give the reader’s.',
  reportOfBothReads: 'The report belongs to both reads: finish your second read first.',
  documentGone: 'This document is not there any more; make it again.',
  cancelled: 'The request was cancelled.',
  noEcgLead: '{name} has no ECG lead: none of its signals is a voltage that is named as one.',
  noLeadForModel: '{name} has no ECG lead (no voltage that is named as one).',
  leadsTooSlow:
    '{name}: no ECG lead has {rate} samples per second or more, which beats need to be classed.',
  noSamples: '{name} holds no samples.',
  noSignals: '{name} declares no signals, so there is nothing to read.',
  archiveWithin:
    '{name} holds no recording but another archive, {inside}: unpack it and open what is inside.',
  archiveWithout: '{name} holds no recording that Fiducial reads.',
  unknownFormat: '{name} is in none of the recording formats that Fiducial reads.',
  notThere: '{name} does not exist.',
  noPermission: '{name} may not be read: permission denied.',
  cannotBeRead: '{name} cannot be read ({why}).',
  noRegularFile: '{name} is not a regular file.',
  tooLarge: '{name} is larger than the {size} MB that are read of its format.',
  noHeader: '{name} is not a WFDB header: its first line names no record and signals.',
  modelUnusable: 'Model "{id}" cannot be used. {why}',
  modelDamaged: "{file} does not have the SHA-256 that the model's card gives.",
  noModelIn: 'There is no model in {folder}.',
  mayNotBeRead: '{name} may not be read ({code}).',
  unreadable: '{name} cannot be read: {why}.',
  diskFull: '{name} cannot be written: the disk is full; free some space and do it again.',
  diskReadOnly: '{name} cannot be written: the disk is read-only; name a place on another.',
  notYours:
    '{name} cannot be written: it is not yours to write; name another place, or see to its rights.',
  noFolder: '{name} cannot be written: there is no such folder.',
  placeTaken:
    '{name} cannot be written: something of that name is there already; name another place.',
  unwritable: '{name} cannot be written: {why}.',
  storeFull:
    'The disk of the store {path} is full, nothing was saved: free some space and do it again.',
  storeLocked:
    'Another program holds the store {path} locked, nothing was saved: do it again when that program is done.',
  storeReadOnly:
    'The store {path} is read-only, nothing was saved: make it and its folder writable, or set FIDUCIAL_HOME to a folder that is.',
  storeUnopened:
    'The store {path} cannot be opened: see that its folder exists and is writable for you, or set FIDUCIAL_HOME to one that is.',
  storeDisk:
    'The disk of the store {path} refuses to read or write: see that it is there, sound and not full, and do it again.',
  storeDamaged:
    'The store {path} is damaged: close Fiducial and run "fiducial store repair", which keeps what can be read and every decision of its text trail.',
  rateMissing: '{name} gives no sampling rate.',
  gainMissing: '{name} gives no gain.',
  rateAndGainMissing: '{name} gives no sampling rate and no gain.',
  ownFault: 'Fiducial itself failed on this recording: {why}',
  notKept: 'The results are shown and could not be stored: {why}',
  signOpen:
    'The report cannot be signed: {n, plural, one {1 event is} other {# events are}} not decided.',
  signDiffering:
    'The report cannot be signed: two reads differ on {n, plural, one {1 event} other {# events}}, and nobody has settled which holds.',
  signUnchanged: 'Nothing has changed since this report was signed.',
  scanForgotten: 'This scan is not known any more; start it again.',
  closing: 'Fiducial is closing.',
  engineEnded:
    'The engine ended while it worked on this ({reason}) and has been started again. See whether the change was made, and make it again if not.',
  engineEndedAgain: 'The engine ended repeatedly on this request ({reason}).',
  viewerEnded: 'The viewer ended ({why}) and was loaded again. What was shown as saved is saved.',
} as const;
