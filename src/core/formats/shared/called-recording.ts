/** Endings that recordings alone have. Hidden files, as other systems leave beside copies, have them too. */
const RECORDINGS_ALONE = /^[^.].*\.(edf|bdf|scp|dcm|dicom|aecg)$/i;

/**
 * Whether a file is called a recording, whatever is in it. One that is empty or damaged is told of where folders and
 * archives are searched: leaving it out would leave out somebody's recording unsaid.
 */
export function isCalledRecording(name: string): boolean {
  return RECORDINGS_ALONE.test(name);
}
