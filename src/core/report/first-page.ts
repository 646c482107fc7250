import { BEAT_CLASSES } from '../../shared/domain';
import { drawCarpet, drawHeartRate } from './carpet';
import { clock, COLOUR, heading, MARGIN_MM, mm, PAPER_MM, rule, text, type Doc } from './layout';
import { cropStrip, drawStrip, HEAD_MM, stripPaperMm } from './strip';
import type { ReportData, ReportOptions } from './types';

/** Height of the signature block with the footer. */
const SIGNATURE_MM = 40;

/** Page 1: the answer. Everything that fits on it is a total; nothing on it needs another page. */
export function drawFirstPage(doc: Doc, data: ReportData, options: ReportOptions): void {
  const page = PAPER_MM[options.paper];
  const width = page.width - 2 * MARGIN_MM;
  drawHeader(doc, data, options, width);
  drawFacts(doc, data, options, width);
  drawTiles(doc, data, width);
  let y = drawFindings(doc, data, width) + 6;
  heading(doc, 'Whole recording', MARGIN_MM, y);
  const { durationS } = data.recording;
  const room = { x: MARGIN_MM, y: y + 6, width, height: 50 };
  const { cellS, heightMm } = drawCarpet(doc, room, data.segments, data.decisions, durationS);
  text(
    doc,
    `striped: Abnormal, darker with probability · dot: Unreadable · ${cellS} s per cell`,
    MARGIN_MM,
    y,
    {
      size: 7,
      colour: COLOUR.muted,
      align: 'right',
      widthMm: width,
    },
  );
  y += heightMm + 11;
  if (data.heartRate) {
    heading(doc, 'Heart rate, bpm', MARGIN_MM, y);
    drawHeartRate(doc, { x: MARGIN_MM, y: y + 6, width, height: 15 }, data.heartRate, durationS);
    y += 26;
  }
  drawExamples(doc, data, y, page.height - SIGNATURE_MM - 2, width);
  drawSignature(doc, data, options, page.height, width);
}

/** As many kinds of finding as there is room for, each with its example at true scale. */
function drawExamples(
  doc: Doc,
  data: ReportData,
  topMm: number,
  bottomMm: number,
  width: number,
): void {
  const kinds = new Set<string>();
  const examples = data.strips.filter(({ title }) => !kinds.has(title) && kinds.add(title));
  let y = topMm + 6;
  let drawn = 0;
  for (const strip of examples) {
    // A page is too small for many leads at true scale: the first two stand for them here.
    const leads = strip.leads.slice(0, 2);
    const paperMm = stripPaperMm(leads.length, 20 * leads.length + 8);
    if (y + HEAD_MM + paperMm > bottomMm) break;
    const aboutS =
      data.findings.find(({ kind }) => kind === strip.title)?.exampleS ??
      (strip.startS + strip.endS) / 2;
    const cropped = cropStrip({ ...strip, leads }, aboutS, width);
    drawStrip(doc, cropped, data.beats, MARGIN_MM, y, paperMm, {
      number: data.strips.indexOf(strip) + 1,
      filter: data.filterLabel,
    });
    y += HEAD_MM + paperMm + 4;
    drawn++;
  }
  if (drawn > 0) heading(doc, drawn === 1 ? 'Example' : 'Example of each kind', MARGIN_MM, topMm);
}

function drawHeader(doc: Doc, data: ReportData, options: ReportOptions, width: number): void {
  text(doc, 'ECG review', MARGIN_MM, 12, { size: 19, bold: true });
  const name = options.identity
    ? `${data.recording.folder} / ${data.recording.name}`
    : 'Identity left out';
  text(doc, data.recording.synthetic ? `${name} · synthetic signal` : name, MARGIN_MM, 21, {
    size: 10,
  });
  const made = new Date(data.createdAtMs).toISOString().slice(0, 16).replace('T', ' ');
  text(doc, `Fiducial ${data.version} · ${made} UTC`, MARGIN_MM, 13, {
    align: 'right',
    widthMm: width,
  });
  text(doc, 'Research and education only; not a medical device', MARGIN_MM, 18, {
    align: 'right',
    widthMm: width,
    colour: COLOUR.muted,
  });
  rule(doc, MARGIN_MM, 28, width, COLOUR.ink, 0.4);
}

