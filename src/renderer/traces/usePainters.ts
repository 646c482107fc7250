import { watch } from 'vue';
import type { Overlay, Segment } from '../../shared/domain';
import { lowerBound } from '../../shared/domain/lower-bound';
import { isBorderline, isFlagged } from '../../shared/domain/segment-standing';
import { useOverlayMode } from '../composables/useOverlayMode';
import { usePalette } from '../composables/usePalette';
import { cellAt, type Cell } from '../analysis/segments';
import { useAnalysis } from '../stores/analysis';
import { useBlind } from '../stores/blind';
import { useFindings } from '../stores/findings';
import { useRecording } from '../stores/recording';
import { useReview } from '../stores/review';
import { useSelection } from '../stores/selection';
import { useView } from '../stores/view';
import { faithfulnessOf } from '../analysis/why';
import { hatchPattern } from './hatch';
import { overlayStrength, overlayStrip } from './overlay-strip';
import { paintBeats, paintReference, paintRowName } from './paint-beats';
import { paintBracket, paintHead, paintNeighbours, paintRhythm, paintTint } from './paint-events';
import { useEventsOnPaper } from './useEventsOnPaper';
import type { FrameGeometry } from './frame-geometry';
import { useHeadRows } from './useHeadRows';
import type { PaperPainter } from './useTracePlot';
import { say } from '../words';

interface Strips {
  readonly tint: HTMLCanvasElement | null;
  readonly ribbon: HTMLCanvasElement;
}

const RIBBON_HEIGHT_PX = 10;
/** An overlay that failed its faithfulness test is drawn this much fainter. */
const UNFAITHFUL = 0.3;
const MAX_STRIPS = 120;

/** Lanes that are a whole row; an overlay on a lead of a column would break off. */
const rowsOf = ({ lanes }: FrameGeometry) => lanes.filter(({ column }) => !column);

