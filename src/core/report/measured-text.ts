import { shownName, type Measurements, type RecordingInfo, type Result } from '../../shared/domain';
import {
  intervalName,
  intervalText,
  MEASURED,
  stText,
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
  const own = measured.ok
    ? averaged(measured.value, leads, words)
    : [inWords(measured.error, words)];
  return [
    ...own,
    ...(device ? [say('reportPages.device', { said: device })] : []),
    `${say('measure.notInterpreted')} ${say('reportPages.conductionNotJudged')}`,
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
  const st = beat.leads.map(({ index, name, st60Mv }) => {
    const lead = leads.find((one) => one.index === index);
    return `${lead ? shownName({ lead }) : name} ${stText(st60Mv, words)}`;
  });
  const sources = [
    intervals.rrMs === null ? '' : say('measure.qtcFrom', { ms: number(intervals.rrMs, 0) }),
    intervals.qrsAxisDeg === null ? '' : say('measure.axisFrom'),
  ];
  const readers = [...new Set(moved.map(({ reader }) => reader))].join(', ');
  const marks = moved.map(({ fiducial }) => say(`measure.mark_${fiducial}`)).join(', ');
  return [
    [
      say('reportPages.averagedOf', {
        counted: say('measure.beatsOf', { beats: beat.beats, of: beat.of }),
        start: number(startS, 0),
        end: number(endS, 0),
        values: values.join(', '),
      }),
      ...sources,
    ]
      .filter(Boolean)
      .join(' '),
    say('reportPages.stOf', { values: st.join(', ') }),
    ...(moved.length > 0 ? [say('reportPages.movedMarks', { marks, readers })] : []),
  ];
}