function drawFacts(doc: Doc, data: ReportData, options: ReportOptions, width: number): void {
  const { recording } = data;
  const { sex, ageYears } = recording.patient;
  const patient = [sex, ageYears === null ? null : `${ageYears} y`].filter((part) => part !== null);
  const rates = [...new Set(recording.leads.map((lead) => lead.samplingRateHz))];
  const facts: [string, string][] = [
    ['Patient', options.identity ? patient.join(', ') || 'not stated' : 'left out'],
    [
      'Recording',
      `${clock(recording.durationS)} long, ${options.identity && recording.startClock ? recording.startClock.replace('T', ' ').slice(0, 19) : 'start not stated'}`,
    ],
    ['Leads', `${recording.leads.map((lead) => lead.name).join(', ')} · ${rates.join(', ')} Hz`],
    ['Reviewer', data.reviewer || '—'],
  ];
  const columns = [0.17, 0.33, 0.32, 0.18];
  let x = MARGIN_MM;
  facts.forEach(([label, value], i) => {
    const columnMm = width * columns[i]!;
    text(doc, label, x, 31, { size: 7.5, colour: COLOUR.muted });
    text(doc, value, x, 35, { size: 9, widthMm: columnMm - 3 });
    x += columnMm;
  });
}

function drawTiles(doc: Doc, data: ReportData, width: number): void {
  const flagged = data.segments.filter((segment) => segment.verdict === 'Abnormal');
  const unreadable = data.segments.filter((segment) => segment.verdict === 'Unreadable').length;
  const decisionOf = new Map(
    data.decisions.map((decision) => [decision.segment, decision.decision]),
  );
  const decided = flagged.filter((segment) => decisionOf.has(segment.index));
  const count = (wanted: string): number =>
    [...decisionOf.values()].filter((decision) => decision === wanted).length;
  const beatCounts = BEAT_CLASSES.map(
    (_, code) => data.beats.beatClass.filter((beat) => beat === code).length,
  );
  const afS = data.episodes
    .filter((episode) => /AFIB|AFL/.test(episode.rhythm))
    .reduce((sum, episode) => sum + episode.endS - episode.startS, 0);
  const rate = data.heartRate;
  const tiles: { share: number; big: string; small: string[]; warm?: boolean }[] = [
    {
      share: 0.36,
      big: `${flagged.length} flagged`,
      small: [
        `of ${data.segments.length} segments, ${unreadable} unreadable`,
        `${decided.length} reviewed, ${flagged.length - decided.length} open`,
        `${count('agree')} agreed · ${count('overrule')} overruled · ${count('unsure')} unsure`,
      ],
      warm: flagged.length > 0,
    },
    {
      share: 0.22,
      big: rate ? `${rate.meanBpm.toFixed(0)} bpm` : '— bpm',
      small: rate
        ? ['mean heart rate', `${rate.minBpm.toFixed(0)} to ${rate.maxBpm.toFixed(0)} bpm`]
        : ['heart rate', 'this model finds no beats'],
    },
    {
      share: 0.22,
      big: data.beats.timeS.length > 0 ? `${beatCounts[2]} V · ${beatCounts[1]} S` : '—',
      small: ['ectopic beats', `of ${data.beats.timeS.length} beats`],
    },
    {
      share: 0.2,
      big:
        data.beats.timeS.length > 0
          ? `${((100 * afS) / data.recording.durationS).toFixed(0)} %`
          : '—',
      small: ['of the time in', 'atrial fibrillation'],
    },
  ];
  const gap = 3;
  let x = MARGIN_MM;
  for (const tile of tiles) {
    const tileMm = tile.share * (width + gap) - gap;
    doc
      .roundedRect(mm(x), mm(45), mm(tileMm), mm(27), mm(2))
      .lineWidth(mm(0.2))
      .fillAndStroke(
        tile.warm ? COLOUR.warmFill : '#ffffff',
        tile.warm ? COLOUR.warmLine : COLOUR.rule,
      );
    const colour = tile.warm ? COLOUR.warm : COLOUR.ink;
    text(doc, tile.big, x + 3, 49, { size: 15, bold: true, colour, widthMm: tileMm - 5 });
    tile.small.forEach((small, i) =>
      text(doc, small, x + 3, 57 + i * 4.2, {
        size: 8,
        colour: tile.warm ? COLOUR.warm : COLOUR.muted,
        widthMm: tileMm - 5,
      }),
    );
    x += tileMm + gap;
  }
}

