import type { AnnotationColumns } from '../../shared/contract';
import type { BeatColumns, CountedBeats } from '../../shared/domain';
import { BEAT_CLASSES, hueOfBeat, lowerBound } from '../analysis/beat-classes';
import type { Hue } from '../findings/kinds';
import type { Palette } from './paper';
import type { FrameGeometry } from './frame-geometry';

/** Symbols closer than this are not all written; ectopic ones first. CSS px. */
const MIN_GAP_PX = 9;

type Beats = Pick<BeatColumns | CountedBeats, 'timeS' | 'beatClass'>;

interface Mark {
  readonly x: number;
  readonly text: string;
  /** Class whose colour the letter has; that of `n` is written lighter. */
  readonly hue: Hue;
  /** Changed by the reader: underlined. */
  readonly byHand: boolean;
}

function paintRow(frame: FrameGeometry, palette: Palette, marks: readonly Mark[], y: number): void {
  const { context, ratio } = frame;
  context.save();
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const normal = `500 ${13 * ratio}px 'Inter', sans-serif`;
  const strong = `700 ${13 * ratio}px 'Inter', sans-serif`;
  const taken: number[] = [];
  // Ectopic beats are written first, so that crowding never hides one behind a normal beat.
  for (const wanted of [true, false]) {
    context.font = wanted ? strong : normal;
    for (const mark of marks) {
      if ((mark.hue !== 'n') !== wanted) continue;
      context.fillStyle = palette.hues[mark.hue].text;
      context.fillRect(Math.round(mark.x) - ratio / 2, y + 7.5 * ratio, ratio, 4 * ratio);
      if (taken.some((x) => Math.abs(x - mark.x) < MIN_GAP_PX * ratio)) continue;
      taken.push(mark.x);
      context.fillText(mark.text, mark.x, y);
      if (mark.byHand) context.fillRect(mark.x - 5 * ratio, y + 6 * ratio, 10 * ratio, 1.5 * ratio);
    }
  }
  context.restore();
}

/** Name of a row of symbols at the right edge of the paper. */
export function paintRowName(
  frame: FrameGeometry,
  palette: Palette,
  name: string,
  yPx: number,
): void {
  const { context, ratio } = frame;
  const y = yPx * ratio;
  context.save();
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  context.font = `400 ${10.5 * ratio}px 'Inter', sans-serif`;
  const width = context.measureText(name).width;
  context.fillStyle = palette.card;
  context.fillRect(
    frame.widthPx - width - 14 * ratio,
    y - 8 * ratio,
    width + 14 * ratio,
    16 * ratio,
  );
  context.fillStyle = palette.muted;
  context.fillText(name, frame.widthPx - 8 * ratio, y);
  context.restore();
}

/** Stands at a beat that is in no figure: rejected, or where nothing can be read. */
const NOT_COUNTED = '\u00d7';

/** Letter of a beat: as it counts, `×` where it does not, its own before that is known. */
export function letterOf(
  beats: Beats,
  i: number,
  counted: Beats | null,
): (typeof BEAT_CLASSES)[number] | typeof NOT_COUNTED {
  const timeS = beats.timeS[i]!;
  const at = counted ? lowerBound(counted.timeS, timeS) : i;
  const { timeS: times, beatClass } = counted ?? beats;
  return times[at] === timeS ? (BEAT_CLASSES[beatClass[at]!] ?? 'Q') : NOT_COUNTED;
}

/** The beats, one letter and tick each. */
export function paintBeats(
  frame: FrameGeometry,
  palette: Palette,
  beats: Beats,
  counted: Beats | null,
  hidden: (timeS: number) => boolean,
  byHand: (timeS: number) => boolean,
  yPx: number,
): void {
  const marks: Mark[] = [];
  const last = lowerBound(beats.timeS, frame.rightS + 0.2);
  for (let i = lowerBound(beats.timeS, frame.leftS - 0.2); i < last; i++) {
    const timeS = beats.timeS[i]!;
    if (hidden(timeS)) continue;
    const text = letterOf(beats, i, counted);
    marks.push({ x: frame.x(timeS), text, hue: hueOfBeat(text), byHand: byHand(timeS) });
  }
  paintRow(frame, palette, marks, yPx * frame.ratio);
}

/** Classes of the beat codes of a reference file (AAMI EC57); what is not here has no colour. */
const HUE_OF_CODE: Readonly<Record<string, Hue>> = {
  ...{ V: 'v', E: 'v', r: 'v' },
  ...{ S: 's', A: 's', a: 's', J: 's' },
  F: 'f',
};

/** Reference annotations: beats as letters, rhythm changes as their text. */
export function paintReference(
  frame: FrameGeometry,
  palette: Palette,
  reference: AnnotationColumns,
  hidden: (timeS: number) => boolean,
  yPx: number,
): void {
  const marks: Mark[] = [];
  const last = lowerBound(reference.timeS, frame.rightS + 1);
  for (let i = lowerBound(reference.timeS, frame.leftS - 1); i < last; i++) {
    const timeS = reference.timeS[i]!;
    if (hidden(timeS)) continue;
    const symbol = reference.symbol[i] ?? '';
    const aux = reference.aux[i] ?? '';
    const text = aux && (symbol === '+' || symbol === '"') ? aux.replace(/\0/g, '') : symbol;
    const isAf = symbol === '+' && /^\(AF/.test(aux);
    const hue = isAf ? 'af' : (HUE_OF_CODE[symbol] ?? 'n');
    marks.push({ x: frame.x(timeS), text, hue, byHand: false });
  }
  paintRow(frame, palette, marks, yPx * frame.ratio);
}
