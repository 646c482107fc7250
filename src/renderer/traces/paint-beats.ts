import type { AnnotationColumns } from '../../shared/contract';
import type { BeatColumns, RhythmEpisode } from '../../shared/domain';
import { BEAT_CLASSES, isEctopic, lowerBound } from '../domain';
import type { Palette } from './paper';
import type { FrameGeometry } from './useTracePlot';

/** Symbols closer than this are not all written; ectopic ones first. CSS px. */
const MIN_GAP_PX = 9;

interface Mark {
  readonly x: number;
  readonly text: string;
  readonly strong: boolean;
}

function paintRow(
  frame: FrameGeometry,
  palette: Palette,
  marks: readonly Mark[],
  y: number,
  rowName: string,
): void {
  const { context, ratio } = frame;
  context.save();
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const normal = `500 ${11 * ratio}px 'Inter', sans-serif`;
  const strong = `700 ${11.5 * ratio}px 'Inter', sans-serif`;
  const taken: number[] = [];
  // Ectopic beats are written first, so that crowding never hides one behind a normal beat.
  for (const wanted of [true, false]) {
    context.fillStyle = wanted ? palette.alertText : palette.muted;
    context.font = wanted ? strong : normal;
    for (const mark of marks) {
      if (mark.strong !== wanted) continue;
      context.fillRect(Math.round(mark.x) - ratio / 2, y + 8 * ratio, ratio, 5 * ratio);
      if (taken.some((x) => Math.abs(x - mark.x) < MIN_GAP_PX * ratio)) continue;
      taken.push(mark.x);
      context.fillText(mark.text, mark.x, y);
    }
  }
  if (rowName) {
    context.font = `400 ${10.5 * ratio}px 'Inter', sans-serif`;
    context.textAlign = 'right';
    const width = context.measureText(rowName).width;
    context.fillStyle = palette.labelBack;
    context.fillRect(
      frame.widthPx * ratio - width - 14 * ratio,
      y - 8 * ratio,
      width + 14 * ratio,
      16 * ratio,
    );
    context.fillStyle = palette.muted;
    context.fillText(rowName, frame.widthPx * ratio - 8 * ratio, y);
  }
  context.restore();
}

/** The model's beats, one letter and tick each. */
export function paintBeats(
  frame: FrameGeometry,
  palette: Palette,
  beats: BeatColumns,
  hidden: (timeS: number) => boolean,
  yPx: number,
  rowName: string,
): void {
  const marks: Mark[] = [];
  const last = lowerBound(beats.timeS, frame.rightS + 0.1);
  for (let i = lowerBound(beats.timeS, frame.leftS - 0.1); i < last; i++) {
    const timeS = beats.timeS[i]!;
    if (hidden(timeS)) continue;
    const text = BEAT_CLASSES[beats.beatClass[i]!] ?? 'Q';
    marks.push({ x: frame.x(timeS), text, strong: isEctopic(text) });
  }
  paintRow(frame, palette, marks, yPx * frame.ratio, rowName);
}

/** Beat codes of a reference file that stand for a normal or bundle-branch-block beat. */
const QUIET = new Set(['N', '.', 'L', 'R', 'e', 'j']);

/** Reference annotations: beats as letters, rhythm changes as their text. */
export function paintReference(
  frame: FrameGeometry,
  palette: Palette,
  reference: AnnotationColumns,
  yPx: number,
): void {
  const marks: Mark[] = [];
  const last = lowerBound(reference.timeS, frame.rightS + 0.1);
  for (let i = lowerBound(reference.timeS, frame.leftS - 1); i < last; i++) {
    const symbol = reference.symbol[i] ?? '';
    const aux = reference.aux[i] ?? '';
    const text = aux && (symbol === '+' || symbol === '"') ? aux.replace(/\0/g, '') : symbol;
    const strong = symbol === '+' ? !/^\(N/.test(aux) : !QUIET.has(symbol);
    marks.push({ x: frame.x(reference.timeS[i]!), text, strong });
  }
  paintRow(frame, palette, marks, yPx * frame.ratio, `reference (${reference.annotator})`);
}

/** Words for WFDB's rhythm codes that the models use. */
export function rhythmName(code: string): string {
  const bare = code.replace(/^\(/, '');
  return bare === 'AFIB' ? 'AF' : bare === 'AFL' ? 'atrial flutter' : bare;
}

/** Rhythm episodes as a hatched line at the top of the paper, named at its visible start. */
export function paintEpisodes(
  frame: FrameGeometry,
  palette: Palette,
  episodes: readonly RhythmEpisode[],
  hatch: CanvasPattern | null,
): void {
  const { context, ratio } = frame;
  context.save();
  for (const episode of episodes) {
    if (episode.endS < frame.leftS || episode.startS > frame.rightS) continue;
    const x0 = Math.max(0, frame.x(episode.startS));
    const x1 = Math.min(frame.widthPx * ratio, frame.x(episode.endS));
    context.fillStyle = hatch ?? palette.alert;
    context.fillRect(x0, 0, x1 - x0, 6 * ratio);
    const text = `${rhythmName(episode.rhythm)}${
      episode.probability === null ? '' : ` ${episode.probability.toFixed(2)}`
    }`;
    context.font = `600 ${10.5 * ratio}px 'Inter', sans-serif`;
    context.textBaseline = 'top';
    const width = context.measureText(text).width;
    context.fillStyle = palette.paper;
    context.fillRect(x0 + 6 * ratio, 0, width + 8 * ratio, 13 * ratio);
    context.fillStyle = palette.alertText;
    context.fillText(text, x0 + 10 * ratio, 1 * ratio);
  }
  context.restore();
}