/** @returns the y, in millimetres, below the table */
function drawFindings(doc: Doc, data: ReportData, width: number): number {
  let y = 79;
  heading(doc, 'Findings', MARGIN_MM, y);
  y += 6;
  if (data.findings.length === 0) {
    const flagged = data.segments.some((segment) => segment.verdict === 'Abnormal');
    text(
      doc,
      flagged
        ? 'This model flags segments without naming beats; every flagged segment is listed on the strip pages.'
        : 'No segment was flagged.',
      MARGIN_MM,
      y,
      { colour: COLOUR.muted },
    );
    return y + 5;
  }
  const reviewed = new Set(data.decisions.map((decision) => decision.segment));
  const at = [0, 0.36, 0.46, 0.58, 0.68, 0.88].map((share) => MARGIN_MM + share * width);
  const head = ['Kind', 'Count', 'Segments', 'Example', 'Longest or fastest', 'Reviewed'];
  const row = (cells: string[], bold: boolean, colour: string): void =>
    cells.forEach((cell, i) => {
      const right = i === 1 || i === 2;
      const x = right ? at[i]! - 6 : at[i]!;
      text(doc, cell, x, y, {
        size: 8.5,
        bold,
        colour,
        align: right ? 'right' : 'left',
        widthMm: right ? 18 : (at[i + 1] ?? MARGIN_MM + width) - at[i]! - 1,
      });
    });
  row(head, true, COLOUR.muted);
  y += 5;
  rule(doc, MARGIN_MM, y - 0.8, width);
  for (const finding of data.findings) {
    row(
      [
        finding.kind,
        String(finding.count),
        String(finding.segments.length),
        clock(finding.exampleS, true),
        finding.extreme ?? '—',
        `${finding.segments.filter((segment) => reviewed.has(segment)).length} of ${finding.segments.length}`,
      ],
      false,
      COLOUR.ink,
    );
    y += 5.2;
    rule(doc, MARGIN_MM, y - 0.9, width);
  }
  return y;
}

function drawSignature(
  doc: Doc,
  data: ReportData,
  options: ReportOptions,
  pageMm: number,
  width: number,
): void {
  const y = pageMm - SIGNATURE_MM;
  const half = width / 2 - 5;
  rule(doc, MARGIN_MM, y + 12, half, COLOUR.ink);
  rule(doc, MARGIN_MM + half + 10, y + 12, half, COLOUR.ink);
  text(doc, data.reviewer ? `Reviewed by ${data.reviewer}` : 'Reviewed by', MARGIN_MM, y + 13.5, {
    size: 8,
    colour: COLOUR.muted,
  });
  text(doc, 'Date, signature', MARGIN_MM + half + 10, y + 13.5, { size: 8, colour: COLOUR.muted });
  const lines = [
    `Model ${data.model.id} ${data.model.version}, scheme ${data.model.scheme}, threshold ${data.model.threshold.toFixed(2)} · model SHA-256 ${data.model.sha256}`,
    options.identity
      ? `Record SHA-256 ${data.recordSha256}`
      : 'Record SHA-256 left out with the identity',
  ];
  lines.forEach((line, i) =>
    text(doc, line, MARGIN_MM, y + 20 + i * 3.4, {
      size: 6.2,
      colour: COLOUR.muted,
      widthMm: width,
    }),
  );
}
