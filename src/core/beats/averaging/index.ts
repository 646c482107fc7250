/** The averaged beat of a stretch and what is measured in it. */
export { measureRecording, wholeOrFirstMinute, type ReadersWord } from './measure-recording';
export { measureTask } from './measure-task';
export { qrsWidthTask, widthStretches } from './qrs-widths';
