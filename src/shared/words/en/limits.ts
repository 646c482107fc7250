/** What cards of networks say of their limits and of how their threshold was chosen, as training writes it. */
export const limits = {
  research: 'Research and education only; not a medical device.',
  labelMajority:
    'Label majority: Abnormal where most beats of ten seconds are not normal. A strip with four ventricular beats of ten is Normal to it, and so is atrial fibrillation with narrow beats.',
  simulated:
    'Learned from {n} simulated patients first: in effect it measures how wide QRS complexes are. Pre-excitation, and beats that are abnormal but narrow, look Normal to it; bundle branch block whose width this lead does not show may.',
  halfHours:
    'Trained on {n} half-hour Holter records of the MIT-BIH Arrhythmia Database, one lead ({leads}). Few patients carry the label for most of their record, so figures differ widely from fold to fold; the interval says how widely.',
  notTrainedOn: 'Not trained on paced rhythm, children, exercise or standard 12-lead electrodes.',
  adults:
    'Trained on 61 half-hour recordings of adults (22 of MIT-BIH, 39 of the MIT-BIH Supraventricular database), two leads, 128 and 360 Hz, recorded from about 1975 to 1990.',
  pacedNotTrained:
    'Paced hearts were not trained on: paced beats may be called V or Q, and their segments flagged.',
  bundleBranch:
    'Bundle branch block counts as N and is not flagged by itself; new block or aberrant conduction may be called V. Pre-excitation is likely to be missed.',
  fibrillationFew:
    'Fibrillation was learnt from two patients and from simulated fibrillation; flutter with regular conduction is likely to be missed.',
  fusion: 'Fusion beats (F) are rarely recognised; most are called V or N.',
  short:
    'Recordings of a minute or less are judged more strictly: single ectopic beats in them are missed more often.',
  paced:
    'Paced hearts are recognised by their spikes from 300 samples per second on; where the spikes do not show, paced beats may be called V. Beats between paced ones are judged as any others.',
  tachycardia:
    'A tachycardia that lasts through a whole recording has no slower rhythm to be compared with and may be called N.',
  notJudged: 'ST changes, QT, infarction and conduction intervals are not judged.',
  figuresOfBefore:
    'Cross-validation figures are of version {version}, whose members this version goes on from: of MIT-BIH and svdb nobody was held out of the later training.',
  laterTraining:
    'Later training: {sets}; the figures named heldOut are of people of these sets that it did not see.',
  figuresOfHalf:
    'Cross-validation figures are of two networks per fold, trained as half of this model is; the other half is of version {version}.',
  trainedOnSets:
    'Trained on {sets}; the figures named heldOut are of people of these sets that it did not see.',
  stripNetwork:
    "The network of strips learned from all people of {sets}; the figures named crossValidation.cinc2017 are of networks that had not seen the person, those named heldOut of the beats' networks alone.",
  figuresButCorrected:
    'Figures but those of corrected recordings are of version {version}, whose members this one goes on from.',
  thresholdYouden:
    'greatest sensitivity + specificity - 1 (Youden 1950) over the out-of-fold predictions of the cross-validation by patient',
  thresholdSensitivity:
    'highest threshold with 95 % sensitivity for review on patients held out of training (out-of-fold, all folds together)',
} as const;
