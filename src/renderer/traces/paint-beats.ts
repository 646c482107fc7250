import type { AnnotationColumns } from '../../shared/contract';
import type { BeatColumns, RhythmEpisode } from '../../shared/domain';
import { formatProbability } from '../format';
import { BEAT_CLASSES, isEctopic, lowerBound } from '../domain';
import type { Palette } from './paper';
import type { FrameGeometry } from './trace-plot';

/** Symbols closer than this are not all written; ectopic ones first. CSS px. */
const MIN_GAP_PX = 9;

interface Mark {
  readonly x: number;
  readonly text: string;
  readonly strong: boolean;
  /** Changed by the reader: underlined. */
  readonly byHand: boolean;
}

function paintRow(frame: FrameGeometry, palette: Palette, marks: readonly Mark[], y: number): void {
  const { context, ratio } = frame;
  context.save();
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const normal = `500 ${11 * ratio}px 'Inter', sans-serif`;
  const strong = `700 ${11.5 * ratio}px 'Inter', sans-serif`;
  // A rim of paper keeps a letter readable where a tall beat reaches into the row.
  context.strokeStyle = palette.paper;
  context.lineWidth = 3 * ratio;
  context.lineJoin = 'round';
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
      context.strokeText(mark.text, mark.x, y);
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
  context.fillStyle = palette.labelBack;
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

/** The model's beats, one letter and tick each. */
export function paintBeats(
  frame: FrameGeometry,
  palette: Palette,
  beats: BeatColumns,
  hidden: (timeS: number) => boolean,
  byHand: (timeS: number) => boolean,
  yPx: number,
): void {
  const marks: Mark[] = [];
  const last = lowerBound(beats.timeS, frame.rightS + 0.2);
  for (let i = lowerBound(beats.timeS, frame.leftS - 0.2); i < last; i++) {
    const timeS = beats.timeS[i]!;
    if (hidden(timeS)) continue;
    const text = BEAT_CLASSES[beats.beatClass[i]!] ?? 'Q';
    marks.push({ x: frame.x(timeS), text, strong: isEctopic(text), byHand: byHand(timeS) });
  }
  paintRow(frame, palette, marks, yPx * frame.ratio);
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
  const last = lowerBound(reference.timeS, frame.rightS + 1);
  for (let i = lowerBound(reference.timeS, frame.leftS - 1); i < last; i++) {
    const symbol = reference.symbol[i] ?? '';
    const aux = reference.aux[i] ?? '';
    const text = aux && (symbol === '+' || symbol === '"') ? aux.replace(/\0/g, '') : symbol;
    const strong = symbol === '+' ? !/^\(N/.test(aux) : !QUIET.has(symbol);
    marks.push({ x: frame.x(reference.timeS[i]!), text, strong, byHand: false });
  }
  paintRow(frame, palette, marks, yPx * frame.ratio);
}

/** Words for WFDB's rhythm codes that the models use. */
export function rhythmName(code: string): string {
  const bare = code.replace(/^\(/, '');
  return bare === 'AFIB' ? 'AF' : bare === 'AFL' ? 'atrial flutter' : bare;
}

/** Rhythm episodes as a hatched line along the top of the paper. */
export function paintEpisodes(
  frame: FrameGeometry,
  palette: Palette,
  episodes: readonly RhythmEpisode[],
  hatch: CanvasPattern | null,
): void {
  for (const episode of episodes) {
    if (episode.endS < frame.leftS || episode.startS > frame.rightS) continue;
    const x0 = Math.max(0, frame.x(episode.startS));
    const x1 = Math.min(frame.widthPx, frame.x(episode.endS));
    frame.context.fillStyle = hatch ?? palette.alert;
    frame.context.fillRect(x0, 0, x1 - x0, 6 * frame.ratio);
  }
}

/** Names of the episodes on the paper, each where its visible part begins. */
export function paintEpisodeNames(
  frame: FrameGeometry,
  palette: Palette,
  episodes: readonly RhythmEpisode[],
): void {
  const { context, ratio } = frame;
  context.save();
  context.font = `600 ${10.5 * ratio}px 'Inter', sans-serif`;
  context.textBaseline = 'top';
  context.textAlign = 'left';
  for (const episode of episodes) {
    if (episode.endS < frame.leftS || episode.startS > frame.rightS) continue;
    const x = Math.max(0, frame.x(episode.startS));
    const probability =
      episode.probability === null ? '' : ` ${formatProbability(episode.probability)}`;
    const text = rhythmName(episode.rhythm) + probability;
    context.fillStyle = palette.paper;
    context.fillRect(x + 8 * ratio, 0, context.measureText(text).width + 8 * ratio, 15 * ratio);
    context.fillStyle = palette.alertText;
    // Clear of the frame, whose line would touch the tops of the letters.
    context.fillText(text, x + 12 * ratio, 3 * ratio);
  }
  context.restore();
}
