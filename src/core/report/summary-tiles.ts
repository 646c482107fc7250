import { isFlagged } from '../../shared/domain';
import { duration } from './duration';
import { COLOUR, MARGIN_MM, mm, text, type Doc } from './layout';
import type { ReportData } from './types';

const HEIGHT_MM = 26;
const GAP_MM = 3;

const UNNAMED = ['ectopic beats: not', 'named by this model'];

interface Tile {
  readonly share: number;
  readonly big: string;
  readonly small: readonly string[];
  readonly warm?: boolean;
}

/** Totals in four boxes. @returns the y below them */
export function drawTiles(doc: Doc, data: ReportData, yMm: number, width: number): number {
  let x = MARGIN_MM;
  for (const tile of tilesOf(data)) {
    const tileMm = tile.share * (width + GAP_MM) - GAP_MM;
    doc
      .roundedRect(mm(x), mm(yMm), mm(tileMm), mm(HEIGHT_MM), mm(2))
      .lineWidth(mm(0.2))
      .fillAndStroke(
        tile.warm ? COLOUR.warmFill : '#ffffff',
        tile.warm ? COLOUR.warmLine : COLOUR.rule,
      );
    const colour = tile.warm ? COLOUR.warm : COLOUR.ink;
    text(doc, tile.big, x + 3, yMm + 3.5, { size: 15, bold: true, colour, widthMm: tileMm - 5 });
    tile.small.forEach((small, i) =>
      text(doc, small, x + 3, yMm + 11.5 + i * 4.2, {
        size: 8,
        colour: tile.warm ? COLOUR.warm : COLOUR.muted,
        widthMm: tileMm - 5,
      }),
    );
    x += tileMm + GAP_MM;
  }
  return yMm + HEIGHT_MM;
}

function tilesOf(data: ReportData): Tile[] {
  const { heartRate: rate, counts, namesBeats } = data;
  const { S, V, F, Q, total } = counts.beats;
  const rest = [
    ...(F > 0 ? [`${F} fusion`] : []),
    ...(Q > 0 ? [`${Q} unclassified`] : []),
    ...(data.editedBeats > 0 ? [`${data.editedBeats} by the reader`] : []),
  ];
  return [
    flaggedTile(data),
    {
      share: 0.2,
      big: rate ? `${rate.meanBpm.toFixed(0)} bpm` : '— bpm',
      small: rate
        ? [
            'mean heart rate',
            `${rate.lowest.bpm.toFixed(0)} to ${rate.highest.bpm.toFixed(0)} bpm`,
            'over 8 beats',
          ]
        : namesBeats
          ? ['heart rate: no beat', 'could be read']
          : ['heart rate: this', 'model finds no beats'],
    },
    {
      share: 0.26,
      big: namesBeats ? `${V} V · ${S} S` : '—',
      small: namesBeats ? ['ectopic beats', `of ${total} beats`, rest.join(', ')] : UNNAMED,
    },
    fibrillationTile(data),
  ];
}

function flaggedTile({ segments, decisions }: ReportData): Tile {
  const flagged = segments.filter(isFlagged);
  const unreadable = segments.filter((segment) => segment.verdict === 'Unreadable').length;
  const decisionOf = new Map(decisions.map(({ segment, decision }) => [segment, decision]));
  const isOpen = ({ index }: { index: number }): boolean =>
    (decisionOf.get(index) ?? 'none') === 'none';
  const open = flagged.filter(isOpen).length;
  const count = (wanted: string): number =>
    [...decisionOf.values()].filter((decision) => decision === wanted).length;
  return {
    share: 0.325,
    big: `${flagged.length} flagged`,
    small: [
      `of ${segments.length} segment${segments.length === 1 ? '' : 's'}, ${unreadable} unreadable`,
      `${flagged.length - open} reviewed, ${open} open`,
      `${count('agree')} agreed · ${count('overrule')} overruled · ${count('unsure')} unsure`,
    ],
    warm: flagged.length > 0,
  };
}

function fibrillationTile({ counts, longestAfS, analysableS, namesBeats, afS }: ReportData): Tile {
  const share = 0.215;
  if (!namesBeats) {
    return { share, big: '—', small: ['atrial fibrillation: not', 'looked for by this model'] };
  }
  const { total = 0 } = counts.kinds.find(({ kind }) => kind === 'af') ?? {};
  if (total === 0 && analysableS < afS) {
    return { share, big: '—', small: ['atrial fibrillation: not', `judged, under ${afS} s`] };
  }
  const percent = (100 * counts.afS) / Math.max(analysableS, counts.afS, 1e-9);
  const longestS = longestAfS;
  return {
    share,
    big: percent > 0 && percent < 1 ? '< 1 %' : `${percent.toFixed(0)} %`,
    small: [
      'of the time in atrial',
      'fibrillation or flutter',
      ...(total > 0
        ? [`${total > 1 ? `${total} ×, up to` : 'lasting'} ${duration(longestS)}`]
        : []),
    ],
  };
}
