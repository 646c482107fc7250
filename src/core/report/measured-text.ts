import type { Measurements, RecordingInfo, Result } from '../../shared/domain';
import {
  intervalName,
  intervalText,
  MEASURED,
  measuredFrom,
  stOfLeads,
} from '../../shared/domain/measurement-words';
import { reasonInWords } from '../../shared/domain/reason-words';
import { inWords } from '../../shared/domain/said';
import type { Words } from '../../shared/words';

/**
 * What stands under the page of twelve leads, a paragraph each: intervals and ST of the averaged beat as on screen, what the
 * device says it measured, and that nobody judged either.
 */
export function measuredText(
  measured: Result<Measurements>,
  { leads, measurements }: Pick<RecordingInfo, 'leads' | 'measurements'>,
  words: Words,
): string[] {
  const { say } = words;
  const device = measurements
    .map(({ name, value, units }) => `${name} ${value} ${units}`.trim())
    .join(', ');
  return [
    ...(measured.ok ? averaged(measured.value, leads, words) : [inWords(measured.error, words)]),
    ...(device ? [say('reportPages.device', { said: device })] : []),
    say('reportPages.conductionNotJudged'),
  ];
}

function averaged(
  { startS, endS, beat, missing, intervals, moved }: Measurements,
  leads: RecordingInfo['leads'],
  words: Words,
): string[] {
  const { say, number } = words;
  if (!beat) return [reasonInWords(missing ?? '', words)];
  const values = MEASURED.map(
    (key) => `${intervalName(key, words)} ${intervalText(key, intervals[key], words)}`,
  );
  const st = stOfLeads(beat, leads, words).map(({ name, value }) => `${name} ${value}`);
  const readers = [...new Set(moved.map(({ reader }) => reader))].join(', ');
  const marks = moved.map(({ fiducial }) => say(`measure.mark_${fiducial}`)).join(', ');
  return [
    say('reportPages.averagedOf', {
      counted: say('measure.beatsOf', { beats: beat.beats, of: beat.of }),
      start: number(startS, 0),
      end: number(endS, 0),
      values: values.join(', '),
    }),
    `${say('measure.st')}: ${st.join(', ')}`,
    ...(moved.length > 0 ? [say('reportPages.movedMarks', { marks, readers })] : []),
    measuredFrom(intervals, words),
  ];
}