/** What is drawn on the paper besides the traces: overlay, beats, reference, episodes, current segment. */
export function usePainters(): { painters: PaperPainter[]; sources: () => unknown[] } {
  const analysis = useAnalysis();
  const findings = useFindings();
  const recording = useRecording();
  const review = useReview();
  const selection = useSelection();
  const blind = useBlind();
  const view = useView();
  const { palette } = usePalette();
  const overlayMode = useOverlayMode();
  const onPaper = useEventsOnPaper();
  const rows = useHeadRows();
  const strips = new Map<string, Strips>();
  watch(palette, () => strips.clear());
  watch(
    () => analysis.analysisId,
    () => strips.clear(),
  );

  /** Drawn in ink, for a hue is a class: stronger where the segment is flagged, faint in a Normal one. */
  function stripsOf(overlay: Overlay, segment: Segment): Strips {
    const mode = overlayMode.value === 'evidence' ? 'evidence' : 'attention';
    const strong = isFlagged(segment) || isBorderline(segment);
    const key = `${overlay.segmentIndex}|${mode}|${view.head}`;
    const known = strips.get(key);
    if (known) return known;
    const strength = overlayStrength(overlay, mode, view.head);
    const faded = faithfulnessOf(overlay, mode)?.faithful === false ? UNFAITHFUL : 1;
    const { trace, muted, lineStrong } = palette.value;
    const made = {
      tint: strong ? overlayStrip(strength, trace, lineStrong, 0.16 * faded) : null,
      ribbon: overlayStrip(
        strength,
        strong ? trace : muted,
        lineStrong,
        (strong ? 0.85 : 0.5) * faded,
      ),
    };
    strips.set(key, made);
    if (strips.size > MAX_STRIPS) strips.delete(strips.keys().next().value!);
    return made;
  }

  /** The segment whose overlay stands at a cell: the one in hand where it reaches, else the cell's own. */
  function shownAt(cell: Cell): Segment {
    const current = selection.current;
    if (current && cell.startS >= current.startS - 1e-6 && cell.endS <= current.endS + 1e-6)
      return current;
    return cell.segment;
  }

  function paintOverlay(frame: FrameGeometry): void {
    if (overlayMode.value === 'off') return;
    const lane =
      rowsOf(frame).find((l) => l.lead.name === analysis.status?.lead) ??
      rowsOf(frame).find((l) => l.lead.isEcg);
    if (!lane) return;
    const { context, ratio } = frame;
    const cells = analysis.cells;
    const top = lane.topPx * ratio;
    const height = lane.heightPx * ratio;
    context.save();
    for (let i = cellAt(cells, frame.leftS); i >= 0 && i < cells.length; i++) {
      const cell = cells[i]!;
      if (cell.startS > frame.rightS) break;
      const segment = shownAt(cell);
      if (selection.isHidden(segment)) continue;
      const overlay = analysis.overlayOf(segment.index);
      if (!overlay) continue;
      const { tint, ribbon } = stripsOf(overlay, segment);
      // The cell's part of the strip, in tokens.
      const from = Math.max(0, (cell.startS - overlay.startS) / overlay.stepS);
      const to = Math.min(overlay.tokens, (cell.endS - overlay.startS) / overlay.stepS);
      if (to <= from) continue;
      const x = frame.x(overlay.startS + from * overlay.stepS);
      const width = frame.x(overlay.startS + to * overlay.stepS) - x;
      if (tint) context.drawImage(tint, from, 0, to - from, 1, x, top, width, height);
      context.drawImage(
        ribbon,
        from,
        0,
        to - from,
        1,
        x,
        top + height - (RIBBON_HEIGHT_PX + 2) * ratio,
        width,
        RIBBON_HEIGHT_PX * ratio,
      );
    }
    context.restore();
  }

  function paintCurrent(frame: FrameGeometry): void {
    const segment = selection.current;
    if (!segment || !view.showBand) return;
    const { context, ratio } = frame;
    context.save();
    context.strokeStyle = palette.value.label;
    context.globalAlpha = 0.4;
    context.lineWidth = ratio;
    context.setLineDash([4 * ratio, 4 * ratio]);
    for (const timeS of [segment.startS, segment.endS]) {
      if (timeS <= frame.leftS || timeS >= frame.rightS) continue;
      const x = Math.round(frame.x(timeS)) + 0.5;
      context.beginPath();
      context.moveTo(x, rows.value.heightPx * ratio);
      context.lineTo(x, frame.heightPx);
      context.stroke();
    }
    context.restore();
  }

  /** Whether the beat at a time was classed, seen, added or moved by the reader. */
  function isByHand(timeS: number): boolean {
    if (!review.edited) return false;
    const { beats, handAt } = review.edited;
    const at = lowerBound(beats.timeS, timeS);
    return beats.timeS[at] === timeS && handAt[at]! > 0;
  }

  const shownReference = () => (view.showReference ? recording.reference : null);

  const painter: PaperPainter = {
    under(frame) {
      paintHead(frame, palette.value, rows.value);
      const event = onPaper.current();
      if (event) paintTint(frame, palette.value, event, rows.value.heightPx);
      paintOverlay(frame);
    },
    over(frame) {
      const { hues } = palette.value;
      const { soft, fill } = hues.unread;
      const hatch = hatchPattern(frame.context, soft, fill, 5 * frame.ratio);
      paintRhythm(frame, hues.af.fill, onPaper.fibrillation(), rows.value);
      paintRhythm(frame, hatch ?? fill, onPaper.unreadable(), rows.value);
      const { beats: counted } = findings;
      const beats = review.beats ?? counted;
      if (beats && view.showBeats)
        paintBeats(
          frame,
          palette.value,
          beats,
          counted,
          onPaper.hidesLetterAt,
          isByHand,
          rows.value.modelPx,
        );
      const reference = shownReference();
      if (reference)
        paintReference(
          frame,
          palette.value,
          reference,
          onPaper.hidesLetterAt,
          rows.value.referencePx,
        );
    },
    fixed(frame) {
      paintCurrent(frame);
      const event = onPaper.current();
      const chip = event ? paintBracket(frame, palette.value, event, rows.value) : null;
      const beside = onPaper.beside(frame.leftS, frame.rightS);
      paintNeighbours(frame, palette.value, beside, event, rows.value, chip);
      const reference = shownReference();
      if (!reference) return;
      const name = say('paper.annotations', { annotator: reference.annotator });
      paintRowName(frame, palette.value, name, rows.value.referencePx);
    },
  };

  // Overlays are asked for when the paper has come to rest.
  let timer: ReturnType<typeof setTimeout> | undefined;
  function explainVisible(): void {
    clearTimeout(timer);
    if (overlayMode.value === 'off') {
      analysis.explain([]);
      return;
    }
    timer = setTimeout(() => {
      const cells = analysis.cells;
      const wanted = new Set<number>();
      if (selection.current) wanted.add(selection.current.index);
      for (let i = cellAt(cells, view.leftS); i >= 0 && i < cells.length; i++) {
        const cell = cells[i]!;
        if (cell.startS > view.leftS + view.spanS) break;
        const segment = shownAt(cell);
        if (segment.verdict !== 'Unreadable') wanted.add(segment.index);
      }
      analysis.explain([...wanted]);
    }, 120);
  }
  watch(
    [
      () => view.leftS,
      () => selection.current?.index,
      () => analysis.cells.length,
      () => overlayMode.value,
      () => analysis.status?.state,
    ],
    explainVisible,
    { immediate: true },
  );

  /** Everything that the painters read; a change of any means a redraw. */
  const sources = (): unknown[] => [
    analysis.overlayVersion,
    review.beats,
    findings.beats,
    analysis.episodes,
    analysis.cells,
    recording.reference,
    selection.current,
    overlayMode.value,
    view.showBand,
    ...onPaper.sources(),
    blind.on,
    view.head,
    view.showReference,
    view.showBeats,
  ];
  return { painters: [painter], sources };
}
